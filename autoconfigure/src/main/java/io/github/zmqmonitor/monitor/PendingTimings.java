package io.github.zmqmonitor.monitor;

import java.util.ArrayList;
import java.util.List;

/**
 * Durations of a socket that no timer has yet. Guarded by the {@link SocketTracker}.
 */
final class PendingTimings {

	private final List<Entry> entries = new ArrayList<>(0);

	void add(EndpointTracker endpoint, Timing timing, long nanoseconds) {
		this.entries.add(new Entry(endpoint, timing, nanoseconds));
	}

	int size() {
		return this.entries.size();
	}

	List<Entry> take() {
		if (this.entries.isEmpty()) {
			return List.of();
		}
		List<Entry> taken = List.copyOf(this.entries);
		this.entries.clear();
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
