package io.github.zmqmonitor.actuate.endpoint;

import java.util.List;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/**
 * A filter was given a value that does not exist. Carries those that do, which the answer
 * to a plain {@link InvalidEndpointRequestException} could not list.
 */
final class UnknownFilterException extends InvalidEndpointRequestException {

	private static final long serialVersionUID = 1L;

	private final transient List<String> known;

	UnknownFilterException(String parameter, List<String> known) {
		this(known, "Unknown " + parameter + "; known are " + String.join(", ", known));
	}

	private UnknownFilterException(List<String> known, String reason) {
		super(reason, reason);
		this.known = known;
	}

	List<String> getKnown() {
		return this.known;
	}

}
