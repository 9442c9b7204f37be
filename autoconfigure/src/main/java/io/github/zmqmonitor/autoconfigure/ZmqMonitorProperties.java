package io.github.zmqmonitor.autoconfigure;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;

import io.github.zmqmonitor.internal.support.InvalidSettingException;
import io.github.zmqmonitor.model.ZmqMonitorSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.convert.DurationUnit;

/**
 * Configuration properties for the monitor.
 *
 * @param enabled Whether to monitor ZeroMQ sockets.
 * @param instrumentation How sockets are found: AUTO finds every socket of the JVM by
 * changed copies of JeroMQ's classes, and falls back to beans where that isn't possible;
 * BEANS follows only contexts and sockets that are beans, by proxies.
 * @param naming What names sockets that are no beans: CALLER the class that makes them
 * and their type, as in "receiver.router"; CONTEXT their context and type, as in
 * "zContext.router", which is used in either case where sockets are found by beans.
 * @param maxEndpoints Number of endpoints with meters of their own, at most 100,000.
 * Those beyond are counted together as 'other'.
 * @param retainClosed How long the numbers of a closed endpoint are kept. A number
 * without a unit means seconds.
 * @param recentEvents Number of its last events that a socket keeps, at most 10,000.
 * @param abandonedAfter How long a lost connection or a failed attempt may go without a
 * retry until the endpoint counts as abandoned, at least 100 ms. A number without a unit
 * means seconds.
 * @param listenerQueueCapacity Number of events that may wait for listeners, at most
 * 1,000,000. Those beyond are dropped and counted.
 * @param readingBudget How long a look at the connections or queues of one socket may
 * take, at most 1 minute. Where it takes longer, several times in a row, these are not
 * read for a while. A number without a unit means seconds.
 * @param exclude Names of beans to leave alone. '*' stands for any characters, as in
 * "internal*".
 * @param log the log of events
 * @param publish the publication of events
 * @param queues messages and queues
 * @param kernel what the kernel knows of connections
 * @param health health of the sockets
 */
