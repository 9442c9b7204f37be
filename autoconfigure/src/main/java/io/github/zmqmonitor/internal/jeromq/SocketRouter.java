package io.github.zmqmonitor.internal.jeromq;

import java.lang.ref.WeakReference;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.zmqmonitor.internal.instrument.ConnectStep;
import io.github.zmqmonitor.internal.instrument.EndpointCall;
import io.github.zmqmonitor.internal.instrument.JeromqInstrumentation;
import io.github.zmqmonitor.internal.instrument.SocketObserver;
import io.github.zmqmonitor.internal.rules.Refusal;
import io.github.zmqmonitor.internal.state.Connection;
import io.github.zmqmonitor.internal.state.EndpointTracker;
import io.github.zmqmonitor.internal.walk.SocketWalk;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot.RetryReason;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqSocketEvent.EndReason;
import org.jspecify.annotations.Nullable;
import zmq.Ctx;
import zmq.Own;
import zmq.SocketBase;
import zmq.io.SessionBase;
import zmq.io.StreamEngine;
import zmq.pipe.Pipe;

/**
 * Brings what the changed classes of JeroMQ report to the monitor that a socket belongs
 * to: that of the application whose bean it is, or whose bean made its context; what
 * belongs to nobody, to that of the application started last before it. There is one per
 * JVM. Safe for use by any thread.
 */
final class SocketRouter implements SocketObserver {

	static final SocketRouter INSTANCE = new SocketRouter();

	private static final int MAXIMUM_ORPHANS = 1024;

	private final List<InstrumentedSockets> monitors = new CopyOnWriteArrayList<>();

	private final Map<SocketBase, InstrumentedSockets> owners = new ConcurrentHashMap<>();

	private final List<Orphan> orphans = new ArrayList<>();

	private final ThreadLocal<@Nullable Deque<Call>> calls = new ThreadLocal<>();

	private boolean observing;

	private SocketRouter() {
	}

	/** Route to a monitor from now on; it takes what belongs to nobody. */
	synchronized void start(InstrumentedSockets monitor) {
		observe();
		this.monitors.add(monitor);
		for (Orphan orphan : this.orphans) {
			SocketBase socket = orphan.socket().get();
			if (socket != null && socket.getCtx().isActive()) {
				follow(socket, monitor, orphan.caller(), true);
			}
		}
		this.orphans.clear();
	}

	/** Take what the changed classes report, before there is a monitor too. */
	synchronized void observe() {
		if (!this.observing) {
			this.observing = true;
			JeromqInstrumentation.observe(this);
		}
	}

	/** Route to a monitor no more: its sockets belong to the one before it. */
	synchronized void stop(InstrumentedSockets monitor) {
		this.monitors.remove(monitor);
		InstrumentedSockets heir = last();
		this.owners.forEach((socket, owner) -> {
			if (owner == monitor && this.owners.remove(socket, owner)) {
				String caller = monitor.caller(socket);
				if (heir != null) {
					follow(socket, heir, caller, true);
				}
				else {
					orphan(socket, caller);
				}
			}
		});
	}

	private @Nullable InstrumentedSockets last() {
		List<InstrumentedSockets> monitors = List.copyOf(this.monitors);
		return monitors.isEmpty() ? null : monitors.get(monitors.size() - 1);
	}

	/** The sockets of a context belong to a monitor from now on. */
	void claim(Ctx context, InstrumentedSockets monitor) {
		KnownContexts.add(context);
		this.owners.forEach((socket, owner) -> {
			if (socket.getCtx() == context) {
				claim(socket, monitor);
			}
		});
	}

	/** A socket belongs to a monitor from now on. */
	void claim(SocketBase socket, InstrumentedSockets monitor) {
		InstrumentedSockets owner = this.owners.get(socket);
		if (owner != monitor) {
			String caller = (owner != null) ? owner.caller(socket) : null;
			if (owner != null) {
				owner.release(socket);
			}
			follow(socket, monitor, caller, true);
		}
	}

	private void follow(SocketBase socket, InstrumentedSockets monitor, @Nullable String caller, boolean late) {
		this.owners.put(socket, monitor);
		if (!monitor.follow(socket, caller, late)) {
			this.owners.remove(socket, monitor);
		}
	}

	@Override
	public void created(SocketBase socket, boolean internal) {
		KnownContexts.add(socket.getCtx());
		if (internal || CallerNames.isOurs()) {
			return;
		}
		InstrumentedSockets monitor = null;
		for (InstrumentedSockets candidate : this.monitors) {
			if (candidate.owns(socket.getCtx())) {
				monitor = candidate;
			}
		}
		if (monitor == null) {
			monitor = last();
		}
		if (monitor != null) {
			follow(socket, monitor, CallerNames.caller(), false);
		}
		else {
			orphan(socket, CallerNames.caller());
		}
	}

	private synchronized void orphan(SocketBase socket, @Nullable String caller) {
		this.orphans.removeIf((orphan) -> orphan.socket().get() == null);
		if (this.orphans.size() < MAXIMUM_ORPHANS) {
			this.orphans.add(new Orphan(new WeakReference<>(socket), caller));
		}
	}

	private @Nullable JvmSocket find(SocketBase socket) {
		InstrumentedSockets owner = this.owners.get(socket);
		return (owner != null) ? owner.find(socket) : null;
	}

	@Override
	public void callStarted(SocketBase base, EndpointCall call, @Nullable String endpoint) {
		JvmSocket socket = find(base);
		EndpointTracker started = null;
		String written = endpoint;
		if (socket != null && endpoint != null) {
			written = (call == EndpointCall.BIND) ? CallerNames.written(endpoint) : endpoint;
			started = switch (call) {
				case BIND -> socket.bindStarted(written);
				case CONNECT -> socket.connectStarted(written);
				case TERMINATE -> null;
			};
		}
		Deque<Call> calls = this.calls.get();
		if (calls == null) {
			calls = new ArrayDeque<>(1);
			this.calls.set(calls);
		}
		calls.push(new Call(socket, started, written));
	}

