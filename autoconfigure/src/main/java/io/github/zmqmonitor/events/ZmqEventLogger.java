package io.github.zmqmonitor.events;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

import io.github.zmqmonitor.events.EndpointStates.Told;
import io.github.zmqmonitor.internal.support.Words;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqHint;
import io.github.zmqmonitor.model.ZmqOrigin;
import io.github.zmqmonitor.model.ZmqSocketEvent;
import io.github.zmqmonitor.model.ZmqSocketEventListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextAware;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Writes events and hints to the logger {@code io.github.zmqmonitor.events}, in words.
 * <p>
 * Connections made and lost, clients that leave and reminders of long outages are INFO;
 * failures to bind or accept, failed handshakes and abandoned endpoints are WARN; the
 * rest is DEBUG, and so is everything written from when the application closes on. A
 * change of state is written at once; what repeats is written once and then folded into
 * one line with its number. A hint about a setting is written once per socket name, and
 * once per application if it is about a default of JeroMQ.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class ZmqEventLogger
		implements ZmqSocketEventListener, ApplicationListener<ContextClosedEvent>, ApplicationContextAware {

	static final String CHANGE = "change";

	/** More changes of one endpoint in a minute are folded: that connection flaps. */
	static final int CHANGES_AT_ONCE = 10;

	private static final int CLIENTS_AT_ONCE = 10;

	private static final Duration LATE = Duration.ofSeconds(3);

	private final Log logger;

	private final Clock clock;

	private final LineFolder lines;

	private final EndpointStates states = new EndpointStates();

	private final HintLines hints;

	private @Nullable ApplicationContext context;

	private volatile boolean closed;

	/**
	 * Create a logger.
	 */
	public ZmqEventLogger() {
		this(LogFactory.getLog("io.github.zmqmonitor.events"), Clock.systemDefaultZone());
	}

	ZmqEventLogger(Log logger, Clock clock) {
		this.logger = logger;
		this.clock = clock;
		this.lines = new LineFolder((line) -> write(line.level(), line.text()), clock.getZone());
		this.hints = new HintLines(this.lines, this.states, this::write);
		preload();
	}

	/**
	 * What a line needs for the first time when the process has no descriptor left could
	 * not be loaded then.
	 */
	private static void preload() {
		LineFolder lines = new LineFolder((line) -> {
		}, Clock.systemUTC().getZone());
		ZmqSocketEvent event = new ZmqSocketEvent(Instant.EPOCH, ZmqEventType.ACCEPT_FAILED, "", "", "", ZmqOrigin.JVM,
				null, null, "", null, null, null, null, null);
		LogLine line = new LogLine(EventWords.level(event), "", EventWords.kind(event), EventWords.describe(event));
		lines.write(line, 1, Instant.EPOCH);
		lines.write(line, 1, Instant.EPOCH);
		lines.flush(Instant.EPOCH.plus(Duration.ofHours(1)));
	}

	@Override
	public void setApplicationContext(ApplicationContext context) {
		this.context = context;
	}

	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		if (event.getApplicationContext() == this.context) {
			this.closed = true;
		}
	}

	@Override
	public void onEvent(ZmqSocketEvent event) {
		String endpoint = (event.endpoint() != null) ? " " + event.endpoint() : "";
		String subject = event.socketName() + endpoint;
		Told state = EndpointStates.of(event);
		boolean recovered = state == Told.LISTENING && this.states.last(subject) == Told.FAILED;
		boolean change = state != null && this.states.tell(subject, event.socketId(), state);
		LogLevel level = this.closed ? LogLevel.DEBUG : recovered ? LogLevel.INFO : EventWords.level(event);
		if (!isEnabled(level)) {
			return;
		}
		String text = event.socketName() + " (" + event.socketId() + ")" + endpoint + ": " + EventWords.describe(event)
				+ EventWords.addresses(event) + late(event.at());
		if (change) {
			this.lines.change(new LogLine(level, subject, CHANGE, text), CHANGES_AT_ONCE, event.at());
		}
		else {
			this.lines.write(new LogLine(level, subject, EventWords.kind(event), text), atOnce(event, state),
					event.at());
		}
	}

	/**
	 * The same state of another socket of the name was told by another line already.
	 */
	private static int atOnce(ZmqSocketEvent event, @Nullable Told state) {
		return (state != null) ? 0 : EventWords.isClientsEnd(event) ? CLIENTS_AT_ONCE : 1;
	}

	private String late(Instant at) {
		return (Duration.between(at, this.clock.instant()).compareTo(LATE) > 0) ? " (at " + this.lines.time(at) + ")"
				: "";
	}

	@Override
	public void onTick(Supplier<List<ZmqHint>> hints) {
		if (!this.closed && this.logger.isWarnEnabled()) {
			Instant now = this.clock.instant();
			this.hints.take(hints.get(), now);
			this.lines.flush(now);
		}
	}

	private boolean isEnabled(LogLevel level) {
		return switch (level) {
			case WARN -> this.logger.isWarnEnabled();
			case INFO -> this.logger.isInfoEnabled();
			case DEBUG -> this.logger.isDebugEnabled();
		};
	}

	private void write(LogLevel level, String text) {
		String line = Words.printable(text);
		switch (level) {
			case WARN -> this.logger.warn(line);
			case INFO -> this.logger.info(line);
			case DEBUG -> this.logger.debug(line);
		}
	}

}
