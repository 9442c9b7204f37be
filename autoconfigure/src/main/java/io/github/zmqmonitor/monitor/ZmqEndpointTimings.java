package io.github.zmqmonitor.monitor;

/**
 * Takes the durations of an endpoint group as they are measured.
 * <p>
 * Called on JeroMQ's I/O threads: an implementation must not block or look anything up.
 * What it throws is contained and counted.
 */
public interface ZmqEndpointTimings {

	/**
	 * A connection was established.
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
