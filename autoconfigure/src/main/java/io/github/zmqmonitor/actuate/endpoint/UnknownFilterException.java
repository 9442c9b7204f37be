package io.github.zmqmonitor.actuate.endpoint;

import java.util.List;

/**
 * A filter was given a value that does not exist.
 */
public class UnknownFilterException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	private final transient List<String> known;

	UnknownFilterException(String parameter, List<String> known) {
		super("Unknown " + parameter + "; known are " + String.join(", ", known));
		this.known = known;
	}

	/**
	 * Return the values that exist.
	 * @return the values
	 */
	public List<String> getKnown() {
		return this.known;
	}

}
