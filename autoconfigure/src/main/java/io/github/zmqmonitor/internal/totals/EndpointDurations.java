package io.github.zmqmonitor.internal.totals;

/**
 * Takes the durations of an aggregate of endpoints, on threads that read numbers. What it
 * throws is contained and counted.
 */
public interface EndpointDurations {

	/**
	 * A connection became ready.
	 * @param initial {@code true} if it was the first one of its endpoint
	 * @param nanoseconds the time since the application called connect, or since the
	 * connection before it was lost, in nanoseconds
	 */
	void connected(boolean initial, long nanoseconds);

	/**
	 * A connection ended.
	 * @param nanoseconds the life of the connection in nanoseconds
	 */
	void closed(long nanoseconds);

}
