package io.github.zmqmonitor.actuate.endpoint;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Numbers and times in few characters. What isn't known is a dash.
 */
final class TextFormat {

	static final String UNKNOWN = "-";

	private static final String UNITS = "kMGTPE";

	private TextFormat() {
	}

	/**
	 * A number in at most five characters.
	 */
	static String number(@Nullable Number number) {
		if (number == null) {
			return UNKNOWN;
		}
		double value = number.doubleValue();
		if (value < 100_000) {
			return Objects.toString(number);
		}
		int unit = -1;
		while (value >= 999.5) {
			value /= 1000;
			unit++;
		}
		return String.format(Locale.ROOT, (value < 10) ? "%.2f%c" : (value < 100) ? "%.1f%c" : "%.0f%c", value,
				UNITS.charAt(unit));
	}

	/**
	 * How long ago something was, in at most six characters for a hundred days.
	 */
	static String age(@Nullable Instant since, Instant now) {
		if (since == null) {
			return UNKNOWN;
		}
		long seconds = Math.max(0, ChronoUnit.SECONDS.between(since, now));
		if (seconds < 60) {
			return seconds + "s";
		}
		if (seconds < 3600) {
			return String.format(Locale.ROOT, "%dm%02ds", seconds / 60, seconds % 60);
		}
		if (seconds < 86400) {
			return String.format(Locale.ROOT, "%dh%02dm", seconds / 3600, seconds / 60 % 60);
		}
		return String.format(Locale.ROOT, "%dd%02dh", seconds / 86400, seconds / 3600 % 24);
	}

}
