package io.github.zmqmonitor.events;

import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import io.github.zmqmonitor.events.EventWords.Level;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqHint;
import io.github.zmqmonitor.model.ZmqSocketEvent;
import io.github.zmqmonitor.model.ZmqSocketEventListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Writes events and hints to the logger {@code io.github.zmqmonitor.events}, in words.
 * <p>
 * Lost and restored connections are INFO; failures to bind or accept, failed handshakes
 * and abandoned endpoints are WARN; the rest is DEBUG. Of the same line about the same
 * endpoint one a minute is written, with the number of those left out. A hint is written
 * once a socket name, and once an application if it is about a default of JeroMQ.
 */
public final class ZmqEventLogger implements ZmqSocketEventListener {

	private static final int REMEMBERED_HINTS = 1000;

	private static final Pattern UNPRINTABLE = Pattern.compile("\\p{Cntrl}");

	private final Log logger;

	private final Clock clock;

	private final RateLimit limit = new RateLimit(this::write);

	private final Set<String> toldHints = new HashSet<>();

	private Set<String> abandoned = new HashSet<>();

	/**
	 * Create a logger.
	 */
	public ZmqEventLogger() {
		this(LogFactory.getLog("io.github.zmqmonitor.events"), Clock.systemUTC());
	}

	ZmqEventLogger(Log logger, Clock clock) {
		this.logger = logger;
		this.clock = clock;
	}

	@Override
	public void onEvent(ZmqSocketEvent event) {
		Level level = EventWords.level(event);
		if (!isEnabled(level)) {
			return;
		}
		String endpoint = (event.endpoint() != null) ? " " + event.endpoint() : "";
		String words = EventWords.describe(event);
		String kind = (event.type() != ZmqEventType.CONNECT_RETRIED) ? words : event.type().name();
		String peer = (event.peer() != null && !words.startsWith("connected to")) ? ", peer " + event.peer() : "";
		this.limit.write(level, event.socketName() + endpoint + " " + kind,
				event.socketName() + " (" + event.socketId() + ")" + endpoint + ": " + words + peer, event.at());
	}

	@Override
	public void onTick(Supplier<List<ZmqHint>> hints) {
		if (!this.logger.isWarnEnabled()) {
			return;
		}
		Instant now = this.clock.instant();
		Set<String> abandoned = new HashSet<>();
		for (ZmqHint hint : hints.get()) {
			if (hint.kind() == ZmqHint.Kind.ABANDONED) {
				String key = hint.socketId() + " " + hint.endpoint();
				abandoned.add(key);
				if (!this.abandoned.contains(key)) {
					this.limit.write(Level.WARN, hint.socketName() + " " + hint.endpoint() + " " + hint.kind(),
							line(hint), now);
				}
			}
			else {
				tellOnce(hint);
			}
		}
		this.abandoned = abandoned;
		this.limit.flush(now);
	}

	private void tellOnce(ZmqHint hint) {
		boolean isDefault = EventWords.isDefault(hint.kind());
		String key = isDefault ? hint.kind().id() : hint.socketName() + " " + hint.kind().id();
		if (this.toldHints.size() < REMEMBERED_HINTS && this.toldHints.add(key)) {
			write(EventWords.level(hint.kind()),
					line(hint) + (isDefault ? " (said once; /actuator/zmq/{name} says it of each socket)" : ""));
		}
	}

	private static String line(ZmqHint hint) {
		return hint.socketName() + " (" + hint.socketId() + ")"
				+ ((hint.endpoint() != null) ? " " + hint.endpoint() : "") + ": " + hint.message();
	}

	private boolean isEnabled(Level level) {
		return switch (level) {
			case WARN -> this.logger.isWarnEnabled();
			case INFO -> this.logger.isInfoEnabled();
			case DEBUG -> this.logger.isDebugEnabled();
		};
	}

	private void write(Level level, String text) {
		String line = UNPRINTABLE.matcher(text).replaceAll("?");
		switch (level) {
			case WARN -> this.logger.warn(line);
			case INFO -> this.logger.info(line);
			case DEBUG -> this.logger.debug(line);
		}
	}

}
