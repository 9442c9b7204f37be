package io.github.zmqmonitor.internal.beans;

import java.util.ArrayDeque;
import java.util.Deque;

import io.github.zmqmonitor.internal.dispatch.HookDispatcher;
import org.jspecify.annotations.Nullable;
import zmq.SocketBase;
import zmq.ZError;
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
	 * they wait, up to a limit, instead of stopping the I/O thread.
	 */
	static final class Pair extends ApplicationMonitor {

		static final int BACKLOG = 10_000;

		private static final int BATCH = 100;

		private final SocketBase pair;

		private final String address;

		private final HookDispatcher dispatcher;

		private final Deque<ZMQ.Event> backlog = new ArrayDeque<>(0);

		private boolean full;

		private boolean scheduled;

		private boolean closed;

		private Pair(SocketBase pair, String address, int mask, HookDispatcher dispatcher) {
			super(mask);
			this.pair = pair;
			this.address = address;
			this.dispatcher = dispatcher;
		}

		/**
		 * Open a monitor.
		 * @return the monitor, or {@code null} with the errno set if that isn't possible
		 */
		static @Nullable Pair open(SocketBase socket, String address, int mask, HookDispatcher dispatcher) {
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
			return new Pair(pair, address, mask, dispatcher);
		}

		String address() {
			return this.address;
		}

		@Override
		void deliver(ZMQ.Event event) {
			if (this.backlog.isEmpty() && event.write(this.pair)) {
				return;
			}
			// what a delivery that has to wait leaves in plain JeroMQ
			this.pair.errno.set(ZError.EAGAIN);
			if (this.backlog.size() < BACKLOG) {
				this.backlog.add(event);
			}
			else {
				this.full = true;
				this.dispatcher.drop();
			}
		}

		boolean hasBacklog() {
			return !this.backlog.isEmpty();
		}

		/** Whether somebody will deliver what waits. */
		boolean isScheduled() {
			return this.scheduled;
		}

		void scheduled(boolean scheduled) {
			this.scheduled = scheduled;
		}

		/** Whether events were lost since this was last asked. */
		boolean takeFull() {
			boolean taken = this.full;
			this.full = false;
			return taken;
		}

		/** Deliver some of what waits. */
		void deliverBacklog() {
			for (int i = 0; i < BATCH && !this.closed && hasBacklog(); i++) {
				// out of the backlog first: one that can't be written must not stay
				ZMQ.Event event = this.backlog.remove();
				if (!event.write(this.pair)) {
					if (this.pair.errno() == ZError.EAGAIN) {
						this.backlog.addFirst(event);
					}
					else {
						this.backlog.clear();
					}
					return;
				}
			}
		}

		@Override
		void close() {
			while (hasBacklog()) {
				int before = this.backlog.size();
				deliverBacklog();
				if (this.backlog.size() == before) {
					this.backlog.clear();
				}
			}
			this.closed = true;
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
