package io.github.zmqmonitor.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint of a socket at one moment. Numbers that don't apply or can't be known are
 * {@code null}. Accepted or established connections, less those that have ended, are
 * {@code connections} and {@code handshaking} together.
 *
 * @param endpoint the endpoint as the application wrote it
 * @param address the address that JeroMQ resolved it to, or {@code null} if not known
 * @param addresses the addresses of all listeners where there are several, otherwise
 * {@code null}
 * @param role whether the socket binds or connects
 * @param transport the transport, such as {@code tcp}, {@code ipc}, {@code inproc}
 * @param state the state
 * @param since when the state began, or {@code null} if it is not tracked
 * @param awaySince since when a connect endpoint has been without a connection that is
 * ready, through all attempts to get one; {@code null} if it has one or needs none
 * @param awayRetries retries scheduled in the present outage, or in the last one
 * (connect)
 * @param connections the number of connections that are ready to use
 * @param handshaking the number of connections whose handshake is not over
 * @param accepted connections accepted (bind)
 * @param established connections established (connect)
 * @param disconnected connections ended by the peer, the network, a protocol error or a
 * timeout
 * @param closedLocally connections ended by this side
 * @param acceptFailures connections that could not be accepted (bind)
 * @param attempts asynchronous attempts to connect (connect)
 * @param retries retries scheduled (connect)
 * @param retryInterval the current retry interval, or {@code null} when not retrying
 * @param retryReason why it is retrying, or {@code null} when it isn't or that isn't
 * known
 * @param lastError the last error, or {@code null} if there was none
 * @param bytes bytes of data over all connections, those that have ended too, or
 * {@code null} if they can't be read
 * @param stalled the number of connections that stand still, or {@code null} if that
 * can't be read
 * @param peers the connections, the oldest first, as many as asked for; {@code null} if
 * they weren't asked for, can't be known or may not be shown
 * @param peersOmitted how many connections are not in {@code peers}, {@code null} if none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ZmqEndpointSnapshot(String endpoint, @Nullable String address, @Nullable List<String> addresses,
		ZmqEndpointRole role, String transport, ZmqEndpointState state, @Nullable Instant since,
		@JsonIgnore @Nullable Instant awaySince, @JsonIgnore @Nullable Long awayRetries, @Nullable Integer connections,
		@Nullable Integer handshaking, @Nullable Long accepted, @Nullable Long established, @Nullable Long disconnected,
		@Nullable Long closedLocally, @Nullable Long acceptFailures, @Nullable Long attempts, @Nullable Long retries,
		@Nullable Duration retryInterval, @Nullable RetryReason retryReason, @Nullable ZmqErrorSnapshot lastError,
		@Nullable Bytes bytes, @Nullable Integer stalled, @Nullable List<ZmqPeerSnapshot> peers,
		@Nullable Integer peersOmitted) {

	/**
	 * Return an endpoint of which nothing is known but that it is there.
	 * @param endpoint the endpoint as the application wrote it
	 * @param address the address, or {@code null} if not known
	 * @param role whether the socket binds or connects
	 * @param transport the transport
	 * @return the endpoint
	 */
	public static ZmqEndpointSnapshot untracked(String endpoint, @Nullable String address, ZmqEndpointRole role,
			String transport) {
		return new ZmqEndpointSnapshot(endpoint, address, null, role, transport, ZmqEndpointState.UNTRACKED, null, null,
				null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
	}

	/**
	 * Return the same with other peers.
	 * @param peers the peers to list, {@code null} for none
	 * @param all how many there are
	 * @return the copy
	 */
	public ZmqEndpointSnapshot withPeers(@Nullable List<ZmqPeerSnapshot> peers, int all) {
		Integer omitted = (peers != null && all > peers.size()) ? (Integer) (all - peers.size()) : null;
		return new ZmqEndpointSnapshot(this.endpoint, this.address, this.addresses, this.role, this.transport,
				this.state, this.since, this.awaySince, this.awayRetries, this.connections, this.handshaking,
				this.accepted, this.established, this.disconnected, this.closedLocally, this.acceptFailures,
				this.attempts, this.retries, this.retryInterval, this.retryReason, this.lastError, this.bytes,
				this.stalled, peers, omitted);
	}

	/**
	 * Bytes of data that the kernel has counted.
	 *
	 * @param sent bytes that peers' kernels have acknowledged
	 * @param received bytes that have arrived
	 * @param lowerBound {@code true} if there can have been more: connections have ended
	 * after they were last read, or can't be read just now; otherwise {@code null}
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record Bytes(long sent, long received, @Nullable Boolean lowerBound) {

	}

	/**
	 * Why an endpoint is retrying.
	 */
	public enum RetryReason {

		/** A connection that was ready is lost, and no attempt has failed since. */
		CONNECTION_LOST,

		/** The last attempt was refused at once: nothing listens there. */
		REFUSED,

		/** The last attempt got no answer. */
		NO_ANSWER,

		/** There is no route to the address, as this host or a router says. */
		NO_ROUTE,

		/**
		 * This host could not begin the attempt: no descriptor or port is left, it is
		 * forbidden, or (where no more is known) there is no route.
		 */
		LOCAL_ERROR,

		/** The name of the host could not be resolved. */
		UNRESOLVED,

		/** TCP was up, and the connection ended before ZMTP's handshake was over. */
		HANDSHAKE;

		/**
		 * Return the reason as the endpoint and the log write it.
		 * @return the name in lower case
		 */
		@JsonValue
		public String id() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
