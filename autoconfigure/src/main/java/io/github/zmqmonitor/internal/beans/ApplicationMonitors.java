package io.github.zmqmonitor.internal.beans;

import java.util.ArrayList;
import java.util.List;

import io.github.zmqmonitor.internal.dispatch.HookDispatcher;
import io.github.zmqmonitor.internal.support.Addresses;
import org.jspecify.annotations.Nullable;
import zmq.SocketBase;
import zmq.ZError;
import zmq.ZMQ;

/**
 * The monitors that the application has set on a monitored socket: there can be several
 * beside ours, and they don't notice each other.
 */
final class ApplicationMonitors {

	private static final String NO_MONITOR_ADDRESS = "tcp://127.0.0.1:1";

	private final SocketBase socket;

	private final HookDispatcher hooks;

	private final PairDelivery delivery;

	private final List<ApplicationMonitor> monitors = new ArrayList<>(0);

	private volatile boolean empty = true;

	private boolean ended;

	ApplicationMonitors(SocketBase socket, HookDispatcher hooks, PairDelivery delivery) {
		this.socket = socket;
		this.hooks = hooks;
		this.delivery = delivery;
	}

	/**
	 * Do what {@code zmq.SocketBase.monitor} does, beside our hook.
	 */
	boolean monitor(@Nullable String address, int mask) {
		if (address == null) {
			return removeAll();
		}
		if (!Addresses.isInproc(address)) {
			// refused by JeroMQ itself, with its own exception or errno
			return this.socket.monitor(address, mask);
		}
		if (isTerminated()) {
			return false;
		}
		if (address.length() == "inproc://".length()) {
			throw new IllegalArgumentException("Invalid URI: " + address);
		}
		return add(ApplicationMonitor.Pair.open(this.socket, address, mask, this.hooks));
	}

	/**
	 * Do what {@code zmq.SocketBase.setEventHook} does, beside our hook.
	 */
	boolean hook(ZMQ.@Nullable EventConsummer consumer, int mask) {
		if (consumer == null) {
			return removeAll();
		}
		if (isTerminated()) {
			return false;
		}
		return add(new ApplicationMonitor.DelegatingHook(consumer, mask, this.hooks));
	}

	/**
	 * Ask JeroMQ with a call that it refuses in any case: the errno tells whether the
	 * context is terminated.
	 */
	private boolean isTerminated() {
		int errno = this.socket.errno();
		this.socket.monitor(NO_MONITOR_ADDRESS, 0);
		if (this.socket.errno() == ZError.ETERM) {
			return true;
		}
		this.socket.errno.set(errno);
		return false;
	}

	private synchronized boolean add(@Nullable ApplicationMonitor monitor) {
		if (monitor == null) {
			return false;
		}
		if (this.ended) {
			monitor.close();
			this.socket.errno.set(ZError.ETERM);
			return false;
		}
		this.monitors.add(monitor);
		this.empty = false;
		return true;
	}

	private boolean removeAll() {
		if (isTerminated()) {
			return false;
		}
		synchronized (this) {
			publish(new ZMQ.Event(ZMQ.ZMQ_EVENT_MONITOR_STOPPED, "", 0));
			closeAll();
		}
		return true;
	}

	/**
	 * Hand an event on. Called on I/O threads, and on the application's within its call
	 * of bind, where the errno is then what the delivery leaves, as in plain JeroMQ.
	 */
	void publish(ZMQ.Event event) {
		if (this.empty) {
			return;
		}
		synchronized (this) {
			for (ApplicationMonitor monitor : this.monitors) {
				contain(() -> monitor.accept(event));
				if (monitor instanceof ApplicationMonitor.Pair pair && pair.hasBacklog() && !pair.isScheduled()) {
					pair.scheduled(true);
					this.delivery.later(() -> deliverLater(pair));
				}
			}
		}
	}

	private boolean deliverLater(ApplicationMonitor.Pair pair) {
		boolean full;
		boolean again;
		synchronized (this) {
			full = pair.takeFull();
			contain(pair::deliverBacklog);
			again = pair.hasBacklog();
			pair.scheduled(again);
		}
		if (full) {
			this.delivery.full(pair.address());
		}
		return again;
	}

	/** The socket has ended. */
	synchronized void end() {
		this.ended = true;
		closeAll();
	}

	private void closeAll() {
		for (ApplicationMonitor monitor : this.monitors) {
			contain(monitor::close);
		}
		this.monitors.clear();
		this.empty = true;
	}

	private void contain(Runnable action) {
		try {
			action.run();
		}
		catch (Throwable ex) {
			this.hooks.failed();
		}
	}

}
