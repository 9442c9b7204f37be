package io.github.zmqmonitor.monitor;

import java.util.HashMap;
import java.util.Map;

/**
 * The numbers of all endpoints of a group, added up at one moment.
 */
final class EndpointSample {

	final Map<ZmqFailure, Long> failures = new HashMap<>();

	final long[] handshakes = new long[ZmqHandshake.values().length];

	long live;

	boolean liveKnown = true;

	long opened;

	long disconnected;

	long closedLocally;

	long attempts;

	long retries;

	long retryDelayMillis;

	int retryInterval;

	ZmqEndpointState state = ZmqEndpointState.CLOSED;

	long since;

	private boolean offered;

	/**
	 * Sockets that share a group show the state of the one that is worst off.
	 */
	void offer(ZmqEndpointState state, long since) {
		if (!this.offered || severity(state) > severity(this.state)) {
			this.offered = true;
			this.state = state;
			this.since = since;
		}
	}

	/**
	 * Keep what an endpoint has counted when it is gone.
	 */
	void addCounters(EndpointSample other) {
		this.opened += other.opened;
		this.disconnected += other.disconnected;
		this.closedLocally += other.closedLocally;
		this.attempts += other.attempts;
		this.retries += other.retries;
		this.retryDelayMillis += other.retryDelayMillis;
		for (int i = 0; i < this.handshakes.length; i++) {
			this.handshakes[i] += other.handshakes[i];
		}
		other.failures.forEach((failure, count) -> this.failures.merge(failure, count, Long::sum));
	}

	boolean isZero() {
		return this.opened + this.attempts + this.retries == 0 && this.failures.isEmpty();
	}

	private static int severity(ZmqEndpointState state) {
		return switch (state) {
			case ABANDONED, FAILED -> 6;
			case DISCONNECTED -> 5;
			case RETRYING -> 4;
			case CONNECTING -> 3;
			case CONNECTED, LISTENING -> 2;
			case CLOSED -> 1;
			case UNTRACKED -> 0;
		};
	}

}
