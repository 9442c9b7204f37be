package io.github.zmqmonitor.internal.beans;

import io.github.zmqmonitor.internal.dispatch.HookDispatcher;
import org.jspecify.annotations.Nullable;
import zmq.SocketBase;
import zmq.ZMQ;

/**
 * A monitor that the application has set on a monitored socket. Used under the lock of
 * its {@link ApplicationMonitors}.
 */
abstract class ApplicationMonitor {

	private final int mask;

	ApplicationMonitor(int mask) {
		this.mask = mask;
	}

	void accept(ZMQ.Event event) {
		if ((this.mask & event.event) != 0) {
			deliver(event);
		}
	}

	abstract void deliver(ZMQ.Event event);

	abstract void close();

	/**
	 * Frames to a PAIR socket over inproc, as JeroMQ writes them; but where nobody reads,
	 * they are dropped instead of stopping the I/O thread.
	 */
	static final class Pair extends ApplicationMonitor {

		private final SocketBase pair;

		private Pair(SocketBase pair, int mask) {
			super(mask);
			this.pair = pair;
		}

		/**
		 * Open a monitor.
		 * @return the monitor, or {@code null} with the errno set if that isn't possible
		 */
		static @Nullable Pair open(SocketBase socket, String address, int mask) {
			SocketBase pair = socket.getCtx().createSocket(ZMQ.ZMQ_PAIR);
			if (pair == null) {
				return null;
			}
			pair.setSocketOpt(ZMQ.ZMQ_LINGER, 0);
			pair.setSocketOpt(ZMQ.ZMQ_SNDTIMEO, 0);
			if (!pair.bind(address)) {
				int errno = socket.errno();
				pair.close();
				socket.errno.set(errno);
				return null;
			}
			return new Pair(pair, mask);
		}

		@Override
		void deliver(ZMQ.Event event) {
			event.write(this.pair);
		}

		@Override
		void close() {
			this.pair.close();
		}

	}

	/**
	 * A consumer, called on the thread for hooks, so that one that sleeps stops no I/O
	 * thread; but at once where the event happens in the application's own call of bind.
	 */
	static final class DelegatingHook extends ApplicationMonitor {

		private final ZMQ.EventConsummer consumer;

		private final HookDispatcher dispatcher;

		DelegatingHook(ZMQ.EventConsummer consumer, int mask, HookDispatcher dispatcher) {
			super(mask);
			this.consumer = consumer;
			this.dispatcher = dispatcher;
		}

		@Override
		void deliver(ZMQ.Event event) {
			if (event.event == ZMQ.ZMQ_EVENT_LISTENING || event.event == ZMQ.ZMQ_EVENT_BIND_FAILED) {
				this.dispatcher.now(() -> this.consumer.consume(event));
			}
			else {
				this.dispatcher.later(() -> this.consumer.consume(event));
			}
		}

		@Override
		void close() {
			this.dispatcher.later(this.consumer::close);
		}

	}

}
