package io.github.zmqmonitor.internal.diagnostics;

import java.time.Duration;

import io.github.zmqmonitor.model.ZmqPeerSnapshot.StallReason;
import org.jspecify.annotations.Nullable;

/**
 * A connection that lives.
 *
 * @param endpoint the endpoint as the application wrote it
 * @param accepted whether a listener has accepted it
 * @param ready whether its handshake is over
 * @param age how long ago it was established
 * @param stall why it stands still, {@code null} if it doesn't or that isn't known
 * @param still for how long it has done so at least
 */
public record ConnectionAge(String endpoint, boolean accepted, boolean ready, Duration age, @Nullable StallReason stall,
		Duration still) {

	/** How long a handshake may take. */
	private static final Duration HANDSHAKE = Duration.ofSeconds(10);

	/** How long a connection may stand still. */
	private static final Duration STILL = Duration.ofSeconds(10);

	/** How long a connection has lived that heartbeats should watch. */
	static final Duration LONG_LIVED = Duration.ofMinutes(1);

	/** Whether its handshake stands still. */
	public boolean isStalled() {
		return !this.ready && this.age.compareTo(HANDSHAKE) >= 0;
	}

	/** Whether it has something to send and has stood still for long, for a reason. */
	boolean standsStill(StallReason reason) {
		return this.stall == reason && this.still.compareTo(STILL) >= 0;
	}

	boolean isLongLived() {
		return this.ready && this.age.compareTo(LONG_LIVED) >= 0;
	}

}
