package io.github.zmqmonitor.internal.beans;

import io.github.zmqmonitor.internal.jeromq.JvmSocket;
import io.github.zmqmonitor.internal.state.Connection;
import io.github.zmqmonitor.internal.state.SocketTracker;
import zmq.ZMQ;

/**
 * The one event hook of a socket that is followed by a view. Called on I/O threads, where
 * whatever is thrown kills the thread or loops for ever; so nothing is.
 */
final class TrackingHook implements ZMQ.EventConsummer {

	private static final StackWalker STACK = StackWalker.getInstance();

	private final BeanSockets sockets;

	private final JvmSocket socket;

	private final SocketTracker tracker;

	private final ApplicationMonitors applicationMonitors;

	TrackingHook(BeanSockets sockets, JvmSocket socket, ApplicationMonitors applicationMonitors) {
		this.sockets = sockets;
		this.socket = socket;
		this.tracker = socket.tracker();
		this.applicationMonitors = applicationMonitors;
	}

	@Override
	public void consume(ZMQ.Event event) {
		try {
			// the number leaves its box here, so that the JVM need not make the box
			if (event.arg instanceof Integer number) {
				this.tracker.record(event.event, event.addr, number, null, null);
			}
			else {
				Connection lost = (event.event == ZMQ.ZMQ_EVENT_DISCONNECTED && event.arg != null)
						? this.tracker.find(event.arg) : null;
				this.tracker.record(event.event, event.addr, 0, event.arg, null);
				if (lost != null) {
					this.socket.connectionLost(lost.isAccepted(), lost.since());
				}
			}
		}
		catch (Throwable ex) {
			this.sockets.errors().event();
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
				this.sockets.ended(this.socket);
			}
		}
		catch (Throwable ex) {
			this.sockets.errors().event();
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
