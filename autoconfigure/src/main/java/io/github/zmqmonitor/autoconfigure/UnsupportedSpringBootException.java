package io.github.zmqmonitor.autoconfigure;

/**
 * Thrown when the application runs on a Spring Boot that is too old.
 */
class UnsupportedSpringBootException extends RuntimeException {

	UnsupportedSpringBootException(String version) {
		super("zmq-monitor needs Spring Boot 4.0 or later, and this application runs on Spring Boot " + version + ".");
	}

}
