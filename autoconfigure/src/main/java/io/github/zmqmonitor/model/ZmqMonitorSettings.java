package io.github.zmqmonitor.model;

import java.time.Duration;

import static io.github.zmqmonitor.internal.support.InvalidSettingException.check;
import static io.github.zmqmonitor.internal.support.InvalidSettingException.checkDuration;
import static io.github.zmqmonitor.internal.support.InvalidSettingException.checkPositive;
import static io.github.zmqmonitor.internal.support.InvalidSettingException.checkRange;

/**
 * What can be set about a monitor.
 *
 * @param maxEndpoints how many endpoint groups are kept apart, and how many socket
 * groups; those beyond share one a socket type and role
 * @param retainClosed how long closed endpoints, and the numbers of endpoints without a
 * socket, are kept
 * @param recentEvents how many of its last events a socket keeps; 0 for none
 * @param abandonedAfter how long a lost connection or a failed attempt may go without a
 * retry until the endpoint counts as abandoned
 * @param listenerQueueCapacity how many events may wait for listeners
 * @param queues whether to read messages and queues
 * @param naming what names sockets that are no beans
 * @param readingBudget how long a look at the connections or queues of one socket may
 * take
 * @param kernel whether and how to read what the kernel knows of connections
 */
public record ZmqMonitorSettings(int maxEndpoints, Duration retainClosed, int recentEvents, Duration abandonedAfter,
		int listenerQueueCapacity, boolean queues, Naming naming, Duration readingBudget, Kernel kernel) {

	private static final Duration SHORTEST_ABANDONED = Duration.ofMillis(100);

	private static final Duration LONGEST_READING = Duration.ofMinutes(1);

	private static final Duration READING = Duration.ofMillis(500);

	/** The settings that apply unless others are given. */
	public static final ZmqMonitorSettings DEFAULTS = new ZmqMonitorSettings(100, Duration.ofMinutes(10), 64,
			Duration.ofSeconds(2), 1024, true);

	/**
	 * Check the settings.
	 * @param maxEndpoints how many endpoint groups are kept apart, and how many socket
	 * groups; those beyond share one a socket type and role; at most 100,000
	 * @param retainClosed how long closed endpoints, and the numbers of endpoints without
	 * a socket, are kept; at most 36,500 days
	 * @param recentEvents how many of its last events a socket keeps; 0 for none, at most
	 * 10,000
	 * @param abandonedAfter how long a lost connection or a failed attempt may go without
	 * a retry until the endpoint counts as abandoned; from 100 ms to 36,500 days
	 * @param listenerQueueCapacity how many events may wait for listeners; from 1 to
	 * 1,000,000
	 * @param queues whether to read messages and queues
	 * @param naming what names sockets that are no beans
	 * @param readingBudget how long a look at the connections or queues of one socket may
	 * take; positive, at most 1 minute
	 * @param kernel whether and how to read what the kernel knows of connections
	 * @throws IllegalArgumentException if a number or duration is out of its range
	 */
	public ZmqMonitorSettings {
		checkRange("maxEndpoints", maxEndpoints, 0, 100_000);
		checkDuration("retainClosed", retainClosed);
		checkRange("recentEvents", recentEvents, 0, 10_000);
		checkPositive("abandonedAfter", abandonedAfter);
		check(abandonedAfter.compareTo(SHORTEST_ABANDONED) >= 0, "abandonedAfter", abandonedAfter,
				"must be at least 100ms: JeroMQ takes a moment to schedule a retry");
		checkRange("listenerQueueCapacity", listenerQueueCapacity, 1, 1_000_000);
		checkPositive("readingBudget", readingBudget);
		check(readingBudget.compareTo(LONGEST_READING) <= 0, "readingBudget", readingBudget,
				"must not be longer than 1 minute");
	}

	/**
	 * Create settings with the usual naming and budget.
	 * @param maxEndpoints how many endpoint groups are kept apart
	 * @param retainClosed how long closed endpoints are kept
	 * @param recentEvents how many of its last events a socket keeps
	 * @param abandonedAfter how long an endpoint may go without a retry
	 * @param listenerQueueCapacity how many events may wait for listeners
	 * @param queues whether to read messages and queues
	 * @throws IllegalArgumentException if a number or duration is out of its range
	 */
	public ZmqMonitorSettings(int maxEndpoints, Duration retainClosed, int recentEvents, Duration abandonedAfter,
			int listenerQueueCapacity, boolean queues) {
		this(maxEndpoints, retainClosed, recentEvents, abandonedAfter, listenerQueueCapacity, queues, Naming.CALLER,
				READING, Kernel.DEFAULTS);
	}

	/**
	 * What names sockets that are no beans and were given no name.
	 */
	public enum Naming {

		/**
		 * The class that makes the socket and its type, such as {@code receiver.router}.
		 * Where no such class is known, or sockets are found by beans: as CONTEXT.
		 */
		CALLER,

		/** The context and the type, such as {@code zContext.router}. */
		CONTEXT

	}

	/**
	 * Whether and how to read what the kernel knows of TCP connections.
	 *
	 * @param enabled whether to read it
	 * @param netlink when to read it by netlink; otherwise by the tables of
	 * {@code /proc/self/net}, which tell less
	 * @param maxLines how many lines these tables may have together, from 1 to 1,000,000:
	 * where they have more, nothing is read
	 */
	public record Kernel(boolean enabled, Netlink netlink, int maxLines) {

		/** The settings that apply unless others are given. */
		public static final Kernel DEFAULTS = new Kernel(true, Netlink.AUTO, 20_000);

		/**
		 * Check the settings.
		 * @param enabled whether to read it
		 * @param netlink when to read it by netlink
		 * @param maxLines how many lines the tables may have together
		 * @throws IllegalArgumentException if the number is out of its range
		 */
		public Kernel {
			checkRange("kernel.maxLines", maxLines, 1, 1_000_000);
		}

		/**
		 * When to use netlink.
		 */
		public enum Netlink {

			/** Where native access is enabled for the monitor on Java 22 or later. */
			AUTO,

			/** On Java 22 or later, even if the JVM warns. */
			ALWAYS,

			/** Not at all. */
			NEVER

		}

	}

}
