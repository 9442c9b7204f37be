package io.github.zmqmonitor.internal.libzmq;

import io.github.zmqmonitor.model.ZmqEventType;
import org.jspecify.annotations.Nullable;

/**
 * What a forwarder has sent.
 */
sealed interface ForwardedMessage {

	/**
	 * The socket that a message is about.
	 *
	 * @param name its name
	 * @param type its type in upper case
	 */
	record Source(String name, String type) {

		@Override
		public String toString() {
			return "'" + this.name + "' (" + this.type + ")";
		}

	}

	/**
	 * An event. In version 1 there is one address, the local one of a socket that binds
	 * and the remote one of a socket that connects.
	 *
	 * @param source whose event it is
	 * @param type the kind of event
	 * @param value the value
	 * @param local the local address, possibly empty
	 * @param remote the remote address, possibly empty, {@code null} in version 1
	 */
	record Event(Source source, ZmqEventType type, int value, String local,
			@Nullable String remote) implements ForwardedMessage {
	}

	/**
	 * A sign of life.
	 *
	 * @param source whose sign it is
	 * @param instance which life of the source it is, or {@code null} if not told
	 * @param events how many events the forwarder has taken in this life
	 */
	record Heartbeat(Source source, @Nullable String instance, long events) implements ForwardedMessage {
	}

	/**
	 * Nothing that can be used.
	 *
	 * @param reason why not
	 * @param source the source, or {@code null} if that can't be told
	 */
	record Refused(ZmqNativeRejection reason, @Nullable Source source) implements ForwardedMessage {
	}

}
