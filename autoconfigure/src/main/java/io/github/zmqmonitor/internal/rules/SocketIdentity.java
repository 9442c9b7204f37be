package io.github.zmqmonitor.internal.rules;

import java.util.Set;

import io.github.zmqmonitor.model.ZmqOrigin;
import org.jspecify.annotations.Nullable;

/**
 * What never changes about a socket.
 *
 * @param id type and number, unique in this process
 * @param number the number, in order of creation
 * @param type the type in upper case
 * @param context the name of its context, or {@code null} if it has none
 * @param origin where it lives
 * @param rules how its events are to be read
 */
public record SocketIdentity(String id, long number, String type, @Nullable String context, ZmqOrigin origin,
		SocketRules rules) {

	private static final Set<String> SINGLE_CONNECT = Set.of("DEALER", "SUB", "REQ");

	/** Create the identity of a socket of plain JeroMQ. */
	public SocketIdentity(String id, long number, String type, @Nullable String context) {
		this(id, number, type, context, ZmqOrigin.JVM, SocketRules.GREETING);
	}

	/** What the numbers of its events mean. */
	public EventValues values() {
		return this.rules.values();
	}

	/** Whether a second connect to an endpoint is ignored. */
	public boolean ignoresSecondConnect() {
		return this.origin == ZmqOrigin.JVM && SINGLE_CONNECT.contains(this.type);
	}

	/**
	 * Whether connections can be used as soon as there are any: a STREAM socket has no
	 * handshake.
	 */
	public boolean isReadyAtOnce() {
		return "STREAM".equals(this.type);
	}

}
