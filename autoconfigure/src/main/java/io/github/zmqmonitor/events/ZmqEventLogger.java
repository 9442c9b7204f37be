package io.github.zmqmonitor.events;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.zmqmonitor.monitor.ZmqEndpointRole;
import io.github.zmqmonitor.monitor.ZmqEndpointState;
import io.github.zmqmonitor.monitor.ZmqEventType;
import io.github.zmqmonitor.monitor.ZmqSocketEvent;
import io.github.zmqmonitor.monitor.ZmqSocketEventListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Writes events to the logger {@code io.github.zmqmonitor.events}, in words.
 * <p>
 * Lost and restored connections are INFO; failures to bind or accept and failed
 * handshakes are WARN; the rest is DEBUG. Of the same line about the same endpoint one a
 * minute is written, with the number of those left out.
 */
public final class ZmqEventLogger implements ZmqSocketEventListener {

	private static final Duration INTERVAL = Duration.ofMinutes(1);

	private static final int REMEMBERED = 1000;

	private final Log logger;

	private final Map<String, Repetition> repetitions = new LinkedHashMap<>(16, 0.75f, true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Repetition> eldest) {
			return size() > REMEMBERED;
		}

	};

	/**
	 * Create a logger.
	 */
	public ZmqEventLogger() {
		this(LogFactory.getLog("io.github.zmqmonitor.events"));
	}

	ZmqEventLogger(Log logger) {
		this.logger = logger;
	}

	@Override
	public void onEvent(ZmqSocketEvent event) {
		Level level = level(event);
		if (!isEnabled(level)) {
			return;
		}
		String place = event.socketName() + " (" + event.socketId() + ")"
				+ ((event.endpoint() != null) ? " " + event.endpoint() : "");
		String what = describe(event);
		String kind = (event.type() != ZmqEventType.CONNECT_RETRIED) ? what : event.type().name();
		Repetition repetition = this.repetitions.computeIfAbsent(place + " " + kind, (key) -> new Repetition());
		if (!repetition.isDue(event)) {
			return;
		}
		String peer = (event.peer() != null) ? ", peer " + event.peer() : "";
		write(level, place + ": " + what + peer + repetition.takeOmitted());
	}

	private static Level level(ZmqSocketEvent event) {
		return switch (event.type()) {
			case BIND_FAILED, ACCEPT_FAILED, CLOSE_FAILED, HANDSHAKE_FAILED_AUTH, HANDSHAKE_FAILED_NO_DETAIL,
					HANDSHAKE_FAILED_PROTOCOL ->
				Level.WARN;
			case CONNECTED, DISCONNECTED -> Level.INFO;
			case HANDSHAKE_PROTOCOL -> isUnversioned(event) ? Level.WARN : Level.DEBUG;
			default -> Level.DEBUG;
		};
	}

	private static boolean isUnversioned(ZmqSocketEvent event) {
		return event.value() instanceof ZmqSocketEvent.ZmtpVersion version && "unversioned".equals(version.version());
	}

	private static String describe(ZmqSocketEvent event) {
		return switch (event.type()) {
			case LISTENING -> "listening at " + event.address();
			case BIND_FAILED -> "could not bind (" + event.value() + ")";
			case ACCEPTED -> "connection accepted";
			case ACCEPT_FAILED -> "could not accept a connection (" + event.value() + ")";
			case CONNECTED -> "connected to " + event.address();
			case CONNECT_DELAYED -> "connecting to " + event.address();
			case CONNECT_RETRIED -> "will try to connect again in " + event.value();
			case DISCONNECTED ->
				(event.state() == ZmqEndpointState.LISTENING) ? "a client has disconnected" : "connection lost";
			case CLOSED ->
				(event.state() == ZmqEndpointState.CLOSED) ? "no longer listening" : "an attempt to connect failed";
			case CLOSE_FAILED -> "could not close a channel (" + event.value() + ")";
			case HANDSHAKE_PROTOCOL ->
				isUnversioned(event) ? "the peer does not speak ZMTP: a probe, or another protocol"
						: "greeted with ZMTP " + event.value();
			case HANDSHAKE_SUCCEEDED -> "handshake succeeded";
			case HANDSHAKE_FAILED_AUTH -> "authentication refused (" + event.value() + ")" + consequence(event);
			case HANDSHAKE_FAILED_PROTOCOL -> "handshake failed (" + event.value() + ")" + consequence(event);
			case HANDSHAKE_FAILED_NO_DETAIL -> "handshake failed (" + event.value() + ")";
			case MONITOR_STOPPED -> "monitor stopped";
			case UNKNOWN -> "unknown event " + event.value();
		};
	}

	/**
	 * A listener goes on after it has refused a client.
	 */
	private static String consequence(ZmqSocketEvent event) {
		return (event.role() == ZmqEndpointRole.BIND) ? "; the client is not let in"
				: "; JeroMQ will not retry this endpoint";
	}

	private boolean isEnabled(Level level) {
		return switch (level) {
			case WARN -> this.logger.isWarnEnabled();
			case INFO -> this.logger.isInfoEnabled();
			case DEBUG -> this.logger.isDebugEnabled();
		};
	}

	private void write(Level level, String line) {
		switch (level) {
			case WARN -> this.logger.warn(line);
			case INFO -> this.logger.info(line);
			case DEBUG -> this.logger.debug(line);
		}
	}

	private enum Level {

		WARN, INFO, DEBUG

	}

	/**
	 * How often a line came since it was last written.
	 */
	private static final class Repetition {

		private @Nullable Instant written;

		private long omitted;

		boolean isDue(ZmqSocketEvent event) {
			boolean due = this.written == null || Duration.between(this.written, event.at()).compareTo(INTERVAL) >= 0;
			if (due) {
				this.written = event.at();
			}
			else {
				this.omitted++;
			}
			return due;
		}

		String takeOmitted() {
			long omitted = this.omitted;
			this.omitted = 0;
			return (omitted > 0) ? " (and " + omitted + " times more in the time before)" : "";
		}

	}

}
