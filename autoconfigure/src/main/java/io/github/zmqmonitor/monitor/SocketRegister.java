package io.github.zmqmonitor.monitor;

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
 * The sockets that are followed and have not ended. Safe for use by any thread.
 */
final class SocketRegister {

	private static final long FIRST_NATIVE_NUMBER = 1L << 32;

	private final ZmqMonitor monitor;

	private final HookDispatcher hooks;

	private final @Nullable PipeAccess pipes;

	private final Map<SocketBase, MonitoredSocket> sockets = new ConcurrentHashMap<>();

	private final Set<SocketTracker> natives = ConcurrentHashMap.newKeySet();

	private final AtomicLong nativeNumbers = new AtomicLong(FIRST_NATIVE_NUMBER);

	SocketRegister(ZmqMonitor monitor, HookDispatcher hooks, @Nullable PipeAccess pipes) {
		this.monitor = monitor;
		this.hooks = hooks;
		this.pipes = pipes;
	}

	/**
	 * Follow a socket from now on.
	 * @return its view, {@code null} if it takes no hook
	 */
	@Nullable MonitoredSocket add(ZMQ.Socket real, String name, @Nullable String context) {
		Rehearsal.ensurePlayed();
		SocketType type = real.getSocketType();
		TrafficTracker traffic = (this.pipes != null)
				? new TrafficTracker(this.pipes, real.base(), this.monitor.clock()) : null;
		SocketTracker tracker = new SocketTracker(this.monitor, identity(real, type, context), name, traffic);
		ApplicationMonitors applicationMonitors = new ApplicationMonitors(real.base(), this.hooks);
		MonitoredSocket view = new MonitoredSocket(real, type, this.monitor, tracker, applicationMonitors);
		this.sockets.put(real.base(), view);
		boolean hooked = false;
		try {
			hooked = real.base()
				.setEventHook(new SocketHook(this.monitor, real.base(), tracker, applicationMonitors),
						zmq.ZMQ.ZMQ_EVENT_ALL);
		}
		finally {
			if (!hooked) {
				this.sockets.remove(real.base());
			}
		}
		return hooked ? view : null;
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
	SocketTracker addNative(String name, String type, Map<Integer, String> errors) {
		Rehearsal.ensurePlayed();
		long number = this.nativeNumbers.incrementAndGet();
		String id = type.toLowerCase(Locale.ROOT) + "-n" + (number - FIRST_NATIVE_NUMBER);
		SocketIdentity identity = new SocketIdentity(id, number, type, null, ZmqOrigin.NATIVE, new EventValues(errors));
		SocketTracker tracker = new SocketTracker(this.monitor, identity, name, null);
		this.natives.add(tracker);
		return tracker;
	}

	void remove(SocketBase socket) {
		this.sockets.remove(socket);
	}

	void removeNative(SocketTracker tracker) {
		this.natives.remove(tracker);
	}

	@Nullable MonitoredSocket viewOf(SocketBase socket) {
		return this.sockets.get(socket);
	}

	Stream<SocketTracker> trackers() {
		return Stream.concat(this.sockets.values().stream().map(MonitoredSocket::tracker), this.natives.stream());
	}

	/**
	 * The sockets of ended contexts that had no hook left to tell so.
	 */
	Stream<MonitoredSocket> endedUnnoticed() {
		return this.sockets.values()
			.stream()
			.filter((socket) -> !socket.tracker().isAttached() && !socket.getCtx().isActive());
	}

}
