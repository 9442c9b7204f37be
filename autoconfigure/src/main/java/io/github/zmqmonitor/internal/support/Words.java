package io.github.zmqmonitor.internal.support;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * Parts of the texts that operators read.
 */
public final class Words {

	private Words() {
	}

	/** A duration as {@code 2h3m4s}, or as {@code 12ms} where it is below a second. */
	public static String duration(Duration duration) {
		if (duration.toSeconds() == 0) {
			return duration.toMillis() + "ms";
		}
		return duration.truncatedTo(ChronoUnit.SECONDS).toString().substring("PT".length()).toLowerCase(Locale.ROOT);
	}

	/** A number of retries, with a comma before it; nothing if there is none. */
	public static String afterRetries(long retries) {
		if (retries == 0) {
			return "";
		}
		return (retries == 1) ? ", 1 retry" : String.format(Locale.ROOT, ", %,d retries", retries);
	}

	/**
	 * Replace what could move a cursor, break a line or turn the direction of writing.
	 */
	public static String printable(String text) {
		if (text.codePoints().allMatch(Words::isPrintable)) {
			return text;
		}
		return text.codePoints()
			.map((character) -> isPrintable(character) ? character : '?')
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

	/** Whether a character does nothing but stand where it is written. */
	static boolean isPrintable(int character) {
		return switch (Character.getType(character)) {
			case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
					Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
				false;
			default -> true;
		};
	}

}
