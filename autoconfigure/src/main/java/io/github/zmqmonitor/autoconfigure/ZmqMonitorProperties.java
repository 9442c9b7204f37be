package io.github.zmqmonitor.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.github.zmqmonitor.model.ZmqMonitorSettings;
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

	/**
	 * Create properties with the values that apply unless others are set.
	 */
	public ZmqMonitorProperties() {
	}

	/**
	 * {@return whether to monitor ZeroMQ sockets}
	 */
	public boolean isEnabled() {
		return this.enabled;
	}

	/**
	 * Set whether to monitor ZeroMQ sockets.
	 * @param enabled whether to monitor ZeroMQ sockets
	 */
	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	/**
	 * {@return the number of endpoints with meters of their own}
	 */
	public int getMaxEndpoints() {
		return this.maxEndpoints;
	}

	/**
	 * Set the number of endpoints with meters of their own.
	 * @param maxEndpoints the number of endpoints with meters of their own
	 * @throws IllegalArgumentException if it is negative
	 */
	public void setMaxEndpoints(int maxEndpoints) {
		check(maxEndpoints >= 0, "It must not be negative.");
		this.maxEndpoints = maxEndpoints;
	}

	/**
	 * {@return how long the numbers of a closed endpoint are kept}
	 */
	public Duration getRetainClosed() {
		return this.retainClosed;
	}

	/**
	 * Set how long the numbers of a closed endpoint are kept.
	 * @param retainClosed how long the numbers of a closed endpoint are kept
	 * @throws IllegalArgumentException if it is negative or longer than
	 * {@link ZmqMonitorSettings#LONGEST}
	 */
	public void setRetainClosed(Duration retainClosed) {
		check(!retainClosed.isNegative(), "It must not be negative.");
		check(isShort(retainClosed), TOO_LONG);
		this.retainClosed = retainClosed;
	}

	/**
	 * {@return the number of its last events that a socket keeps, 0 for none}
	 */
	public int getRecentEvents() {
		return this.recentEvents;
	}

	/**
	 * Set the number of its last events that a socket keeps, 0 for none.
	 * @param recentEvents the number of its last events that a socket keeps, 0 for none
	 * @throws IllegalArgumentException if it is negative
	 */
	public void setRecentEvents(int recentEvents) {
		check(recentEvents >= 0, "It must not be negative.");
		this.recentEvents = recentEvents;
	}

	/**
	 * {@return how long an endpoint may go without a retry until it counts as abandoned}
	 */
	public Duration getAbandonedAfter() {
		return this.abandonedAfter;
	}

	/**
	 * Set how long an endpoint may go without a retry until it counts as abandoned.
	 * @param abandonedAfter how long an endpoint may go without a retry until it counts
	 * as abandoned
	 * @throws IllegalArgumentException if it is not positive, or longer than
	 * {@link ZmqMonitorSettings#LONGEST}
	 */
	public void setAbandonedAfter(Duration abandonedAfter) {
		check(isPositive(abandonedAfter), "It must be positive.");
		check(isShort(abandonedAfter), TOO_LONG);
		this.abandonedAfter = abandonedAfter;
	}

	/**
	 * {@return the number of events that may wait for listeners}
	 */
	public int getListenerQueueCapacity() {
		return this.listenerQueueCapacity;
	}

	/**
	 * Set the number of events that may wait for listeners.
	 * @param listenerQueueCapacity the number of events that may wait for listeners
	 * @throws IllegalArgumentException if it is not positive
	 */
	public void setListenerQueueCapacity(int listenerQueueCapacity) {
		check(listenerQueueCapacity > 0, "It must be positive.");
		this.listenerQueueCapacity = listenerQueueCapacity;
	}

	/**
	 * {@return whether to log events}
	 */
	public boolean isLogEvents() {
		return this.logEvents;
	}

	/**
	 * Set whether to log events.
	 * @param logEvents whether to log events
	 */
	public void setLogEvents(boolean logEvents) {
		this.logEvents = logEvents;
	}

	/**
	 * {@return whether to publish events as events of the application}
	 */
	public boolean isPublishEvents() {
		return this.publishEvents;
	}

	/**
	 * Set whether to publish events as events of the application.
	 * @param publishEvents whether to publish events as events of the application
	 */
	public void setPublishEvents(boolean publishEvents) {
		this.publishEvents = publishEvents;
	}

	/**
	 * {@return the names of beans to leave alone}
	 */
	public List<String> getExclude() {
		return this.exclude;
	}

	/**
	 * Set the names of beans to leave alone.
	 * @param exclude the names of beans to leave alone
	 * @throws IllegalArgumentException if one of them can't be the name of a bean
	 */
	public void setExclude(List<String> exclude) {
		check(exclude.stream().noneMatch(NO_BEAN_NAME.asPredicate()),
				"Each must be the name of a bean, in which only '*' stands for others.");
		this.exclude = exclude;
	}

	/**
	 * {@return what is set about messages and queues}
	 */
	public Pipes getPipes() {
		return this.pipes;
	}

	/**
	 * {@return what is set about health}
	 */
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

		/**
		 * Create properties with the values that apply unless others are set.
		 */
		public Pipes() {
		}

		/**
		 * {@return whether to read messages and queues of sockets}
		 */
		public boolean isEnabled() {
			return this.enabled;
		}

		/**
		 * Set whether to read messages and queues of sockets.
		 * @param enabled whether to read messages and queues of sockets
		 */
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

		/**
		 * Create properties with the values that apply unless others are set.
		 */
		public Health() {
		}

		/**
		 * {@return how long a connect endpoint may be without a connection until health
		 * is DOWN, {@code null} for ever}
		 */
		public @Nullable Duration getDisconnectedAfter() {
			return this.disconnectedAfter;
		}

		/**
		 * Set how long a connect endpoint may be without a connection until health is
		 * DOWN, {@code null} for ever.
		 * @param disconnectedAfter how long a connect endpoint may be without a
		 * connection until health is DOWN, {@code null} for ever
		 * @throws IllegalArgumentException if it is not positive
		 */
		public void setDisconnectedAfter(@Nullable Duration disconnectedAfter) {
			check(disconnectedAfter == null || isPositive(disconnectedAfter), "It must be positive.");
			this.disconnectedAfter = disconnectedAfter;
		}

	}

}
