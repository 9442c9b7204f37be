package io.github.zmqmonitor.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * An endpoint of a socket at one moment. Numbers that don't apply or can't be known are
 * {@code null}.
 *
 * @param endpoint the endpoint as the application wrote it
 * @param address the address that JeroMQ resolved it to, or {@code null} if not known
 * @param role whether the socket binds or connects
 * @param transport the transport, such as {@code tcp}, {@code ipc}, {@code inproc}
 * @param state the state
 * @param since when the state began, or {@code null} if it is not tracked
 * @param awaySince since when a connect endpoint has been without a connection, through
 * all attempts to get one; {@code null} if it has one or needs none
 * @param connections the number of live connections
 * @param accepted connections accepted (bind)
 * @param established connections established (connect)
 * @param disconnected connections ended by the peer, the network, a protocol error or a
 * timeout
 * @param closedLocally connections ended by this side
 * @param acceptFailures connections that could not be accepted (bind)
 * @param attempts asynchronous attempts to connect (connect)
 * @param retries retries scheduled (connect)
 * @param retryInterval the current retry interval, or {@code null} when not retrying
 * @param lastError the last error, or {@code null} if there was none
 * @param peers the live connections, the oldest first, as many as asked for
 * @param peersOmitted how many live connections are not in {@code peers}
 */
public record ZmqEndpointSnapshot(String endpoint, @Nullable String address, ZmqEndpointRole role, String transport,
		ZmqEndpointState state, @Nullable Instant since, @Nullable Instant awaySince, @Nullable Integer connections,
		@Nullable Long accepted, @Nullable Long established, @Nullable Long disconnected, @Nullable Long closedLocally,
		@Nullable Long acceptFailures, @Nullable Long attempts, @Nullable Long retries,
		@Nullable Duration retryInterval, @Nullable ZmqErrorSnapshot lastError, List<ZmqPeerSnapshot> peers,
		int peersOmitted) {

	ZmqEndpointSnapshot withPeers(List<ZmqPeerSnapshot> peers, int omitted) {
		return new ZmqEndpointSnapshot(this.endpoint, this.address, this.role, this.transport, this.state, this.since,
				this.awaySince, this.connections, this.accepted, this.established, this.disconnected,
				this.closedLocally, this.acceptFailures, this.attempts, this.retries, this.retryInterval,
				this.lastError, peers, omitted);
	}

}
