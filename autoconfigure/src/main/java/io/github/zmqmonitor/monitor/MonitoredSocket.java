package io.github.zmqmonitor.monitor;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZEvent;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import zmq.ZError;

/**
 * A view of a socket: it shares the real socket's base, so that everything works on
 * either, and learns from the application's calls what no event tells.
 */
final class MonitoredSocket extends OptionAwareSocket {

	private static final Set<SocketType> THREAD_SAFE = EnumSet.of(SocketType.SERVER, SocketType.CLIENT,
			SocketType.RADIO, SocketType.DISH, SocketType.SCATTER, SocketType.GATHER, SocketType.PEER,
			SocketType.CHANNEL);

	private final ZMQ.Socket real;

	private final SocketRegister register;

	private final SocketTracker tracker;

	private final ApplicationMonitors applicationMonitors;

	private final boolean threadSafe;

	MonitoredSocket(ZMQ.Socket real, SocketType type, SocketRegister register, SocketTracker tracker,
			ApplicationMonitors applicationMonitors) {
		super(real.base());
		this.real = real;
		this.register = register;
		this.tracker = tracker;
		this.applicationMonitors = applicationMonitors;
		this.threadSafe = THREAD_SAFE.contains(type);
	}

	ZMQ.Socket real() {
		return this.real;
	}

	SocketTracker tracker() {
		return this.tracker;
	}

	SocketRegister register() {
		return this.register;
	}

	@Override
	public boolean bind(String address) {
		return binding(address, () -> super.bind(address));
	}

	@Override
	public int bindToRandomPort(String address, int min, int max) {
		return binding(address + ":*", () -> super.bindToRandomPort(address, min, max));
	}

	private <T> T binding(String endpoint, Supplier<T> call) {
		if (Addresses.isInproc(endpoint)) {
			return inproc(endpoint, ZmqEndpointRole.BIND, call);
		}
		EndpointTracker started = quietly(() -> this.register.bindStarted(this.tracker, endpoint));
		int errno = 0;
		try {
			T result = call.get();
			readOptions();
			return result;
		}
		catch (ZMQException ex) {
			errno = ex.getErrorCode();
			throw ex;
		}
		catch (RuntimeException ex) {
			errno = ZError.EINVAL;
			throw ex;
		}
		finally {
			if (started != null) {
				int refusal = errno;
				quietly(() -> this.tracker.bindEnded(started, refusal));
			}
		}
	}

	@Override
	public boolean connect(String address) {
		return connecting(address, () -> super.connect(address), (connected) -> connected);
	}

	@Override
	public int connectPeer(String address) {
		return connecting(address, () -> super.connectPeer(address), (routingId) -> routingId != 0);
	}

	private <T> T connecting(String endpoint, Supplier<T> call, Predicate<T> success) {
		if (Addresses.isInproc(endpoint)) {
			return inproc(endpoint, ZmqEndpointRole.CONNECT, call);
		}
		EndpointTracker started = quietly(() -> this.register.connectStarted(this.tracker, endpoint));
		boolean connected = false;
		try {
			T result = call.get();
			connected = success.test(result);
			return result;
		}
		finally {
			if (started != null && connected) {
				quietly(() -> this.tracker.connectEnded(started, resolvedAddress()));
				readOptions();
			}
			else if (started != null) {
				quietly(() -> this.register.connectRefused(this.tracker, started));
			}
		}
	}

	private <T> T inproc(String endpoint, ZmqEndpointRole role, Supplier<T> call) {
		T result = call.get();
		quietly(() -> this.tracker.inproc(endpoint, role));
		readOptions();
		return result;
	}

	@Override
	void optionSet() {
		if (this.tracker.hasOptions()) {
			readOptions();
		}
	}

	/**
	 * Read the options on the thread that owns the socket. Thread-safe sockets aren't
	 * asked: the answer could wait for another thread's blocked receive.
	 */
	private void readOptions() {
		if (!this.threadSafe) {
			quietly(() -> this.tracker.optionsRead(SocketOptions.of(this, isLossless())));
		}
	}

	/**
	 * What the endpoint just connected to resolved to. Thread-safe sockets aren't asked:
	 * the answer could wait for another thread's blocked receive.
	 */
	private @Nullable String resolvedAddress() {
		return this.threadSafe ? null : getLastEndpoint();
	}

	@Override
	public boolean disconnect(String address) {
		quietly(this.tracker::sampleTrafficExactly);
		boolean disconnected = super.disconnect(address);
		if (disconnected) {
			quietly(() -> this.tracker.endedLocally(address));
		}
		return disconnected;
	}

	@Override
	public boolean unbind(String address) {
		quietly(this.tracker::sampleTrafficExactly);
		boolean unbound = super.unbind(address);
		if (unbound) {
			quietly(() -> this.tracker.endedLocally(address));
		}
		return unbound;
	}

	@Override
	public void close() {
		quietly(this.tracker::sampleTrafficExactly);
		this.real.close();
		quietly(() -> this.register.endedIfDetached(this));
	}

	@Override
	public boolean monitor(@Nullable String address, int events) {
		return this.applicationMonitors.monitor(address, events);
	}

	@Override
	public boolean setEventHook(ZEvent.@Nullable ZEventConsummer consumer, int events) {
		return this.applicationMonitors.hook(consumer, events);
	}

	private void quietly(Runnable action) {
		quietly(() -> {
			action.run();
			return null;
		});
	}

	/**
	 * Do our own part of a call, without an exception or a trace in the errno that the
	 * application reads.
	 */
	private <T> @Nullable T quietly(Supplier<@Nullable T> action) {
		int errno = errno();
		try {
			return action.get();
		}
		catch (Throwable ex) {
			this.register.errors().instrumentation("A call of " + this + " could not be followed", ex);
			return null;
		}
		finally {
			base().errno.set(errno);
		}
	}

}
