package io.github.zmqmonitor.internal.libzmq;

/**
 * Why something that a forwarder, or a stranger, has sent was refused.
 */
public enum ZmqNativeRejection {

	/** A connection is not of ZMTP 3, has no right password or is no sender's. */
	HANDSHAKE("handshake"),

	/** There are as many connections of forwarders as may be. */
	PEERS("peers"),

	/** The messages that wait take as much memory as they may. */
	MEMORY("memory"),

	/** A frame is so long that the connection was closed unread. */
	SIZE("size"),

	/**
	 * The message has a number of frames that no message has; if that is too many, the
	 * connection was closed.
	 */
	FRAMES("frames"),

	/** The name of the source is empty, too long or not printable. */
	SOURCE("source"),

	/** The type of the socket is not known. */
	TYPE("type"),

	/** The event, its values or their number are too short or too long. */
	LENGTH("length"),

	/** The event is not known. */
	EVENT("event"),

	/** A value is out of its range. */
	VALUE("value"),

	/** The address is missing, too long or not printable. */
	ADDRESS("address"),

	/** The heartbeat can't be read. */
	HEARTBEAT("heartbeat"),

	/** There are as many sources as may be. */
	SOURCES("sources"),

	/** There are as many connections as may be. */
	CONNECTIONS("connections"),

	/** Something that was not expected went wrong with a message. */
	FAILURE("failure");

	private final String id;

	ZmqNativeRejection(String id) {
		this.id = id;
	}

	/**
	 * Return the name used in tags.
	 * @return the name in lower case
	 */
	public String id() {
		return this.id;
	}

}
