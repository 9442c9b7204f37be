package io.github.zmqmonitor.internal.support;

import java.time.Duration;

/**
 * A setting has a value that it can't have. Knows setting, value and reason apart, so
 * that a report can name the property behind the setting.
 */
public final class InvalidSettingException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	/** Nanoseconds of longer durations would overflow. */
	private static final Duration LONGEST = Duration.ofDays(36_500);

	private final String setting;

	private final transient Object value;

	private final String reason;

	private InvalidSettingException(String setting, Object value, String reason) {
		super(setting + " " + reason);
		this.setting = setting;
		this.value = value;
		this.reason = reason;
	}

	/**
	 * Refuse a value unless a condition holds.
	 * @param reason what is wrong, as the end of a sentence: {@code must be positive}
	 */
	public static void check(boolean condition, String setting, Object value, String reason) {
		if (!condition) {
			throw new InvalidSettingException(setting, value, reason);
		}
	}

	/**
	 * Refuse a number that is below a least value, 0 or 1, or above a greatest one.
	 */
	public static void checkRange(String setting, int value, int least, int greatest) {
		check(value >= least, setting, value, (least > 0) ? "must be positive" : "must not be negative");
		check(value <= greatest, setting, value, "must not be greater than " + greatest);
	}

	/** Refuse a duration that is negative or longer than 36,500 days. */
	public static void checkDuration(String setting, Duration value) {
		check(!value.isNegative(), setting, value, "must not be negative");
		check(value.compareTo(LONGEST) <= 0, setting, value, "must not be longer than " + LONGEST.toDays() + " days");
	}

	/** Refuse a duration that is not positive or longer than 36,500 days. */
	public static void checkPositive(String setting, Duration value) {
		check(value.compareTo(Duration.ZERO) > 0, setting, value, "must be positive");
		checkDuration(setting, value);
	}

	/**
	 * Return the name of the setting, such as {@code maxEndpoints}.
	 */
	public String getSetting() {
		return this.setting;
	}

	/** Return the value that was refused. */
	public Object getValue() {
		return this.value;
	}

	/** Return what is wrong with the value, as the end of a sentence. */
	public String getReason() {
		return this.reason;
	}

}
