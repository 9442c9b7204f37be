package io.github.zmqmonitor.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.github.zmqmonitor.monitor.ZmqMonitorSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties for the monitor.
 */
@ConfigurationProperties("zmq.monitor")
public class ZmqMonitorProperties {

	private static final String TOO_LONG = "It must not be longer than " + ZmqMonitorSettings.LONGEST.toDays()
			+ " days.";

	/** What would be special in a regular expression or a glob, and is not here. */
	private static final Pattern NO_BEAN_NAME = Pattern.compile("[?+|^\\\\\\[\\](){}]|^\\s*$");

	/**
	 * Whether to monitor ZeroMQ sockets.
	 */
	private boolean enabled = true;

	/**
	 * Number of endpoints with meters of their own; those beyond are counted together as
	 * 'other'.
	 */
	private int maxEndpoints = 100;

	/**
	 * How long the numbers of a closed endpoint are kept.
	 */
	private Duration retainClosed = Duration.ofMinutes(10);

	/**
	 * Number of its last events that a socket keeps.
	 */
	private int recentEvents = 64;

	/**
	 * How long a lost connection or a failed attempt may go without a retry until the
	 * endpoint counts as abandoned.
	 */
	private Duration abandonedAfter = Duration.ofSeconds(2);

	/**
	 * Number of events that may wait for listeners; those beyond are dropped and counted.
	 */
	private int listenerQueueCapacity = 1024;

	/**
	 * Whether to log events, by the logger 'io.github.zmqmonitor.events'.
	 */
	private boolean logEvents = true;

	/**
	 * Whether to publish events as events of the application.
	 */
	private boolean publishEvents = false;

	/**
	 * Names of beans to leave alone. '*' stands for any characters, as in "internal*".
	 */
	private List<String> exclude = new ArrayList<>();

	private final Pipes pipes = new Pipes();

	private final Health health = new Health();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public int getMaxEndpoints() {
		return this.maxEndpoints;
	}

	public void setMaxEndpoints(int maxEndpoints) {
		check(maxEndpoints >= 0, "It must not be negative.");
		this.maxEndpoints = maxEndpoints;
	}

	public Duration getRetainClosed() {
		return this.retainClosed;
	}

	public void setRetainClosed(Duration retainClosed) {
		check(!retainClosed.isNegative(), "It must not be negative.");
		check(isShort(retainClosed), TOO_LONG);
		this.retainClosed = retainClosed;
	}

	public int getRecentEvents() {
		return this.recentEvents;
	}

	public void setRecentEvents(int recentEvents) {
		check(recentEvents >= 0, "It must not be negative.");
		this.recentEvents = recentEvents;
	}

	public Duration getAbandonedAfter() {
		return this.abandonedAfter;
	}

	public void setAbandonedAfter(Duration abandonedAfter) {
		check(isPositive(abandonedAfter), "It must be positive.");
		check(isShort(abandonedAfter), TOO_LONG);
		this.abandonedAfter = abandonedAfter;
	}

	public int getListenerQueueCapacity() {
		return this.listenerQueueCapacity;
	}

	public void setListenerQueueCapacity(int listenerQueueCapacity) {
		check(listenerQueueCapacity > 0, "It must be positive.");
		this.listenerQueueCapacity = listenerQueueCapacity;
	}

	public boolean isLogEvents() {
		return this.logEvents;
	}

	public void setLogEvents(boolean logEvents) {
		this.logEvents = logEvents;
	}

	public boolean isPublishEvents() {
		return this.publishEvents;
	}

	public void setPublishEvents(boolean publishEvents) {
		this.publishEvents = publishEvents;
	}

	public List<String> getExclude() {
		return this.exclude;
	}

	public void setExclude(List<String> exclude) {
		check(exclude.stream().noneMatch(NO_BEAN_NAME.asPredicate()),
				"Each must be the name of a bean, in which only '*' stands for others.");
		this.exclude = exclude;
	}

	public Pipes getPipes() {
		return this.pipes;
	}

	public Health getHealth() {
		return this.health;
	}

	ZmqMonitorSettings toSettings() {
		return new ZmqMonitorSettings(this.maxEndpoints, this.retainClosed, this.recentEvents, this.abandonedAfter,
				this.listenerQueueCapacity, this.pipes.isEnabled());
	}

	private static boolean isShort(Duration duration) {
		return duration.compareTo(ZmqMonitorSettings.LONGEST) <= 0;
	}

	private static boolean isPositive(Duration duration) {
		return duration.compareTo(Duration.ZERO) > 0;
	}

	private static void check(boolean condition, String reason) {
		if (!condition) {
			throw new IllegalArgumentException(reason);
		}
	}

	/**
	 * Messages and queues.
	 */
	public static class Pipes {

		/**
		 * Whether to read messages and queues of sockets.
		 */
		private boolean enabled = true;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

	}

	/**
	 * Health of the sockets.
	 */
	public static class Health {

		/**
		 * How long a connect endpoint may be without a connection until health is DOWN.
		 * For ever if not set.
		 */
		private @Nullable Duration disconnectedAfter;

		public @Nullable Duration getDisconnectedAfter() {
			return this.disconnectedAfter;
		}

		public void setDisconnectedAfter(@Nullable Duration disconnectedAfter) {
			check(disconnectedAfter == null || isPositive(disconnectedAfter), "It must be positive.");
			this.disconnectedAfter = disconnectedAfter;
		}

	}

}
