package io.github.zmqmonitor.internal.state;

/**
 * Receives durations.
 */
@FunctionalInterface
public interface DurationConsumer {

	/**
	 * Take a duration.
	 */
	void accept(EndpointTracker endpoint, Timing timing, long nanoseconds);

}
