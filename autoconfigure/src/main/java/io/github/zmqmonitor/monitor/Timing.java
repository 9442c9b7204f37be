package io.github.zmqmonitor.monitor;

/**
 * What is timed.
 */
enum Timing {

	/** From connect to the first connection. */
	INITIAL,

	/** From a loss to the next connection. */
	RECONNECT,

	/** The life of a connection. */
	LIFE;

	void record(ZmqEndpointTimings target, long nanoseconds) {
		if (this == LIFE) {
			target.closed(nanoseconds);
		}
		else {
			target.connected(this == INITIAL, nanoseconds);
		}
	}

}
