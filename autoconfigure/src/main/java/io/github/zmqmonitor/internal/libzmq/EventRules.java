package io.github.zmqmonitor.internal.libzmq;

import io.github.zmqmonitor.model.ZmqEventType;

/**
 * What libzmq's events are about.
 */
final class EventRules {

	private EventRules() {
	}

	/** Whether the value is a descriptor. */
	static boolean hasDescriptor(ZmqEventType type) {
		return switch (type) {
			case LISTENING, ACCEPTED, CONNECTED, CLOSED, DISCONNECTED -> true;
			default -> false;
		};
	}

	/**
	 * Whether the event means nothing without an address. The descriptor of a bind that
	 * has failed is closed without one.
	 */
	static boolean needsAddress(ZmqEventType type) {
		return type != ZmqEventType.CLOSED && type != ZmqEventType.CLOSE_FAILED && type != ZmqEventType.MONITOR_STOPPED;
	}

	/** Whether only a socket that connects has the event. */
	static boolean isOfConnect(ZmqEventType type) {
		return switch (type) {
			case CONNECTED, CONNECT_DELAYED, CONNECT_RETRIED -> true;
			default -> false;
		};
	}

	/**
	 * Whether the event is the begin of an endpoint, after which nothing of it is missed.
	 */
	static boolean begins(ZmqEventType type) {
		return switch (type) {
			case LISTENING, CONNECT_DELAYED, CONNECT_RETRIED -> true;
			default -> false;
		};
	}

}
