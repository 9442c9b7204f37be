package io.github.zmqmonitor.metrics;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

import io.github.zmqmonitor.monitor.ZmqEndpointTimings;

/**
 * Keeps durations until meters are read. For timers that aren't Micrometer's own: nobody
 * knows what those do, and an I/O thread must not wait for them.
 */
final class DeferredTimings implements ZmqEndpointTimings {

	private static final int CAPACITY = 4096;

	private final ZmqEndpointTimings timings;

	private final Queue<Timing> queue = new ArrayDeque<>();

	DeferredTimings(ZmqEndpointTimings timings) {
		this.timings = timings;
	}

	@Override
	public void connected(boolean initial, long nanoseconds) {
		add(new Timing(true, initial, nanoseconds));
	}

	@Override
	public void closed(long nanoseconds) {
		add(new Timing(false, false, nanoseconds));
	}

	private synchronized void add(Timing timing) {
		if (this.queue.size() < CAPACITY) {
			this.queue.add(timing);
		}
	}

	void record() {
		for (Timing timing : take()) {
			timing.recordIn(this.timings);
		}
	}

	private synchronized List<Timing> take() {
		List<Timing> taken = List.copyOf(this.queue);
		this.queue.clear();
		return taken;
	}

	private record Timing(boolean connected, boolean initial, long nanoseconds) {

		void recordIn(ZmqEndpointTimings timings) {
			if (this.connected) {
				timings.connected(this.initial, this.nanoseconds);
			}
			else {
				timings.closed(this.nanoseconds);
			}
		}

	}

}
