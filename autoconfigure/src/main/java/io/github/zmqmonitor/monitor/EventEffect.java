package io.github.zmqmonitor.monitor;

import org.jspecify.annotations.Nullable;

/**
 * What an event did, to be told to others outside the tracker's lock. There is one a
 * socket, used for each of its events in turn.
 */
final class EventEffect {

	@Nullable EndpointTracker endpoint;

	@Nullable Connection connection;

	private @Nullable Timing timing;

	private long nanoseconds;

	private @Nullable ZmqEndpointState state;

	void clear() {
		this.endpoint = null;
		this.connection = null;
		this.timing = null;
		this.state = null;
	}

	void settle(long now) {
		EndpointTracker endpoint = this.endpoint;
		if (endpoint != null) {
			this.state = endpoint.stateAt(now);
		}
	}

	@Nullable ZmqEndpointState state() {
		return this.state;
	}

	void timed(Timing timing, long nanoseconds) {
		this.timing = timing;
		this.nanoseconds = nanoseconds;
	}

	/**
	 * Leave the duration, if there is one, to be recorded later.
	 */
	void deferTiming(PendingTimings pending) {
		if (this.endpoint != null && this.timing != null) {
			pending.add(this.endpoint, this.timing, this.nanoseconds);
			this.timing = null;
		}
	}

	void recordTiming() {
		ZmqEndpointGroup group = (this.endpoint != null) ? this.endpoint.group() : null;
		if (group != null && this.timing != null) {
			group.record(this.timing, this.nanoseconds);
		}
	}

}
