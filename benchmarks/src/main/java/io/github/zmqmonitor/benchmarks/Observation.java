package io.github.zmqmonitor.benchmarks;

import java.util.List;

/**
 * In which way the sockets of a context are followed.
 */
public enum Observation {

	/** Not at all. */
	PLAIN("unmonitored"),

	/** By a hook that increments a counter of Micrometer and does nothing else. */
	COUNTER("counter hook"),

	/** By the same hook, which also asks what time it is. */
	TIMED_COUNTER("counter hook with a time"),

	/** By a hook that does the same with a counter of its own for each socket. */
	OWN_COUNTER("counter and time a socket"),

	/** By one {@code ZMonitor} of JeroMQ a socket, and a thread that reads it. */
	ZMONITOR("ZMonitor"),

	/** By this library, with its meters in a registry. */
	MONITORED("monitored");

	/**
	 * Those that are compared where the time that asking for the time takes is nothing.
	 */
	static final List<Observation> COMPARED = List.of(PLAIN, COUNTER, ZMONITOR, MONITORED);

	private final String title;

	Observation(String title) {
		this.title = title;
	}

	String title() {
		return this.title;
	}

}
