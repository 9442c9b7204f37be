package io.github.zmqmonitor.sample;

/**
 * A port that the application is configured to listen at is taken.
 */
class PortTakenException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String property;

	private final int port;

	PortTakenException(String property, int port, Throwable cause) {
		super("Port " + port + " is taken", cause);
		this.property = property;
		this.port = port;
	}

	String getProperty() {
		return this.property;
	}

	int getPort() {
		return this.port;
	}

}
