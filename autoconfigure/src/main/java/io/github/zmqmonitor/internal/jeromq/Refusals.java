package io.github.zmqmonitor.internal.jeromq;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;

import io.github.zmqmonitor.internal.instrument.ConnectStep;
import io.github.zmqmonitor.internal.rules.EventValues;
import io.github.zmqmonitor.internal.rules.Refusal;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot.RetryReason;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZMQException;
import zmq.ZError;

/**
 * Says why JeroMQ refused a call, or an attempt to connect has failed.
 */
public final class Refusals {

	private Refusals() {
	}

	/** The reason in an exception. */
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

	/**
	 * Why an attempt to connect has failed, {@code null} if the exception does not say:
	 * that of a refusal is that of silence too, and their messages can be in any
	 * language.
	 */
	static @Nullable RetryReason retryReason(ConnectStep step, Exception failure) {
		if (step == ConnectStep.RESOLVE || failure instanceof UnresolvedAddressException) {
			return RetryReason.UNRESOLVED;
		}
		if (failure instanceof NoRouteToHostException || isUnreachable(failure)) {
			return RetryReason.NO_ROUTE;
		}
		if (failure instanceof ConnectException) {
			return said(failure).contains("refused") ? RetryReason.REFUSED : null;
		}
		return RetryReason.LOCAL_ERROR;
	}

	/**
	 * Whether there is no network: the JDK has no exception of its own for that.
	 */
	private static boolean isUnreachable(Exception failure) {
		String message = failure.getMessage();
		return failure.getClass() == SocketException.class && message != null && message.contains("unreachable");
	}

	private static String said(Throwable failure) {
		String message = failure.getMessage();
		return (message != null) ? message : failure.getClass().getSimpleName();
	}

	/** The reason in an errno. */
	public static Refusal of(int errno) {
		return new Refusal(errno, null);
	}

}
