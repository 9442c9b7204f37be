package io.github.zmqmonitor.events;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

import io.github.zmqmonitor.events.EndpointStates.Told;
import io.github.zmqmonitor.model.ZmqHint;

/**
 * Which hints are lines of the log, and when: each abandoned endpoint, a reminder of each
 * long outage, the others once. Not safe for use by several threads.
 */
final class HintLines {

	private static final int REMEMBERED = 1000;

	/** When an outage is told again, counted from when its hint was first there. */
	private static final Duration[] REMINDERS = { Duration.ZERO, Duration.ofSeconds(90), Duration.ofSeconds(570) };

	private static final Duration LATER = Duration.ofHours(1);

	private final LineFolder lines;

	private final EndpointStates states;

	private final BiConsumer<LogLevel, String> target;

	private final Set<String> told = new HashSet<>();

	private Set<String> abandoned = new HashSet<>();

	private Map<String, Outage> outages = new HashMap<>();

	/**
	 * Create the lines.
	 * @param target takes what is written once
	 */
	HintLines(LineFolder lines, EndpointStates states, BiConsumer<LogLevel, String> target) {
		this.lines = lines;
		this.states = states;
		this.target = target;
	}

	void take(List<ZmqHint> hints, Instant now) {
		Set<String> abandoned = new HashSet<>();
		Map<String, Outage> outages = new HashMap<>();
		for (ZmqHint hint : hints) {
			String key = hint.socketId() + ' ' + hint.endpoint();
			if (hint.kind() == ZmqHint.Kind.ABANDONED) {
				abandoned.add(key);
				if (!this.abandoned.contains(key)) {
					abandoned(hint, now);
				}
			}
			else if (hint.kind() == ZmqHint.Kind.NO_CONNECTION) {
				Outage outage = this.outages.getOrDefault(key, new Outage(now, 0));
				outages.put(key, outage.isDue(now) ? remind(outage, hint, now) : outage);
			}
			else {
				once(hint);
			}
		}
		this.abandoned = abandoned;
		this.outages = outages;
	}

	private void abandoned(ZmqHint hint, Instant now) {
		String subject = subject(hint);
		this.states.forget(subject, hint.socketId());
		this.states.tell(subject, hint.socketId(), Told.ABANDONED);
		this.lines.change(new LogLine(LogLevel.WARN, subject, ZmqEventLogger.CHANGE, line(hint)),
				ZmqEventLogger.CHANGES_AT_ONCE, now);
	}

	/**
	 * Sockets that share a name share reminders too: those of one time are folded.
	 */
	private Outage remind(Outage outage, ZmqHint hint, Instant now) {
		this.lines.write(new LogLine(LogLevel.INFO, subject(hint), hint.kind() + " " + outage.reminders, line(hint)), 1,
				now);
		return new Outage(outage.since, outage.reminders + 1);
	}

	private void once(ZmqHint hint) {
		boolean isDefault = EventWords.isDefault(hint.kind());
		String key = isDefault ? hint.kind().id() : hint.socketName() + ' ' + hint.kind().id();
		if (this.told.size() < REMEMBERED && this.told.add(key)) {
			this.target.accept(EventWords.level(hint.kind()),
					line(hint) + (isDefault ? " (said once; /actuator/zmq/{name} says it of each socket)" : ""));
		}
	}

	private static String subject(ZmqHint hint) {
		return hint.socketName() + ' ' + hint.endpoint();
	}

	private static String line(ZmqHint hint) {
		return hint.socketName() + " (" + hint.socketId() + ")"
				+ ((hint.endpoint() != null) ? " " + hint.endpoint() : "") + ": " + hint.message();
	}

	/**
	 * An endpoint that has been without a connection for long.
	 *
	 * @param since when that was noticed
	 * @param reminders how many lines were written about it
	 */
	private record Outage(Instant since, int reminders) {

		boolean isDue(Instant now) {
			Duration wait = (this.reminders < REMINDERS.length) ? REMINDERS[this.reminders]
					: LATER.multipliedBy(this.reminders - REMINDERS.length + 1L);
			return Duration.between(this.since, now).compareTo(wait) >= 0;
		}

	}

}
