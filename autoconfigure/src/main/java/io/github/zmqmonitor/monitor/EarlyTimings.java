package io.github.zmqmonitor.monitor;

/**
 * Durations measured before anybody wanted them, as many as fit.
 */
final class EarlyTimings {

	private static final int CAPACITY = 64;

	private final long[] nanoseconds = new long[CAPACITY];

	private final byte[] timings = new byte[CAPACITY];

	private int count;

	boolean add(Timing timing, long nanoseconds) {
		if (this.count < CAPACITY) {
			this.timings[this.count] = (byte) timing.ordinal();
			this.nanoseconds[this.count++] = nanoseconds;
		}
		return true;
	}

	void replay(ZmqEndpointTimings target) {
		for (int i = 0; i < this.count; i++) {
			Timing.values()[this.timings[i]].record(target, this.nanoseconds[i]);
		}
	}

}
