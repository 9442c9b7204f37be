package io.github.zmqmonitor.model;

import java.time.Duration;

import io.github.zmqmonitor.monitor.ZmqMonitor;

/**
 * What can be set about a {@link ZmqMonitor}.
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
 */
public record ZmqMonitorSettings(int maxEndpoints, Duration retainClosed, int recentEvents, Duration abandonedAfter,
		int listenerQueueCapacity, boolean queues) {

	/** The longest that a duration may be; nanoseconds of longer ones would overflow. */
	public static final Duration LONGEST = Duration.ofDays(36_500);

	/** The settings that apply unless others are given. */
	public static final ZmqMonitorSettings DEFAULTS = new ZmqMonitorSettings(100, Duration.ofMinutes(10), 64,
			Duration.ofSeconds(2), 1024, true);

	/**
	 * Check the settings.
	 * @param maxEndpoints how many endpoint groups are kept apart, and how many socket
	 * groups; those beyond share one a socket type and role
	 * @param retainClosed how long closed endpoints, and the numbers of endpoints without
	 * a socket, are kept
	 * @param recentEvents how many of its last events a socket keeps; 0 for none
	 * @param abandonedAfter how long a lost connection or a failed attempt may go without
	 * a retry until the endpoint counts as abandoned
	 * @param listenerQueueCapacity how many events may wait for listeners
	 * @param queues whether to read messages and queues
	 * @throws IllegalArgumentException if a number or duration is out of its range
	 */
	public ZmqMonitorSettings {
		check(maxEndpoints >= 0, "maxEndpoints must not be negative");
		check(!retainClosed.isNegative(), "retainClosed must not be negative");
		check(retainClosed.compareTo(LONGEST) <= 0, "retainClosed must not be longer than " + LONGEST);
		check(recentEvents >= 0, "recentEvents must not be negative");
		check(abandonedAfter.compareTo(Duration.ZERO) > 0, "abandonedAfter must be positive");
		check(abandonedAfter.compareTo(LONGEST) <= 0, "abandonedAfter must not be longer than " + LONGEST);
		check(listenerQueueCapacity > 0, "listenerQueueCapacity must be positive");
	}

	private static void check(boolean condition, String message) {
		if (!condition) {
			throw new IllegalArgumentException(message);
		}
	}

}
