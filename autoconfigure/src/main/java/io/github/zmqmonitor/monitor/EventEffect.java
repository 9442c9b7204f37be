package io.github.zmqmonitor.monitor;

import org.jspecify.annotations.Nullable;

/**
 * What an event did, to be told to others outside the tracker's lock. There is one a
 * socket, used for each of its events in turn.
 * <p>
 * A reference is stored only where it isn't there already: in an object that has lived
 * for long, the collector's barrier costs more than the rest of an event.
 */
final class EventEffect {

	private @Nullable EndpointTracker endpoint;

	private boolean hasEndpoint;

	private @Nullable Timing timing;

	private long nanoseconds;

	private @Nullable ZmqEndpointState state;

	void clear() {
		this.hasEndpoint = false;
		this.nanoseconds = -1;
	}

	void at(EndpointTracker endpoint) {
		if (this.endpoint != endpoint) {
			this.endpoint = endpoint;
		}
		this.hasEndpoint = true;
	}

	@Nullable EndpointTracker endpoint() {
		return this.hasEndpoint ? this.endpoint : null;
	}

	void settle(long now) {
		EndpointTracker endpoint = endpoint();
		ZmqEndpointState state = (endpoint != null) ? endpoint.stateAt(now) : null;
		if (this.state != state) {
			this.state = state;
		}
	}

	@Nullable ZmqEndpointState state() {
		return this.state;
	}

	void timed(Timing timing, long nanoseconds) {
		if (this.timing != timing) {
			this.timing = timing;
		}
		this.nanoseconds = nanoseconds;
	}

	/**
	 * Leave the duration, if there is one, to be recorded later.
	 */
	void deferTiming(PendingTimings pending) {
		EndpointTracker endpoint = endpoint();
		if (endpoint != null && this.timing != null && this.nanoseconds >= 0) {
			pending.add(endpoint, this.timing, this.nanoseconds);
			this.nanoseconds = -1;
		}
	}

	void recordTiming() {
		EndpointTracker endpoint = endpoint();
		ZmqEndpointGroup group = (endpoint != null) ? endpoint.group() : null;
		if (group != null && this.timing != null && this.nanoseconds >= 0) {
			group.record(this.timing, this.nanoseconds);
		}
	}

}
