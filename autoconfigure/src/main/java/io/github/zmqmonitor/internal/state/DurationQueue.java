package io.github.zmqmonitor.internal.state;

import java.util.ArrayList;
import java.util.List;

import io.github.zmqmonitor.internal.state.EndpointTotals.MeasuredDuration;
import io.github.zmqmonitor.internal.state.EndpointTotals.MeasuredDuration.Timing;

/**
 * Durations of a socket on their way to whoever records them. Bounded: as long as nobody
 * takes any, a few are kept. Guarded by the {@link SocketTracker}.
 */
final class DurationQueue {

	private static final int FIRST_CAPACITY = 64;

	private static final int CAPACITY = 8192;

	private List<MeasuredDuration> entries = List.of();

	private int capacity = FIRST_CAPACITY;

	private boolean known = true;

	/**
	 * Add a duration.
	 * @return {@code false} if there is no room
	 */
	boolean add(EndpointTracker endpoint, Timing timing, long nanoseconds) {
		if (!this.known && timing == Timing.CONNECTION_DURATION) {
			return true;
		}
		if (this.entries.size() >= this.capacity) {
			return this.capacity == FIRST_CAPACITY;
		}
		if (this.entries.isEmpty()) {
			this.entries = new ArrayList<>(2);
		}
		this.entries.add(new MeasuredDuration(endpoint, timing, nanoseconds));
		return true;
	}

	/** How long connections live is not known any more. */
	void forgetConnections() {
		this.known = false;
	}

	List<MeasuredDuration> take() {
		List<MeasuredDuration> taken = this.entries;
		this.entries = List.of();
		this.capacity = CAPACITY;
		return taken;
	}

}
