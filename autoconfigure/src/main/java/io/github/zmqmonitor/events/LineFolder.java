package io.github.zmqmonitor.events;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Writes the first lines of a kind at once and folds those that follow into one, with
 * their number and the time of the last. Not safe for use by several threads.
 */
final class LineFolder {

	/** How long lines are collected: ever longer while they go on. */
	private static final Duration[] WINDOWS = { Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofHours(1) };

	/** After so much silence the last of many changes is the present. */
	private static final Duration SETTLED = Duration.ofSeconds(5);

	private static final int REMEMBERED = 1000;

	private static final int HH_MM_SS = 8;

	private final Consumer<LogLine> target;

	private final ZoneId zone;

	private final Map<String, Repetition> repetitions = new LinkedHashMap<>(16, 0.75f, true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Repetition> eldest) {
			boolean remove = size() > REMEMBERED;
			if (remove) {
				tell(eldest.getValue());
			}
			return remove;
		}

	};

	LineFolder(Consumer<LogLine> target, ZoneId zone) {
		this.target = target;
		this.zone = zone;
	}

	/** A time as lines give it. */
	String time(Instant at) {
		// with a fraction of a second, so that the seconds are there if they are zero
		return LocalTime.ofInstant(at, this.zone).withNano(1).toString().substring(0, HH_MM_SS);
	}

	/**
	 * Write a change of state: at once, unless there were many in this minute.
	 * @param atOnce how many per minute are written at once
	 */
	void change(LogLine line, int atOnce, Instant at) {
		take(line, atOnce, true, at);
	}

	/**
	 * Write a line that can come again and again.
	 * @param atOnce how many are written before they are folded
	 */
	void write(LogLine line, int atOnce, Instant at) {
		take(line, atOnce, false, at);
	}

	private void take(LogLine line, int atOnce, boolean change, Instant at) {
		Repetition repetition = this.repetitions.computeIfAbsent(line.key(),
				(key) -> new Repetition(line.subject(), change, at));
		if (repetition.isOver(at)) {
			repetition.next(at, tell(repetition));
		}
		if (repetition.written < atOnce) {
			repetition.written++;
			if (change) {
				settle(repetition);
			}
			this.target.accept(line);
		}
		else {
			repetition.fold(line, at);
		}
	}

	/**
	 * What is held back about a subject comes before its next state, in which everything
	 * is said anew.
	 */
	private void settle(Repetition change) {
		Iterator<Repetition> all = this.repetitions.values().iterator();
		while (all.hasNext()) {
			Repetition repetition = all.next();
			if (repetition != change && repetition.subject.equals(change.subject)) {
				tell(repetition);
				all.remove();
			}
		}
	}

	/** Tell what is due, and forget what has not come again. */
	void flush(Instant now) {
		Iterator<Repetition> all = this.repetitions.values().iterator();
		while (all.hasNext()) {
			Repetition repetition = all.next();
			if (repetition.isOver(now)) {
				if (tell(repetition)) {
					repetition.next(now, true);
				}
				else {
					all.remove();
				}
			}
			else if (repetition.isSettled(now)) {
				tell(repetition);
			}
		}
	}

	private boolean tell(Repetition repetition) {
		LogLine line = repetition.last;
		if (line == null) {
			return false;
		}
		String until = time(repetition.lastAt);
		String text = repetition.change ? " (the last of " + repetition.folded + " changes until " + until + ")"
				: " (" + repetition.folded + " more of the same until " + until + ")";
		this.target.accept(new LogLine(line.level(), line.subject(), line.kind(), line.text() + text));
		repetition.last = null;
		repetition.folded = 0;
		return true;
	}

	/** What of lines of one kind is not written yet. */
	private static final class Repetition {

		private final String subject;

		private final boolean change;

		private Instant begin;

		private int window;

		private int written;

		private @Nullable LogLine last;

		private Instant lastAt;

		private long folded;

		Repetition(String subject, boolean change, Instant begin) {
			this.subject = subject;
			this.change = change;
			this.begin = begin;
			this.lastAt = begin;
		}

		void fold(LogLine line, Instant at) {
			this.last = line;
			this.lastAt = at;
			this.folded++;
		}

		/**
		 * Begin to collect anew, for longer if lines are still coming; changes are
		 * written at once again.
		 */
		void next(Instant at, boolean going) {
			this.begin = at;
			if (going && !this.change) {
				this.window = Math.min(this.window + 1, WINDOWS.length - 1);
			}
			else {
				this.window = 0;
				this.written = 0;
			}
		}

		boolean isOver(Instant now) {
			return Duration.between(this.begin, now).abs().compareTo(WINDOWS[this.window]) >= 0;
		}

		boolean isSettled(Instant now) {
			return this.change && this.last != null && Duration.between(this.lastAt, now).abs().compareTo(SETTLED) >= 0;
		}

	}

}
