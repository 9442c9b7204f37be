package io.github.zmqmonitor.events;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

import io.github.zmqmonitor.events.EventWords.Level;

/**
 * Writes of lines with the same key one a minute, and tells how many were left out: with
 * the next one, or when their minute has passed. Not safe for use by several threads.
 */
final class RateLimit {

	private static final Duration INTERVAL = Duration.ofMinutes(1);

	private static final int REMEMBERED = 1000;

	private final BiConsumer<Level, String> target;

	private final Map<String, Repetition> repetitions = new LinkedHashMap<>(16, 0.75f, true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Repetition> eldest) {
			boolean remove = size() > REMEMBERED;
			if (remove) {
				tellOmitted(eldest.getValue());
			}
			return remove;
		}

	};

	RateLimit(BiConsumer<Level, String> target) {
		this.target = target;
	}

	void write(Level level, String key, String line, Instant at) {
		Repetition repetition = this.repetitions.get(key);
		if (repetition == null) {
			this.repetitions.put(key, new Repetition(level, line, at));
			this.target.accept(level, line);
			return;
		}
		repetition.line = line;
		repetition.omitted++;
		if (repetition.isOver(at)) {
			tellOmitted(repetition);
			repetition.writtenAt = at;
		}
	}

	/**
	 * Tell what was left out more than a minute ago, and forget what has not come again.
	 */
	void flush(Instant now) {
		Iterator<Repetition> all = this.repetitions.values().iterator();
		while (all.hasNext()) {
			Repetition repetition = all.next();
			if (repetition.isOver(now)) {
				if (repetition.omitted > 0) {
					tellOmitted(repetition);
					repetition.writtenAt = now;
				}
				else {
					all.remove();
				}
			}
		}
	}

	private void tellOmitted(Repetition repetition) {
		if (repetition.omitted > 0) {
			String count = (repetition.omitted > 1) ? " (the last of " + repetition.omitted + " since the line before)"
					: "";
			this.target.accept(repetition.level, repetition.line + count);
			repetition.omitted = 0;
		}
	}

	/**
	 * A line and how often it came since it was last written.
	 */
	private static final class Repetition {

		private final Level level;

		private String line;

		private Instant writtenAt;

		private long omitted;

		Repetition(Level level, String line, Instant writtenAt) {
			this.level = level;
			this.line = line;
			this.writtenAt = writtenAt;
		}

		boolean isOver(Instant now) {
			return Duration.between(this.writtenAt, now).abs().compareTo(INTERVAL) >= 0;
		}

	}

}
