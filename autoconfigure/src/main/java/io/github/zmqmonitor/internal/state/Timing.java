package io.github.zmqmonitor.internal.state;

/**
 * What is timed.
 */
public enum Timing {

	/** From connect to the first connection that is ready. */
	INITIAL,

	/** From a loss to the next connection that is ready. */
	RECONNECT,

	/** The life of a connection. */
	CONNECTION_DURATION

}
