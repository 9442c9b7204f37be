package io.github.zmqmonitor.monitor;

import org.jspecify.annotations.Nullable;

/**
 * What an event did, to be told to others outside the tracker's lock. There is one a
 * socket, used for each of its events in turn.
 */
final class EventEffect {

	@Nullable EndpointTracker endpoint;

	@Nullable Connection connection;

	long waited;

	long life;

	private boolean initial;

	private @Nullable ZmqEndpointState state;

	void clear() {
		this.endpoint = null;
		this.connection = null;
		this.waited = -1;
		this.life = -1;
		this.initial = false;
		this.state = null;
	}

	void settle(long now) {
		EndpointTracker endpoint = this.endpoint;
		if (endpoint != null) {
			this.state = endpoint.stateAt(now);
			this.initial = endpoint.isFirstConnection();
		}
	}

	@Nullable ZmqEndpointState state() {
		return this.state;
	}

	void recordTimings() {
		ZmqEndpointGroup group = (this.endpoint != null) ? this.endpoint.group() : null;
		if (group != null) {
			if (this.waited >= 0) {
				group.connected(this.initial, this.waited);
			}
			if (this.life >= 0) {
				group.closed(this.life);
			}
		}
	}

}