@ConfigurationProperties("zmq.monitor")
public record ZmqMonitorProperties(@DefaultValue("true") boolean enabled,
		@DefaultValue("auto") Instrumentation instrumentation, @DefaultValue("caller") ZmqMonitorSettings.Naming naming,
		@DefaultValue("100") int maxEndpoints, @DurationUnit(ChronoUnit.SECONDS) Duration retainClosed,
		@DefaultValue("64") int recentEvents, @DurationUnit(ChronoUnit.SECONDS) Duration abandonedAfter,
		@DefaultValue("1024") int listenerQueueCapacity, @DurationUnit(ChronoUnit.SECONDS) Duration readingBudget,
		@DefaultValue List<String> exclude, @DefaultValue Log log, @DefaultValue Publish publish,
		@DefaultValue Queues queues, @DefaultValue Kernel kernel, @DefaultValue Health health) {

	/** What would be special in a regular expression or a glob, and is not here. */
	private static final Pattern NO_BEAN_NAME = Pattern.compile("[?+|^\\\\\\[\\](){}]|^\\s*$");

	/**
	 * Take the defaults of durations that are not set. They stand here and, for editors,
	 * in the additional metadata: to read the text of one loads twenty classes.
	 * @param enabled whether to monitor ZeroMQ sockets
	 * @param instrumentation how sockets are found
	 * @param naming what names sockets that are no beans
	 * @param maxEndpoints number of endpoints with meters of their own
	 * @param retainClosed how long the numbers of a closed endpoint are kept
	 * @param recentEvents number of its last events that a socket keeps
	 * @param abandonedAfter when an endpoint without a retry counts as abandoned
	 * @param listenerQueueCapacity number of events that may wait for listeners
	 * @param readingBudget how long a look at one socket may take
	 * @param exclude names of beans to leave alone
	 * @param log the log of events
	 * @param publish the publication of events
	 * @param queues messages and queues
	 * @param kernel what the kernel knows of connections
	 * @param health health of the sockets
	 */
	public ZmqMonitorProperties {
		retainClosed = (retainClosed != null) ? retainClosed : ZmqMonitorSettings.DEFAULTS.retainClosed();
		abandonedAfter = (abandonedAfter != null) ? abandonedAfter : ZmqMonitorSettings.DEFAULTS.abandonedAfter();
		readingBudget = (readingBudget != null) ? readingBudget : ZmqMonitorSettings.DEFAULTS.readingBudget();
	}

	/**
	 * Check all values. Not done when they are bound: the report of a failed binding
	 * would not name the property.
	 */
	ZmqMonitorSettings toSettings() {
		try {
			InvalidSettingException.check(
					this.exclude.isEmpty() || this.exclude.stream().noneMatch(NO_BEAN_NAME.asPredicate()), "exclude",
					String.join(",", this.exclude), "must be names of beans, in which only '*' stands for others");
			if (this.health.disconnectedAfter() != null) {
				InvalidSettingException.checkPositive("health.disconnectedAfter", this.health.disconnectedAfter());
			}
			return new ZmqMonitorSettings(this.maxEndpoints, this.retainClosed, this.recentEvents, this.abandonedAfter,
					this.listenerQueueCapacity, this.queues.enabled(), this.naming, this.readingBudget,
					new ZmqMonitorSettings.Kernel(this.kernel.enabled(), this.kernel.netlink(),
							this.kernel.maxLines()));
		}
		catch (InvalidSettingException ex) {
			throw new InvalidConfigurationPropertyValueException(
					"zmq.monitor." + DataObjectPropertyName.toDashedForm(ex.getSetting()), ex.getValue(),
					"It " + ex.getReason() + ".");
		}
	}

	/**
	 * How sockets are found.
	 */
	public enum Instrumentation {

		/**
		 * Every socket of the JVM, by changed copies of JeroMQ's classes; by beans where
		 * that isn't possible.
		 */
		AUTO,

		/** Only contexts and sockets that are beans, by proxies. */
		BEANS

	}

	/**
	 * The log of events.
	 *
	 * @param enabled Whether to log events, by the logger 'io.github.zmqmonitor.events'.
	 */
	public record Log(@DefaultValue("true") boolean enabled) {
	}

	/**
	 * The publication of events.
	 *
	 * @param enabled Whether to publish events as events of the application.
	 */
	public record Publish(@DefaultValue("false") boolean enabled) {
	}

	/**
	 * Messages and queues.
	 *
	 * @param enabled Whether to read messages and queues of sockets.
	 */
	public record Queues(@DefaultValue("true") boolean enabled) {
	}

	/**
	 * What the kernel knows of TCP connections.
	 *
	 * @param enabled Whether to read what Linux knows of the TCP connections of sockets.
	 * @param netlink When to read it by netlink, which tells most: AUTO on Java 22 or
	 * later where native access is enabled for the monitor, as by
	 * "--enable-native-access=ALL-UNNAMED"; ALWAYS on Java 22 or later, even if the JVM
	 * warns; NEVER. Otherwise the tables of "/proc/self/net" are read.
	 * @param maxLines Number of lines that these tables may have together, at most
	 * 1,000,000. Where they have more, they are not read.
	 */
	public record Kernel(@DefaultValue("true") boolean enabled,
			@DefaultValue("auto") ZmqMonitorSettings.Kernel.Netlink netlink, @DefaultValue("20000") int maxLines) {
	}

	/**
	 * Health of the sockets.
	 *
	 * @param disconnectedAfter How long a connect endpoint may be without a connection
	 * until health is DOWN. For ever if not set. A number without a unit means seconds.
	 */
	public record Health(@DurationUnit(ChronoUnit.SECONDS) @Nullable Duration disconnectedAfter) {
	}

}
