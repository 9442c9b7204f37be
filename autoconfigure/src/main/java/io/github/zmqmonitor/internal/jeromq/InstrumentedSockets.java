package io.github.zmqmonitor.internal.jeromq;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Supplier;

import io.github.zmqmonitor.internal.instrument.InstrumentationOutcome;
import io.github.zmqmonitor.internal.instrument.JeromqInstrumentation;
import io.github.zmqmonitor.internal.rules.SocketRules;
import io.github.zmqmonitor.internal.walk.SocketWalk;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import zmq.Ctx;
import zmq.SocketBase;

/**
 * Finds every socket of the JVM, by the changed classes of JeroMQ. Contexts and sockets
 * stay what they are; beans only give names. Safe for use by any thread.
 */
public final class InstrumentedSockets implements SocketFinder {

	private final JvmSockets sockets;

	private final Map<Ctx, String> contexts = Collections.synchronizedMap(new WeakHashMap<>());

	public InstrumentedSockets(JvmSockets sockets) {
		this.sockets = sockets;
		SocketRouter.INSTANCE.start(this);
	}

	/**
	 * Change JeroMQ's classes, unless that was tried before, and take what they report
	 * from now on, before there is a monitor too.
	 * @param loader the class loader that loads JeroMQ for the application
	 */
	public static void install(@Nullable ClassLoader loader) {
		if (JeromqInstrumentation.install(loader).installed()) {
			SocketRouter.INSTANCE.observe();
		}
	}

	/**
	 * Forget what was reported before there was a monitor: the other way is taken.
	 */
	public static void forget() {
		SocketRouter.INSTANCE.forgetOrphans();
	}

	/** Whether this way is open. */
	public static boolean isInstalled() {
		InstrumentationOutcome outcome = JeromqInstrumentation.outcome();
		return outcome != null && outcome.installed();
	}

	/** Whether dropped messages are counted. */
	public static boolean countsDrops() {
		return DropCounter.isOn();
	}

	@Override
	public ZContext context(String name, ZContext context, @Nullable ClassLoader classLoader) {
		name(name, () -> ContextAccess.ctx(context));
		return context;
	}

	@Override
	public void context(String name, ZMQ.Context context) {
		name(name, () -> ContextAccess.ctx(context));
	}

	private void name(String name, Supplier<@Nullable Ctx> context) {
		try {
			Ctx ctx = context.get();
			if (ctx != null && this.contexts.putIfAbsent(ctx, name) == null) {
				SocketRouter.INSTANCE.claim(ctx, this);
				this.sockets.named(ctx, name);
			}
		}
		catch (Throwable ex) {
			this.sockets.registry().errors().instrumentation("Context '" + name + "' has no name", ex);
		}
	}

	@Override
	public ZMQ.Socket socket(String name, ZMQ.Socket socket) {
		try {
			SocketRouter.INSTANCE.claim(socket.base(), this);
			JvmSocket followed = this.sockets.find(socket.base());
			if (followed != null) {
				this.sockets.rename(followed, name);
			}
		}
		catch (Throwable ex) {
			this.sockets.registry().errors().instrumentation("Socket '" + name + "' can't be monitored", ex);
		}
		return socket;
	}

	boolean owns(Ctx context) {
		return this.contexts.containsKey(context);
	}

	@Nullable JvmSocket find(SocketBase socket) {
		return this.sockets.find(socket);
	}

	/**
	 * Follow a socket.
	 * @param caller the class that made it, {@code null} if that isn't known
	 * @param late whether it may have endpoints already
	 * @return {@code false} if that can't be done
	 */
	boolean follow(SocketBase base, @Nullable String caller, boolean late) {
		try {
			Integer number = SocketWalk.type(base);
			SocketType type = SocketType.type((number != null) ? number : base.getSocketOpt(zmq.ZMQ.ZMQ_TYPE));
			String context = this.contexts.get(base.getCtx());
			JvmSocket socket = this.sockets.createUnnamed(base, type, caller, context, SocketRules.READY);
			this.sockets.follow(socket);
			if (late) {
				socket.discover();
			}
			return true;
		}
		catch (RuntimeException ex) {
			this.sockets.registry().errors().instrumentation("A socket can't be monitored", ex);
			return false;
		}
	}

	/** A socket has ended, or belongs to another monitor. */
	void release(SocketBase base) {
		JvmSocket socket = this.sockets.find(base);
		if (socket != null) {
			this.sockets.ended(socket);
		}
	}

	/**
	 * The class that made a socket, {@code null} if that isn't known.
	 */
	@Nullable String caller(SocketBase base) {
		JvmSocket socket = this.sockets.find(base);
		SocketName name = (socket != null) ? socket.name() : null;
		return (name != null) ? name.caller() : null;
	}

	@Override
	public void stop() {
		SocketRouter.INSTANCE.stop(this);
	}

}
