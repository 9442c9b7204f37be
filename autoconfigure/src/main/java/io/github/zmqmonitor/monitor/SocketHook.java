package io.github.zmqmonitor.monitor;

import zmq.SocketBase;
import zmq.ZMQ;

/**
 * The one event hook of a monitored socket. Called on I/O threads, where whatever is
 * thrown kills the thread or loops for ever; so nothing is.
 */
final class SocketHook implements ZMQ.EventConsummer {

	private static final StackWalker STACK = StackWalker.getInstance();

	private final SocketRegister register;

	private final SocketBase socket;

	private final SocketTracker tracker;

	private final ApplicationMonitors applicationMonitors;

	SocketHook(SocketRegister register, SocketBase socket, SocketTracker tracker,
			ApplicationMonitors applicationMonitors) {
		this.register = register;
		this.socket = socket;
		this.tracker = tracker;
		this.applicationMonitors = applicationMonitors;
	}

	@Override
	public void consume(ZMQ.Event event) {
		try {
			// the number leaves its box here, so that the JVM need not make the box
			if (event.arg instanceof Integer number) {
				this.tracker.record(event.event, event.addr, number, null);
			}
			else {
				this.tracker.record(event.event, event.addr, 0, event.arg);
			}
		}
		catch (Throwable ex) {
			this.register.errors().event();
		}
		this.applicationMonitors.publish(event);
	}

	@Override
	public void close() {
		try {
			if (wasRemovedByHand()) {
				this.tracker.detached();
			}
			else {
				this.register.ended(this.tracker, this.socket);
			}
		}
		catch (Throwable ex) {
			this.register.errors().event();
		}
		this.applicationMonitors.end();
	}

	/**
	 * Whether somebody took the hook away at the socket's base, instead of the socket
	 * ending.
	 */
	private static boolean wasRemovedByHand() {
		return STACK.walk((frames) -> frames.limit(8)
			.anyMatch((frame) -> frame.getClassName().equals("zmq.SocketBase")
					&& (frame.getMethodName().equals("setEventHook") || frame.getMethodName().equals("monitor"))));
	}

}