	@Override
	public void callEnded(SocketBase base, EndpointCall call, @Nullable String endpoint, boolean success, int errno,
			@Nullable Throwable failure) {
		Deque<Call> calls = this.calls.get();
		Call ended = (calls != null) ? calls.poll() : null;
		if (calls != null && calls.isEmpty()) {
			this.calls.remove();
		}
		if (ended == null || ended.socket() == null || ended.written() == null) {
			return;
		}
		JvmSocket socket = ended.socket();
		Refusal refusal = (failure != null) ? Refusals.of(failure) : success ? null : Refusals.of(errno);
		switch (call) {
			case BIND -> socket.bindEnded(ended.started(), ended.written(), refusal);
			case CONNECT -> socket.connectEnded(ended.started(), ended.written(), refusal);
			case TERMINATE -> socket.endpointEnded(ended.written(), success);
		}
	}

	@Override
	public void endpointAdded(SocketBase base, String endpoint, Own owner, @Nullable Pipe pipe) {
		Deque<Call> calls = this.calls.get();
		Call call = (calls != null) ? calls.peek() : null;
		if (call != null && call.socket() != null && call.started() != null) {
			call.socket().tracker().calls().owned(call.started(), owner);
		}
	}

	@Override
	public void event(SocketBase base, int code, @Nullable String address, @Nullable Object argument,
			@Nullable Own source) {
		JvmSocket socket = find(base);
		if (socket == null) {
			return;
		}
		if (argument instanceof Integer number) {
			Object channel = (source instanceof SessionBase session && isHandshake(code)) ? SocketWalk.channel(session)
					: null;
			socket.tracker().record(code, address, number, channel, source);
		}
		else {
			socket.tracker().record(code, address, 0, argument, source);
		}
	}

	private static boolean isHandshake(int code) {
		return switch (ZmqEventType.of(code)) {
			case HANDSHAKE_PROTOCOL, HANDSHAKE_FAILED_AUTH, HANDSHAKE_FAILED_NO_DETAIL, HANDSHAKE_FAILED_PROTOCOL,
					HANDSHAKE_SUCCEEDED ->
				true;
			default -> false;
		};
	}

	@Override
	public void attemptFailed(SocketBase base, SessionBase session, ConnectStep step, Exception failure) {
		JvmSocket socket = find(base);
		if (socket != null) {
			RetryReason reason = Refusals.retryReason(step, failure);
			if (reason != null) {
				socket.tracker().reports().attemptFailed(session, reason);
			}
		}
	}

	@Override
	public void ready(SocketBase base, SessionBase session, SocketChannel channel) {
		JvmSocket socket = find(base);
		if (socket != null) {
			String identity = SocketWalk.toldIdentity(session);
			Connection connection = (identity != null) ? socket.tracker().find(channel) : null;
			if (identity != null && connection != null) {
				connection.identified(identity);
			}
			socket.tracker()
				.record(ZmqEventType.HANDSHAKE_SUCCEEDED.code(), session.getEndpoint(), 0, channel, session);
		}
	}

	@Override
	public void connectionEnded(SocketBase base, SessionBase session, SocketChannel channel,
			StreamEngine.ErrorReason reason) {
		JvmSocket socket = find(base);
		if (socket != null) {
			socket.connectionEnding(session, channel, switch (reason) {
				case CONNECTION -> EndReason.REMOTE;
				case PROTOCOL -> EndReason.PROTOCOL;
				case TIMEOUT -> EndReason.TIMEOUT;
			});
		}
	}

	@Override
	public void engineTerminated(SocketBase base, SessionBase session, SocketChannel channel) {
		JvmSocket socket = find(base);
		if (socket != null) {
			socket.tracker().reports().closedLocally(channel);
		}
	}

	@Override
	public Drops drops() {
		return DropCounter.INSTANCE;
	}

	@Override
	public void pipeTerminated(SocketBase base, Pipe pipe) {
		DropCounter.INSTANCE.pipeEnded(base, pipe);
		JvmSocket socket = find(base);
		if (socket != null) {
			socket.pipeEnded(pipe);
		}
	}

	@Override
	public void destroyed(SocketBase base) {
		InstrumentedSockets owner = this.owners.remove(base);
		if (owner != null) {
			owner.release(base);
		}
		else {
			forget(base);
		}
		DropCounter.INSTANCE.ended(base);
	}

	/** Nobody will take what belongs to nobody. */
	synchronized void forgetOrphans() {
		for (Orphan orphan : this.orphans) {
			SocketBase socket = orphan.socket().get();
			if (socket != null) {
				KnownContexts.remove(socket.getCtx());
			}
		}
		this.orphans.clear();
	}

	private synchronized void forget(SocketBase base) {
		this.orphans.removeIf((orphan) -> orphan.socket().refersTo(base));
	}

	/**
	 * A call of the application that is under way.
	 *
	 * @param socket the socket, {@code null} if it isn't followed
	 * @param started the endpoint, {@code null} if there is none
	 * @param written the endpoint as the application wrote it
	 */
	private record Call(@Nullable JvmSocket socket, @Nullable EndpointTracker started, @Nullable String written) {

	}

	/**
	 * A socket that belongs to no monitor.
	 *
	 * @param socket the socket
	 * @param caller the class that made it, {@code null} if that isn't known
	 */
	private record Orphan(WeakReference<SocketBase> socket, @Nullable String caller) {

	}

}
