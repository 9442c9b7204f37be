package io.github.zmqmonitor.model;

import java.util.Arrays;

import zmq.ZMQ;

/**
 * The events of {@code zmq_socket_monitor(3)}, and those that only JeroMQ has.
 */
public enum ZmqEventType {

	/** A connection to a peer is established at the transport's level. */
	CONNECTED(ZMQ.ZMQ_EVENT_CONNECTED),

	/** An asynchronous attempt to connect was started. */
	CONNECT_DELAYED(ZMQ.ZMQ_EVENT_CONNECT_DELAYED),

	/** The next attempt to connect is scheduled; the value is the interval until then. */
	CONNECT_RETRIED(ZMQ.ZMQ_EVENT_CONNECT_RETRIED),

	/** A listener is open. */
	LISTENING(ZMQ.ZMQ_EVENT_LISTENING),

	/** A listener could not be opened; the value is the errno. */
	BIND_FAILED(ZMQ.ZMQ_EVENT_BIND_FAILED),

	/** A listener accepted a connection. */
	ACCEPTED(ZMQ.ZMQ_EVENT_ACCEPTED),

	/** A listener failed to accept a connection; the value is the errno. */
	ACCEPT_FAILED(ZMQ.ZMQ_EVENT_ACCEPT_FAILED),

	/** A listener was closed, or an attempt to connect failed. */
	CLOSED(ZMQ.ZMQ_EVENT_CLOSED),

	/** A channel could not be closed; the value is the errno. */
	CLOSE_FAILED(ZMQ.ZMQ_EVENT_CLOSE_FAILED),

	/** An established connection ended, not by our own doing. */
	DISCONNECTED(ZMQ.ZMQ_EVENT_DISCONNECTED),

	/** The monitor of the socket has ended. */
	MONITOR_STOPPED(ZMQ.ZMQ_EVENT_MONITOR_STOPPED),

	/** The handshake failed without detail; the value is the errno. */
	HANDSHAKE_FAILED_NO_DETAIL(ZMQ.ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL),

	/** The handshake succeeded. */
	HANDSHAKE_SUCCEEDED(ZMQ.ZMQ_EVENT_HANDSHAKE_SUCCEEDED),

	/** The peer broke the protocol; the value is the protocol error. */
	HANDSHAKE_FAILED_PROTOCOL(ZMQ.ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL),

	/** Authentication was refused; the value is the status code (300, 400 or 500). */
	HANDSHAKE_FAILED_AUTH(ZMQ.ZMQ_EVENT_HANDSHAKE_FAILED_AUTH),

	/** JeroMQ has read the peer's greeting; the value is the ZMTP version. */
	HANDSHAKE_PROTOCOL(ZMQ.ZMQ_EVENT_HANDSHAKE_PROTOCOL),

	/**
	 * JeroMQ refused a call of connect: an unknown host, a bad port or protocol. An event
	 * of this library, which JeroMQ does not have.
	 */
	CONNECT_FAILED(1 << 20),

	/** An event with a code that is not known. */
	UNKNOWN(0);

	private static final ZmqEventType[] BY_BIT = new ZmqEventType[Integer.SIZE];

	static {
		Arrays.fill(BY_BIT, UNKNOWN);
		for (ZmqEventType type : values()) {
			if (type != UNKNOWN) {
				BY_BIT[Integer.numberOfTrailingZeros(type.code)] = type;
			}
		}
	}

	private final int code;

	ZmqEventType(int code) {
		this.code = code;
	}

	/**
	 * Return the code of this event in JeroMQ and libzmq.
	 * @return a single bit, or 0 for {@link #UNKNOWN}
	 */
	public int code() {
		return this.code;
	}

	/**
	 * Return whether JeroMQ or libzmq fires this event.
	 * @return {@code false} for events of this library and {@link #UNKNOWN}
	 */
	public boolean isFired() {
		return this != UNKNOWN && this != CONNECT_FAILED;
	}

	/**
	 * Return the type of an event code.
	 * @param code the code, of any value
	 * @return the type, {@link #UNKNOWN} if there is none
	 */
	public static ZmqEventType of(int code) {
		int bit = Integer.numberOfTrailingZeros(code);
		return (bit < BY_BIT.length && code == 1 << bit) ? BY_BIT[bit] : UNKNOWN;
	}

}
