package io.github.zmqmonitor.model;

import java.util.List;
import java.util.function.Supplier;

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
	 * @param hints what there is to say about open sockets that no event reports; found
	 * when it is first asked for
	 */
	default void onTick(Supplier<List<ZmqHint>> hints) {
	}

}
