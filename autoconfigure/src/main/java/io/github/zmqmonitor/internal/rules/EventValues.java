package io.github.zmqmonitor.internal.rules;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqSocketEvent.EndReason;
import io.github.zmqmonitor.model.ZmqSocketEvent;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZMQ;
import org.zeromq.ZMonitor.ProtocolCode;

/**
 * What the numbers of events mean. Those of errors differ from platform to platform, and
 * JeroMQ has its own.
 */
public final class EventValues {

	private static final String PROTOCOL_PREFIX = "ZMQ_PROTOCOL_ERROR_";

	private static final String OTHER = "OTHER";

	private static final int ZMTP_UNVERSIONED = 0;

	/** The number of what no library has one for: a name that could not be resolved. */
	public static final int UNKNOWN_HOST = -1;

	public static final EventValues JEROMQ = new EventValues(errorsOfJeroMq());

	private final Map<Integer, String> errors;

	public EventValues(Map<Integer, String> errors) {
		this.errors = Map.copyOf(errors);
	}

	private static Map<Integer, String> errorsOfJeroMq() {
		Map<Integer, String> errors = new HashMap<>();
		for (ZMQ.Error error : ZMQ.Error.values()) {
			errors.put(error.getCode(), error.name());
		}
		return errors;
	}

	/** The symbol of an error. */
	public String error(int number) {
		return (number == UNKNOWN_HOST) ? "UNKNOWN_HOST" : this.errors.getOrDefault(number, OTHER);
	}

	public static String protocolError(int number) {
		try {
			return ProtocolCode.findByCode(number).name().substring(PROTOCOL_PREFIX.length());
		}
		catch (IllegalArgumentException ex) {
			return OTHER;
		}
	}

	public static boolean versioned(int zmtp) {
		return zmtp != ZMTP_UNVERSIONED;
	}

	/** The value of DISCONNECTED, to which libraries give none. */
	public static int ofEnd(@Nullable EndReason reason) {
		return (reason != null) ? reason.ordinal() + 1 : 0;
	}

	public ZmqSocketEvent.@Nullable Value of(ZmqEventType type, int value) {
		return of(type, value, null);
	}

	public ZmqSocketEvent.@Nullable Value of(ZmqEventType type, int value, @Nullable String mechanism) {
		return switch (type) {
			case CONNECT_RETRIED -> new ZmqSocketEvent.RetryInterval(Duration.ofMillis(value));
			case BIND_FAILED, CONNECT_FAILED, ACCEPT_FAILED, CLOSE_FAILED, HANDSHAKE_FAILED_NO_DETAIL ->
				new ZmqSocketEvent.ErrorNumber(error(value), value);
			case HANDSHAKE_PROTOCOL ->
				new ZmqSocketEvent.ZmtpVersion(versioned(value) ? Integer.toString(value) : "unversioned");
			case HANDSHAKE_FAILED_PROTOCOL -> new ZmqSocketEvent.ProtocolError(protocolError(value), value);
			case HANDSHAKE_FAILED_AUTH -> new ZmqSocketEvent.AuthenticationStatus(value, mechanism);
			case DISCONNECTED -> (value > 0) ? new ZmqSocketEvent.ConnectionEnd(EndReason.values()[value - 1]) : null;
			case UNKNOWN -> new ZmqSocketEvent.UnknownCode(value);
			default -> null;
		};
	}

}
