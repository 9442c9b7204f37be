package io.github.zmqmonitor.internal.beans;

import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.github.zmqmonitor.internal.jeromq.JvmSocket;
import io.github.zmqmonitor.internal.jeromq.Refusals;
import io.github.zmqmonitor.internal.rules.Refusal;
import io.github.zmqmonitor.internal.state.EndpointTracker;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZEvent;
import org.zeromq.ZMQ;

/**
 * A view of a socket: it shares the real socket's base, so that everything works on
 * either, and learns from the application's calls what no event reports.
 */
final class MonitoredSocket extends ZMQ.Socket {

	private final ZMQ.Socket real;

	private final BeanSockets sockets;

	private final JvmSocket followed;

	private final ApplicationMonitors applicationMonitors;

	MonitoredSocket(ZMQ.Socket real, BeanSockets sockets, JvmSocket followed, ApplicationMonitors applicationMonitors) {
		super(real.base());
		this.real = real;
		this.sockets = sockets;
		this.followed = followed;
		this.applicationMonitors = applicationMonitors;
	}

	ZMQ.Socket real() {
		return this.real;
	}

	JvmSocket followed() {
		return this.followed;
	}

	BeanSockets sockets() {
		return this.sockets;
	}

	@Override
	public boolean bind(@Nullable String address) {
		return binding(address, () -> super.bind(address), (bound) -> bound);
	}

	@Override
	public int bindToRandomPort(String address, int min, int max) {
		return binding(address + ":*", () -> super.bindToRandomPort(address, min, max), (port) -> true);
	}

	private <T> T binding(@Nullable String endpoint, Supplier<T> call, Predicate<T> success) {
		return opening(endpoint, this.followed::bindStarted, call, success, this.followed::bindEnded);
	}

	@Override
	public boolean connect(@Nullable String address) {
		return connecting(address, () -> super.connect(address), (connected) -> connected);
	}

	@Override
	public int connectPeer(@Nullable String address) {
		return connecting(address, () -> super.connectPeer(address), (routingId) -> routingId != 0);
	}

	private <T> T connecting(@Nullable String endpoint, Supplier<T> call, Predicate<T> success) {
		return opening(endpoint, this.followed::connectStarted, call, success, this.followed::connectEnded);
	}

	private <T> T opening(@Nullable String endpoint, Function<String, @Nullable EndpointTracker> start,
			Supplier<T> call, Predicate<T> success, OpeningEnd end) {
		if (endpoint == null) {
			return call.get();
		}
		EndpointTracker started = quietly(() -> start.apply(endpoint));
		Refusal refusal = null;
		try {
			T result = call.get();
			refusal = success.test(result) ? null : Refusals.of(errno());
			return result;
		}
		catch (Throwable ex) {
			refusal = Refusals.of(ex);
			throw ex;
		}
		finally {
			Refusal reason = refusal;
			quietly(() -> end.ended(started, endpoint, reason));
		}
	}

	@Override
	public boolean disconnect(@Nullable String address) {
		return ending(address, () -> super.disconnect(address));
	}

	@Override
	public boolean unbind(@Nullable String address) {
		return ending(address, () -> super.unbind(address));
	}

	private boolean ending(@Nullable String address, Supplier<Boolean> call) {
		if (address == null) {
			return call.get();
		}
		quietly(this.followed::ending);
		boolean ended = false;
		try {
			ended = call.get();
			return ended;
		}
		finally {
			boolean known = ended;
			quietly(() -> this.followed.endpointEnded(address, known));
		}
	}

	@Override
	public void close() {
		quietly(this.followed::ending);
		this.real.close();
		quietly(() -> this.sockets.endedIfDetached(this));
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
			this.sockets.errors().instrumentation("A call of " + this + " could not be followed", ex);
			return null;
		}
		finally {
			base().errno.set(errno);
		}
	}

	/** Takes up the end of a call that opens an endpoint. */
	private interface OpeningEnd {

		void ended(@Nullable EndpointTracker started, String endpoint, @Nullable Refusal refusal);

	}

}
