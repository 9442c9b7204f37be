package io.github.zmqmonitor.model;

import org.jspecify.annotations.Nullable;

/**
 * A setting has a value that it can't have.
 */
public class ZmqSettingException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	private final String setting;

	private final transient @Nullable Object value;

	private final String reason;

	/**
	 * Create an exception.
	 * @param setting the name of the setting, such as {@code maxEndpoints}
	 * @param value the value, or {@code null} if it has none
	 * @param reason what is wrong, as the end of a sentence: {@code must be positive}
	 */
	public ZmqSettingException(String setting, @Nullable Object value, String reason) {
		super(setting + " " + reason);
		this.setting = setting;
		this.value = value;
		this.reason = reason;
	}

	/**
	 * Refuse a value unless a condition holds.
	 * @param condition whether the value is accepted
	 * @param setting the name of the setting
	 * @param value the value, or {@code null} if it has none
	 * @param reason what is wrong, as the end of a sentence
	 * @throws ZmqSettingException if the condition doesn't hold
	 */
	public static void check(boolean condition, String setting, @Nullable Object value, String reason) {
		if (!condition) {
			throw new ZmqSettingException(setting, value, reason);
		}
	}

	/**
	 * Return which setting it is.
	 * @return the name of the setting
	 */
	public String getSetting() {
		return this.setting;
	}

	/**
	 * Return the value.
	 * @return the value, or {@code null} if it has none
	 */
	public @Nullable Object getValue() {
		return this.value;
	}

	/**
	 * Return what is wrong with the value.
	 * @return the end of a sentence that begins with the setting
	 */
	public String getReason() {
		return this.reason;
	}

}
