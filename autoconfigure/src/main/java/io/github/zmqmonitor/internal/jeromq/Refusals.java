package io.github.zmqmonitor.internal.jeromq;

import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;

import io.github.zmqmonitor.internal.rules.EventValues;
import io.github.zmqmonitor.internal.rules.Refusal;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZMQException;
import zmq.ZError;

/**
 * Says why JeroMQ refused a call.
 */
public final class Refusals {

	private Refusals() {
	}

	/**
	 * The reason in an exception.
	 */
	public static Refusal of(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
				return new Refusal(EventValues.UNKNOWN_HOST, failure.getMessage());
			}
		}
		if (failure instanceof ZMQException refused) {
			return of(refused.getErrorCode());
		}
		return new Refusal(ZError.EINVAL, said(failure));
	}

	private static @Nullable String said(Throwable failure) {
		String message = failure.getMessage();
		return (message != null) ? message : failure.getClass().getSimpleName();
	}

	/**
	 * The reason in an errno.
	 */
	public static Refusal of(int errno) {
		return new Refusal(errno, null);
	}

}
