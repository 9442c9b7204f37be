package io.github.zmqmonitor.internal.beans;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.github.zmqmonitor.internal.dispatch.HookDispatcher;
import io.github.zmqmonitor.internal.jeromq.JvmSocket;
import io.github.zmqmonitor.internal.jeromq.JvmSockets;
import io.github.zmqmonitor.internal.jeromq.SocketFinder;
import io.github.zmqmonitor.internal.rules.SocketRules;
import io.github.zmqmonitor.internal.support.MonitorErrors;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * Follows contexts by class proxies and sockets by views, which share a base with the
 * real ones. Safe for use by any thread.
 */
public final class BeanSockets implements SocketFinder {

	private final JvmSockets sockets;

	private final HookDispatcher hooks;

	private final PairDelivery delivery = new PairDelivery();

	private final Map<JvmSocket, MonitoredSocket> views = new ConcurrentHashMap<>();

	public BeanSockets(JvmSockets sockets) {
		this.sockets = sockets;
		this.hooks = new HookDispatcher(errors());
	}

	MonitorErrors errors() {
		return this.sockets.registry().errors();
	}

	@Override
	public ZContext context(String name, ZContext context, @Nullable ClassLoader classLoader) {
		try {
			return ContextProxy.isProxied(context) ? context : ContextProxy.of(this, name, context, classLoader);
		}
		catch (Throwable ex) {
			errors().instrumentation("Context '" + name + "' can't be monitored", ex);
			return context;
		}
	}

	@Override
	public ZMQ.Socket socket(String name, ZMQ.Socket socket) {
		try {
			if (socket instanceof MonitoredSocket monitored && monitored.sockets() == this) {
				this.sockets.rename(monitored.followed(), name);
				return monitored;
			}
			return follow(socket, (type) -> this.sockets.create(socket.base(), type, name, null, SocketRules.GREETING));
		}
		catch (Throwable ex) {
			errors().instrumentation("Socket '" + name + "' can't be monitored", ex);
			return socket;
		}
	}

	/** Follow a socket that a proxied context has just made. */
	ZMQ.Socket created(ZMQ.Socket socket, String context) {
		try {
			return follow(socket,
					(type) -> this.sockets.createUnnamed(socket.base(), type, context, SocketRules.GREETING));
		}
		catch (Throwable ex) {
			errors().instrumentation("A socket of context '" + context + "' can't be monitored", ex);
			return socket;
		}
	}

	private ZMQ.Socket follow(ZMQ.Socket real, Function<SocketType, JvmSocket> create) {
		JvmSocket followed = create.apply(real.getSocketType());
		ApplicationMonitors applicationMonitors = new ApplicationMonitors(real.base(), this.hooks, this.delivery);
		TrackingHook hook = new TrackingHook(this, followed, applicationMonitors);
		MonitoredSocket view = new MonitoredSocket(real, this, followed, applicationMonitors);
		if (!real.base().setEventHook(hook, zmq.ZMQ.ZMQ_EVENT_ALL)) {
			return real;
		}
		this.views.put(followed, view);
		this.sockets.follow(followed);
		return view;
	}

	/** The view of a socket, or the socket itself if there is none. */
	Object viewOf(Object socket) {
		JvmSocket followed = (socket instanceof ZMQ.Socket real) ? this.sockets.find(real.base()) : null;
		MonitoredSocket view = (followed != null) ? this.views.get(followed) : null;
		return (view != null) ? view : socket;
	}

	/** A socket has ended. Called on the reaper's thread. */
	void ended(JvmSocket socket) {
		this.views.remove(socket);
		this.sockets.ended(socket);
	}

	/** A socket was closed that has no hook to say so. */
	void endedIfDetached(MonitoredSocket socket) {
		if (!socket.followed().tracker().isAttached()) {
			ended(socket.followed());
		}
	}

	@Override
	public long droppedFromHooks() {
		return this.hooks.dropped();
	}

	@Override
	public void stop() {
		this.hooks.stop();
		this.delivery.stop();
	}

}
