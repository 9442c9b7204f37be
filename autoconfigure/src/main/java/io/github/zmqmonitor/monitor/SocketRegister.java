package io.github.zmqmonitor.monitor;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import zmq.SocketBase;

/**
 * The sockets that are followed and have not ended, from their first call to their end,
 * and the groups that they and their endpoints are in. Safe for use by any thread.
 */
final class SocketRegister {

	private static final long FIRST_NATIVE_NUMBER = 1L << 32;

	private final ZmqMonitor monitor;

	private final EndpointGroups endpoints;

	private final SocketGroups groups;

	private final HookDispatcher hooks;

	private final @Nullable PipeAccess pipes;

	private final Map<SocketBase, MonitoredSocket> sockets = new ConcurrentHashMap<>();

	private final Set<SocketTracker> natives = ConcurrentHashMap.newKeySet();

	private final AtomicLong nativeNumbers = new AtomicLong(FIRST_NATIVE_NUMBER);

	SocketRegister(ZmqMonitor monitor, EndpointGroups endpoints, SocketGroups groups, HookDispatcher hooks) {
		this.monitor = monitor;
		this.endpoints = endpoints;
		this.groups = groups;
		this.hooks = hooks;
		this.pipes = monitor.settings().pipes() ? PipeAccess.get() : null;
	}

	boolean readsPipes() {
		return this.pipes != null;
	}

	MonitorErrors errors() {
		return this.monitor.errors();
	}

	/**
	 * Follow a socket from now on.
	 * @return its view, or the socket itself if it takes no hook
	 */
	ZMQ.Socket add(ZMQ.Socket real, String name, @Nullable String context) {
		Rehearsal.ensurePlayed();
		SocketType type = real.getSocketType();
		TrafficTracker traffic = (this.pipes != null)
				? new TrafficTracker(this.pipes, real.base(), this.monitor.clock()) : null;
		SocketTracker tracker = new SocketTracker(this.monitor, identity(real, type, context), name, traffic);
		ApplicationMonitors applicationMonitors = new ApplicationMonitors(real.base(), this.hooks);
		MonitoredSocket view = new MonitoredSocket(real, type, this, tracker, applicationMonitors);
		this.sockets.put(real.base(), view);
		boolean hooked = false;
		try {
			hooked = real.base()
				.setEventHook(new SocketHook(this, real.base(), tracker, applicationMonitors), zmq.ZMQ.ZMQ_EVENT_ALL);
		}
		finally {
			if (!hooked) {
				this.sockets.remove(real.base());
			}
		}
		if (!hooked) {
			return real;
		}
		this.groups.join(tracker);
		return view;
	}

	private static SocketIdentity identity(ZMQ.Socket socket, SocketType type, @Nullable String context) {
		String description = socket.base().toString();
		String number = description.substring(description.indexOf('[') + 1, description.indexOf(']'));
		String id = type.name().toLowerCase(Locale.ROOT) + "-" + number;
		return new SocketIdentity(id, Long.parseLong(number), type.name(), context);
	}

	/**
	 * Follow a socket outside this JVM.
	 */
	ZmqNativeSocket addNative(String name, String type, Map<Integer, String> errors) {
		Rehearsal.ensurePlayed();
		long number = this.nativeNumbers.incrementAndGet();
		String id = type.toLowerCase(Locale.ROOT) + "-n" + (number - FIRST_NATIVE_NUMBER);
		SocketIdentity identity = new SocketIdentity(id, number, type, null, ZmqOrigin.NATIVE, new EventValues(errors));
		SocketTracker tracker = new SocketTracker(this.monitor, identity, name, null);
		this.natives.add(tracker);
		this.groups.join(tracker);
		return new ZmqNativeSocket(this, tracker);
	}

	/**
	 * The view of a socket, or the socket itself if there is none.
	 */
	Object viewOf(Object socket) {
		MonitoredSocket view = (socket instanceof ZMQ.Socket real) ? this.sockets.get(real.base()) : null;
		return (view != null) ? view : socket;
	}

	Stream<SocketTracker> trackers() {
		return Stream.concat(this.sockets.values().stream().map(MonitoredSocket::tracker), this.natives.stream());
	}

	void rename(SocketTracker tracker, String name) {
		if (!tracker.name().equals(name)) {
			tracker.rename(name);
			this.groups.move(tracker);
			this.endpoints.move(tracker.tracked());
		}
		tracker.settle();
		tracker.reportTimings();
	}

	EndpointTracker bindStarted(SocketTracker tracker, String endpoint) {
		return known(tracker.bindStarted(endpoint));
	}

	EndpointTracker connectStarted(SocketTracker tracker, String endpoint) {
		return known(tracker.connectStarted(endpoint));
	}

	private EndpointTracker known(EndpointTracker endpoint) {
		this.endpoints.join(endpoint);
		this.endpoints.evict();
		if (endpoint.socket().wantsPruning()) {
			prune(endpoint.socket());
		}
		return endpoint;
	}

	void connectRefused(SocketTracker tracker, EndpointTracker endpoint) {
		if (tracker.connectRefused(endpoint)) {
			this.endpoints.drop(endpoint);
		}
	}

	/**
	 * Endpoints may have been made of an event's address on a thread that may wait.
	 */
	void adopted() {
		this.endpoints.joinWaiting();
	}

	/**
	 * A socket has ended. Called on the reaper's thread.
	 */
	void ended(SocketTracker tracker, SocketBase socket) {
		List<EndpointTracker> endpoints = tracker.end();
		this.sockets.remove(socket);
		tracker.finishTraffic();
		leave(tracker, endpoints);
	}

	/**
	 * A socket outside this JVM has ended.
	 */
	void ended(SocketTracker tracker) {
		List<EndpointTracker> endpoints = tracker.end();
		this.natives.remove(tracker);
		leave(tracker, endpoints);
	}

	private void leave(SocketTracker tracker, List<EndpointTracker> endpoints) {
		this.endpoints.joinWaiting();
		this.endpoints.leave(endpoints);
		this.groups.leave(tracker);
		tracker.reportTimings();
	}

	/**
	 * A socket was closed that has no hook to tell so.
	 */
	void endedIfDetached(MonitoredSocket socket) {
		if (!socket.tracker().isAttached()) {
			ended(socket.tracker(), socket.base());
		}
	}

	/**
	 * Retire what has been without members for long, and sockets of ended contexts that
	 * had no hook left to tell so.
	 */
	void evict() {
		this.endpoints.evict();
		this.groups.evict();
		this.sockets.values().forEach((socket) -> {
			if (!socket.getCtx().isActive()) {
				endedIfDetached(socket);
			}
		});
	}

	/**
	 * Forget endpoints of a socket that have been closed for long.
	 */
	void prune(SocketTracker tracker) {
		long retained = this.monitor.clock().nanoTime() - this.monitor.settings().retainClosed().toNanos();
		this.endpoints.leave(tracker.prune(retained));
		tracker.reportTimings();
	}

}
