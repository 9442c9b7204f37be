package io.github.zmqmonitor.internal.jeromq;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.zmqmonitor.internal.registry.SocketRegistry;
import io.github.zmqmonitor.internal.rules.SocketIdentity;
import io.github.zmqmonitor.internal.rules.SocketRules;
import io.github.zmqmonitor.internal.state.SocketTracker;
import io.github.zmqmonitor.internal.walk.SocketWalk;
import io.github.zmqmonitor.model.ZmqOrigin;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import zmq.SocketBase;

/**
 * The sockets of JeroMQ in this JVM that are followed, by their base. Safe for use by any
 * thread.
 */
public final class JvmSockets {

	private static final Pattern NUMBER = Pattern.compile("\\[(\\d{1,18})]");

	private static final AtomicLong UNNUMBERED = new AtomicLong(1L << 31);

	private final SocketRegistry registry;

	private final Map<SocketBase, JvmSocket> sockets = new ConcurrentHashMap<>();

	public JvmSockets(SocketRegistry registry) {
		this.registry = registry;
	}

	public SocketRegistry registry() {
		return this.registry;
	}

	/**
	 * Prepare to follow a socket.
	 * @param context the name of its context, {@code null} if it has none
	 */
	public JvmSocket create(SocketBase base, SocketType type, String name, @Nullable String context,
			SocketRules rules) {
		ClassPreloading.ensureDone();
		KnownContexts.add(base.getCtx());
		SocketTracker tracker = this.registry.track(identity(base, type, context, rules), name);
		return new JvmSocket(base, this.registry, tracker);
	}

	private static SocketIdentity identity(SocketBase base, SocketType type, @Nullable String context,
			SocketRules rules) {
		long id = number(base);
		return new SocketIdentity(type.name().toLowerCase(Locale.ROOT) + "-" + id, id, type.name(), context,
				ZmqOrigin.JVM, rules);
	}

	private static long number(SocketBase base) {
		Integer number = SocketWalk.number(base);
		if (number != null) {
			return number;
		}
		Matcher described = NUMBER.matcher(base.toString());
		return described.find() ? Long.parseLong(described.group(1)) : UNNUMBERED.incrementAndGet();
	}

	/**
	 * Follow a socket from now on.
	 */
	public void follow(JvmSocket socket) {
		this.sockets.put(socket.base(), socket);
		this.registry.add(socket.followed());
	}

	/**
	 * The socket of this base, {@code null} if it isn't followed.
	 */
	public @Nullable JvmSocket find(SocketBase base) {
		return this.sockets.get(base);
	}

	/**
	 * A socket has ended. Called on the reaper's thread.
	 */
	public void ended(JvmSocket socket) {
		this.sockets.remove(socket.base(), socket);
		this.registry.ended(socket.followed());
	}

}
