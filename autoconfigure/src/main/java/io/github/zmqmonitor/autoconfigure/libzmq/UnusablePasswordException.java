package io.github.zmqmonitor.autoconfigure.libzmq;

/**
 * Thrown when forwarders can't send the password that is set. Spring Boot's own exception
 * for bad values would show it.
 */
class UnusablePasswordException extends RuntimeException {

	UnusablePasswordException(String reason) {
		super("The value of 'zmq.monitor.native.password' can't be used, and is not shown here. It " + reason + ".");
	}

}
