package io.github.zmqmonitor.monitor;

/**
 * Called with the events of monitored sockets.
 * <p>
 * All listeners are called one after the other on one daemon thread, never on a thread of
 * JeroMQ or of the application. A listener may block or throw: it then delays or loses
 * events for listeners, and nothing else.
 */
@FunctionalInterface
public interface ZmqSocketEventListener {

	/**
	 * Called with an event.
	 * @param event the event
	 */
	void onEvent(ZmqSocketEvent event);

	/**
	 * Called about once a second between events, for what is due without one.
	 * @param monitor the monitor that calls
	 */
	default void onTick(ZmqMonitor monitor) {
	}

}
