package io.github.zmqmonitor.model;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The state of an endpoint of a socket.
 */
public enum ZmqEndpointState {

	/** Bind: the listener is open. */
	LISTENING,

	/** Bind: the listener could not be opened. Connect: JeroMQ refused the call. */
	FAILED,

	/** Connect: no attempt has succeeded or failed yet. */
	CONNECTING,

	/** Connect: TCP is up, and the ZMTP handshake is not over. */
	HANDSHAKING,

	/** Connect: there is a connection that is ready to use. */
	CONNECTED,

	/** Connect: the connection is lost and no retry is scheduled yet. */
	DISCONNECTED,

	/** Connect: attempts go on; stays so through all attempts of an outage. */
	RETRYING,

	/**
	 * Connect: the connection was lost, or an attempt failed, and no retry followed:
	 * JeroMQ has given the endpoint up.
	 */
	ABANDONED,

	/** The application has unbound or disconnected the endpoint. */
	CLOSED,

	/** The transport has no events (inproc), so that nothing is known. */
	UNTRACKED;

	private static final Set<ZmqEndpointState> BIND_STATES = EnumSet.of(LISTENING, FAILED, CLOSED);

	private static final Set<ZmqEndpointState> CONNECT_STATES = EnumSet.of(FAILED, CONNECTING, HANDSHAKING, CONNECTED,
			DISCONNECTED, RETRYING, ABANDONED, CLOSED);

	private final String id = name().toLowerCase(Locale.ROOT);

	/**
	 * Return the name used in JSON and tags.
	 * @return the name in lower case
	 */
	@JsonValue
	public String id() {
		return this.id;
	}

	/**
	 * Return the states that an endpoint with events can have.
	 * @param role the role of the endpoint
	 * @return the states of that role, without {@link #UNTRACKED}
	 */
	public static Set<ZmqEndpointState> of(ZmqEndpointRole role) {
		return Set.copyOf((role == ZmqEndpointRole.BIND) ? BIND_STATES : CONNECT_STATES);
	}

}
