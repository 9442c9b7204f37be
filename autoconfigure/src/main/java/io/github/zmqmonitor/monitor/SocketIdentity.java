package io.github.zmqmonitor.monitor;

import org.jspecify.annotations.Nullable;

/**
 * What never changes about a socket.
 *
 * @param id type and number, unique in this process
 * @param number the number, in order of creation
 * @param type the type in upper case
 * @param context the name of its context, or {@code null} if it has none
 * @param origin where it lives
 * @param values what the numbers of its events mean
 */
record SocketIdentity(String id, long number, String type, @Nullable String context, ZmqOrigin origin,
		EventValues values) {

	SocketIdentity(String id, long number, String type, @Nullable String context) {
		this(id, number, type, context, ZmqOrigin.JVM, EventValues.JEROMQ);
	}

	boolean isNative() {
		return this.origin == ZmqOrigin.NATIVE;
	}

	/**
	 * Whether a handshake that has succeeded is told of. A STREAM socket has none.
	 */
	boolean confirmsHandshakes() {
		return isNative() && !"STREAM".equals(this.type);
	}

}
