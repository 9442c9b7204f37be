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
import io.github.zmqmonitor.model.ZmqSocketNaming;
import io.github.zmqmonitor.model.ZmqSocketNaming.UnnamedSocket;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import zmq.Ctx;
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

	private final SocketNames names;

	public JvmSockets(SocketRegistry registry) {
		this.registry = registry;
		this.names = new SocketNames(registry.errors(), registry.settings().naming());
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
		return create(base, type, name, context, rules, null);
	}

	/**
	 * Prepare to follow a socket that nobody has named: its context does.
	 * @param context the name of its context
	 */
	public JvmSocket createUnnamed(SocketBase base, SocketType type, String context, SocketRules rules) {
		return create(base, type, context, rules, this.names.inContext(CallerNames.caller(), context, type.name()));
	}

	/**
	 * Prepare to follow a socket that nobody has named.
	 * @param caller the class that made it, {@code null} if that isn't known
	 * @param context the name of its context, {@code null} if it has none
	 */
	JvmSocket createUnnamed(SocketBase base, SocketType type, @Nullable String caller, @Nullable String context,
			SocketRules rules) {
		return create(base, type, context, rules, this.names.describe(caller, context, type.name()));
	}

	private JvmSocket create(SocketBase base, SocketType type, @Nullable String context, SocketRules rules,
			UnnamedSocket unnamed) {
		SocketName name = new SocketName(this.names, unnamed);
		return create(base, type, name.find(), context, rules, name);
	}

	private JvmSocket create(SocketBase base, SocketType type, String name, @Nullable String context, SocketRules rules,
			@Nullable SocketName found) {
		ClassPreloading.ensureDone();
		KnownContexts.add(base.getCtx());
		SocketTracker tracker = this.registry.track(identity(base, type, context, rules), name);
		return new JvmSocket(base, this.registry, tracker, found);
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

	/** Follow a socket from now on. */
	public void follow(JvmSocket socket) {
		this.sockets.put(socket.base(), socket);
		this.registry.add(socket.followed());
		SocketName name = socket.name();
		if (name != null && name.isOutdated()) {
			nameAnew(socket, name);
		}
	}

	/** Name a socket by hand. */
	public void rename(JvmSocket socket, String name) {
		synchronized (socket) {
			SocketName found = socket.name();
			if (found != null) {
				found.replace();
			}
			this.registry.rename(socket.followed(), name);
		}
	}

	/**
	 * Let the application name sockets that have no name of their own, those that there
	 * are too.
	 * @return {@code false} if it is asked already
	 */
	public boolean addNaming(ZmqSocketNaming naming) {
		boolean added = this.names.add(naming);
		this.sockets.values().forEach((socket) -> nameAnew(socket, socket.name()));
		return added;
	}

	/** Ask no more. Sockets keep the names that they have. */
	public void removeNaming(ZmqSocketNaming naming) {
		this.names.remove(naming);
	}

	/** A context has a name, of which its sockets didn't know. */
	void named(Ctx context, String name) {
		for (JvmSocket socket : this.sockets.values()) {
			SocketName found = socket.name();
			if (found != null && socket.base().getCtx() == context) {
				found.inContext(name);
				nameAnew(socket, found);
			}
		}
	}

	private void nameAnew(JvmSocket socket, @Nullable SocketName name) {
		if (name == null) {
			return;
		}
		String found = name.find();
		synchronized (socket) {
			if (!name.isReplaced()) {
				this.registry.rename(socket.followed(), found);
			}
		}
	}

	/**
	 * The socket of this base, {@code null} if it isn't followed.
	 */
	public @Nullable JvmSocket find(SocketBase base) {
		return this.sockets.get(base);
	}

	/** A socket has ended. Called on the reaper's thread. */
	public void ended(JvmSocket socket) {
		this.sockets.remove(socket.base(), socket);
		this.registry.ended(socket.followed());
	}

}
