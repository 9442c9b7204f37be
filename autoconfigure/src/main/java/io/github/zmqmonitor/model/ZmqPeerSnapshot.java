package io.github.zmqmonitor.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A connection. What JeroMQ doesn't say of it is {@code null}.
 *
 * @param remote the address of the peer
 * @param local the address on this side
 * @param since when the connection was established
 * @param zmtp the ZMTP version of the peer
 * @param ready whether the handshake is over, so that the connection can be used
 * @param type the type of the peer's socket in upper case
 * @param identity the identity of the peer, printable or in hexadecimal
 * @param user the user that authentication has found
 * @param mechanism the security mechanism
 * @param messages whole messages to and from this peer
 * @param queues the queues to and from this peer
 * @param tcp what the kernel knows of the connection, {@code null} if it can't be read
 * @param topics what this peer has subscribed to, printable or in hexadecimal, the first
 * of them, at most 20; {@code null} if it is no subscriber, that wasn't asked for or
 * can't be read
 * @param topicsOmitted how many topics are not in {@code topics}, {@code null} if none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ZmqPeerSnapshot(@Nullable String remote, @Nullable String local, Instant since, @Nullable String zmtp,
		boolean ready, @Nullable String type, @Nullable String identity, @Nullable String user,
		@Nullable String mechanism, @Nullable ZmqMessages messages, @Nullable ZmqQueues queues, @Nullable Tcp tcp,
		@Nullable List<String> topics, @Nullable Integer topicsOmitted) {

	/**
	 * Return a connection of which only events are known.
	 * @param remote the address of the peer
	 * @param local the address on this side
	 * @param since when the connection was established
	 * @param zmtp the ZMTP version of the peer
	 * @param ready whether the handshake is over
	 * @return the connection
	 */
	public static ZmqPeerSnapshot of(@Nullable String remote, @Nullable String local, Instant since,
			@Nullable String zmtp, boolean ready) {
		return new ZmqPeerSnapshot(remote, local, since, zmtp, ready, null, null, null, null, null, null, null, null,
				null);
	}

	/**
	 * What the kernel knows of a connection. What it doesn't tell is {@code null}.
	 *
	 * @param bytesSent bytes of data that the peer's kernel has acknowledged, exactly
	 * @param bytesReceived bytes of data that have arrived, exactly
	 * @param unacknowledged bytes that were handed to the kernel and not acknowledged,
	 * sent or not
	 * @param unsent bytes of these that were never sent
	 * @param unread bytes that have arrived and were not read
	 * @param roundTrip the smoothed round trip time
	 * @param roundTripVariation the mean deviation of the round trip time
	 * @param retransmits segments sent again since the connection was opened
	 * @param lastAnswer how long ago the peer's kernel last acknowledged anything
	 * @param windowClosed {@code true} while the peer lets this side send nothing and the
	 * kernel asks it again and again, otherwise {@code null}
	 * @param stalled why the connection stands still, {@code null} if it doesn't
	 * @param stalledSince since when at the latest, {@code null} if it doesn't
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record Tcp(@Nullable Long bytesSent, @Nullable Long bytesReceived, long unacknowledged,
			@Nullable Long unsent, long unread, @Nullable Duration roundTrip, @Nullable Duration roundTripVariation,
			@Nullable Long retransmits, @Nullable Duration lastAnswer, @Nullable Boolean windowClosed,
			@Nullable StallReason stalled, @Nullable Instant stalledSince) {

	}

	/**
	 * Why a connection stands still that has something to send.
	 */
	public enum StallReason {

		/**
		 * The peer's kernel answers and takes nothing: the peer is frozen, or slow to
		 * death.
		 */
		PEER_NOT_READING,

		/** Nothing answers: the peer, its host or the network is gone. */
		UNREACHABLE;

		/**
		 * Return the reason as the endpoint and the meters write it.
		 * @return the name in lower case
		 */
		@JsonValue
		public String id() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
