package io.github.zmqmonitor.internal.state;

/**
 * A duration of an endpoint.
 *
 * @param endpoint the endpoint
 * @param timing what was timed
 * @param nanoseconds the duration
 */
public record MeasuredDuration(EndpointTracker endpoint, Timing timing, long nanoseconds) {

	/** What is timed. */
	public enum Timing {

		/** From connect to the first connection that is ready. */
		INITIAL,

		/** From a loss to the next connection that is ready. */
		RECONNECT,

		/** The life of a connection. */
		CONNECTION_DURATION

	}

}
