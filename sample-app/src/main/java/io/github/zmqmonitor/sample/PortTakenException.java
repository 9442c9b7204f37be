package io.github.zmqmonitor.sample;

/**
 * An endpoint that the application is configured to listen at is taken.
 */
class PortTakenException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String property;

	private final String endpoint;

	PortTakenException(String property, String endpoint, Throwable cause) {
		super(endpoint + " is taken", cause);
		this.property = property;
		this.endpoint = endpoint;
	}

	String getProperty() {
		return this.property;
	}

	String getEndpoint() {
		return this.endpoint;
	}

}
