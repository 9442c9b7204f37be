package io.github.zmqmonitor.model;

import java.time.Duration;

import static io.github.zmqmonitor.model.ZmqSettingException.check;

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
	 * groups; those beyond share one a socket type and role; at most 100,000
	 * @param retainClosed how long closed endpoints, and the numbers of endpoints without
	 * a socket, are kept; at most {@link #LONGEST}
	 * @param recentEvents how many of its last events a socket keeps; 0 for none, at most
	 * 10,000
	 * @param abandonedAfter how long a lost connection or a failed attempt may go without
	 * a retry until the endpoint counts as abandoned; positive, at most {@link #LONGEST}
	 * @param listenerQueueCapacity how many events may wait for listeners; from 1 to
	 * 1,000,000
	 * @param queues whether to read messages and queues
	 * @throws ZmqSettingException if a number or duration is out of its range
	 */
	public ZmqMonitorSettings {
		check(maxEndpoints >= 0, "maxEndpoints", maxEndpoints, "must not be negative");
		check(maxEndpoints <= 100_000, "maxEndpoints", maxEndpoints, "must not be greater than 100000");
		check(!retainClosed.isNegative(), "retainClosed", retainClosed, "must not be negative");
		checkNotTooLong("retainClosed", retainClosed);
		check(recentEvents >= 0, "recentEvents", recentEvents, "must not be negative");
		check(recentEvents <= 10_000, "recentEvents", recentEvents, "must not be greater than 10000");
		checkPositive("abandonedAfter", abandonedAfter);
		check(listenerQueueCapacity > 0, "listenerQueueCapacity", listenerQueueCapacity, "must be positive");
		check(listenerQueueCapacity <= 1_000_000, "listenerQueueCapacity", listenerQueueCapacity,
				"must not be greater than 1000000");
	}

	/**
	 * Refuse a duration that is not positive, or longer than {@link #LONGEST}.
	 * @param setting the name of the setting
	 * @param duration the duration
	 * @throws ZmqSettingException if the duration is out of its range
	 */
	public static void checkPositive(String setting, Duration duration) {
		check(duration.compareTo(Duration.ZERO) > 0, setting, duration, "must be positive");
		checkNotTooLong(setting, duration);
	}

	private static void checkNotTooLong(String setting, Duration duration) {
		check(duration.compareTo(LONGEST) <= 0, setting, duration,
				"must not be longer than " + LONGEST.toDays() + " days");
	}

}
