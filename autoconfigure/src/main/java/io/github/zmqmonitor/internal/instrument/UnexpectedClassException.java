package io.github.zmqmonitor.internal.instrument;

/**
 * A class of JeroMQ's does not look as expected.
 */
class UnexpectedClassException extends Exception {

	UnexpectedClassException(String message) {
		super(message);
	}

}
