package io.github.zmqmonitor.internal.state;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import io.github.zmqmonitor.internal.history.FailureKind;
import io.github.zmqmonitor.internal.kernel.TcpReading;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot.Bytes;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqHandshake;
import io.github.zmqmonitor.model.ZmqPeerSnapshot.StallReason;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of an endpoint, or of several that count together. This is the one place
 * where each of them is kept; meters, text, JSON and page read them here.
 */
public final class EndpointTotals {

	/** Connections accepted (bind) or established (connect). */
	public long opened;

	/** Connections ended by the peer, the network, a protocol error or a timeout. */
	public long disconnected;

	/** Connections ended by this side. */
	public long closedLocally;

	/** Attempts to connect that were started. */
	public long attempts;

	/** Retries that were scheduled. */
	public long retries;

	/** All retry intervals, in milliseconds. */
	public long retryDelayMillis;

	/** Handshakes by what became of them. */
	public final long[] handshakes = new long[ZmqHandshake.values().length];

	/** Failures by kind; empty in the numbers of a single endpoint. */
	public final Map<FailureKind, Long> failures = new HashMap<>(0);

	/** Connections that are ready to use. */
	public int ready;

	/** Connections whose handshake is not over. */
	public int handshaking;

	/** Whether the numbers of connections are known. */
	public boolean connectionsKnown = true;

	/** Bytes of data that the kernels of peers have acknowledged, as last read. */
	public long bytesSent;

	/** Bytes of data that have arrived, as last read. */
	public long bytesReceived;

	/** Whether bytes have been read at all. */
	public boolean bytesKnown;

	/** Connections that have ended: what they carried after the last reading is lost. */
	public long bytesCut;

	/** Connections whose bytes could not be read when that was last tried. */
	public int bytesMissing;

	/** Connections that stand still, by the reason, as last read. */
	public final int[] stalled = new int[StallReason.values().length];

	/** Connections of which the kernel tells whether they stand still. */
	public int judged;

	/** The current retry interval in milliseconds, 0 when not retrying. */
	public int retryInterval;

	/** The state: that of the endpoint that is worst off where there are several. */
	public ZmqEndpointState state = ZmqEndpointState.CLOSED;

	/** When the state began, in nanoseconds of the monitor's clock. */
	public long since;

	private boolean offered;

	/** Add what another has counted. */
	public void addCounters(EndpointTotals other) {
		add(other, 1);
	}

	/** Take away what another has counted. */
	public void subtractCounters(EndpointTotals other) {
		add(other, -1);
	}

	private void add(EndpointTotals other, int sign) {
		this.opened += sign * other.opened;
		this.disconnected += sign * other.disconnected;
		this.closedLocally += sign * other.closedLocally;
		this.attempts += sign * other.attempts;
		this.retries += sign * other.retries;
		this.retryDelayMillis += sign * other.retryDelayMillis;
		this.bytesSent += sign * other.bytesSent;
		this.bytesReceived += sign * other.bytesReceived;
		this.bytesCut += sign * other.bytesCut;
		this.bytesKnown |= other.bytesKnown;
		for (int i = 0; i < this.handshakes.length; i++) {
			this.handshakes[i] += sign * other.handshakes[i];
		}
		for (Map.Entry<FailureKind, Long> failure : other.failures.entrySet()) {
			this.failures.merge(failure.getKey(), sign * failure.getValue(), Long::sum);
		}
	}

	void addConnections(EndpointTotals other) {
		this.ready += other.ready;
		this.handshaking += other.handshaking;
		this.judged += other.judged;
		this.bytesMissing += other.bytesMissing;
		for (int i = 0; i < this.stalled.length; i++) {
			this.stalled[i] += other.stalled[i];
		}
	}

	void addBytes(long sent, long received) {
		this.bytesKnown = true;
		this.bytesSent += sent;
		this.bytesReceived += received;
	}

	/**
	 * Count what was last read of a connection, or count it no more.
	 * @param uncounted whether its bytes could not be read
	 */
	void addReading(@Nullable TcpReading reading, boolean uncounted, int sign) {
		this.bytesMissing += uncounted ? sign : 0;
		if (reading != null) {
			this.judged += sign;
			StallReason reason = reading.judgement().reason();
			if (reason != null) {
				this.stalled[reason.ordinal()] += sign;
			}
		}
	}

	/** The bytes to show, {@code null} if they aren't known. */
	@Nullable Bytes bytes() {
		Boolean lowerBound = (this.bytesCut + this.bytesMissing > 0) ? true : null;
		return this.bytesKnown ? new Bytes(this.bytesSent, this.bytesReceived, lowerBound) : null;
	}

	/** Whether it is known how many connections stand still. */
	public boolean isJudged() {
		return this.judged > 0 || this.ready + this.handshaking == 0;
	}

	/** How many connections stand still, {@code null} if that isn't known. */
	@Nullable Integer stalledNow() {
		return (this.judged > 0) ? (Integer) Arrays.stream(this.stalled).sum() : null;
	}

	/** Forget what is so now, and keep what was counted. */
	public void settle() {
		this.ready = 0;
		this.handshaking = 0;
		this.connectionsKnown = true;
		this.judged = 0;
		this.bytesMissing = 0;
		Arrays.fill(this.stalled, 0);
	}

	/** Take the state of one more endpoint into account. */
	void offer(ZmqEndpointState state, long since) {
		if (!this.offered || severity(state) > severity(this.state)) {
			this.offered = true;
			this.state = state;
			this.since = since;
		}
	}

	/** Whether nothing has been counted. */
	public boolean isZero() {
		return this.opened + this.attempts + this.retries == 0 && this.failures.isEmpty();
	}

	private static int severity(ZmqEndpointState state) {
		return switch (state) {
			case ABANDONED, FAILED -> 7;
			case DISCONNECTED -> 6;
			case RETRYING -> 5;
			case HANDSHAKING -> 4;
			case CONNECTING -> 3;
			case CONNECTED, LISTENING -> 2;
			case CLOSED -> 1;
			case UNTRACKED -> 0;
		};
	}

	/**
	 * A duration of an endpoint.
	 *
	 * @param endpoint the endpoint
	 * @param timing what was timed
	 * @param nanoseconds the duration
	 */
	public record MeasuredDuration(EndpointTracker endpoint, Timing timing, long nanoseconds) {

		/** What is timed. */
		public enum Timing {

			/** From connect to the first connection that is ready. */
			INITIAL,

			/** From a loss to the next connection that is ready. */
			RECONNECT,

			/** The life of a connection. */
			CONNECTION_DURATION

		}

	}

}
