package io.github.zmqmonitor.monitor;

import java.util.ArrayList;
import java.util.List;

/**
 * Durations of a socket that no timer has yet. Guarded by the {@link SocketTracker}.
 */
final class PendingTimings {

	private List<Entry> entries = List.of();

	void add(EndpointTracker endpoint, Timing timing, long nanoseconds) {
		if (this.entries.isEmpty()) {
			this.entries = new ArrayList<>();
		}
		this.entries.add(new Entry(endpoint, timing, nanoseconds));
	}

	int size() {
		return this.entries.size();
	}

	List<Entry> take() {
		List<Entry> taken = this.entries;
		this.entries = List.of();
		return taken;
	}

	/**
	 * A duration.
	 */
	record Entry(EndpointTracker endpoint, Timing timing, long nanoseconds) {

		void record() {
			ZmqEndpointGroup group = this.endpoint.group();
			if (group != null) {
				group.record(this.timing, this.nanoseconds);
			}
		}

	}

}
