package io.github.zmqmonitor.benchmarks;

/**
 * In which way the sockets of a context are followed.
 */
public enum Observation {

	/** Not at all. */
	PLAIN("unmonitored"),

	/** By a hook that increments a counter of Micrometer and does nothing else. */
	COUNTER("counter hook"),

	/** By one {@code ZMonitor} of JeroMQ a socket, and a thread that reads it. */
	ZMONITOR("ZMonitor"),

	/** By this library, with its meters in a registry. */
	MONITORED("monitored");

	private final String title;

	Observation(String title) {
		this.title = title;
	}

	String title() {
		return this.title;
	}

}
