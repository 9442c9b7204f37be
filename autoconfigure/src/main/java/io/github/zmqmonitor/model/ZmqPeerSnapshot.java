package io.github.zmqmonitor.model;

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
 * @param topics what this peer has subscribed to, printable or in hexadecimal, the first
 * of them, at most 20; {@code null} if it is no subscriber, that wasn't asked for or
 * can't be read
 * @param topicsOmitted how many topics are not in {@code topics}, {@code null} if none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ZmqPeerSnapshot(@Nullable String remote, @Nullable String local, Instant since, @Nullable String zmtp,
		boolean ready, @Nullable String type, @Nullable String identity, @Nullable String user,
		@Nullable String mechanism, @Nullable ZmqMessages messages, @Nullable ZmqQueues queues,
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
		return new ZmqPeerSnapshot(remote, local, since, zmtp, ready, null, null, null, null, null, null, null, null);
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
