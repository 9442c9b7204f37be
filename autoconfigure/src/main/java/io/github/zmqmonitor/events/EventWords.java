package io.github.zmqmonitor.events;

import io.github.zmqmonitor.model.ZmqEndpointRole;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqHint;
import io.github.zmqmonitor.model.ZmqOrigin;
import io.github.zmqmonitor.model.ZmqSocketEvent.EndReason;
import io.github.zmqmonitor.model.ZmqSocketEvent;

/**
 * Events in words, and how much they matter.
 */
final class EventWords {

	private EventWords() {
	}

	static Level level(ZmqSocketEvent event) {
		return switch (event.type()) {
			case BIND_FAILED, CONNECT_FAILED, ACCEPT_FAILED, CLOSE_FAILED, HANDSHAKE_FAILED_AUTH,
					HANDSHAKE_FAILED_NO_DETAIL, HANDSHAKE_FAILED_PROTOCOL ->
				Level.WARN;
			case DISCONNECTED -> Level.INFO;
			case HANDSHAKE_PROTOCOL ->
				isUnversioned(event) ? Level.WARN : isConnected(event) ? Level.INFO : Level.DEBUG;
			case HANDSHAKE_SUCCEEDED -> isConnected(event) ? Level.INFO : Level.DEBUG;
			default -> Level.DEBUG;
		};
	}

	static Level level(ZmqHint.Kind kind) {
		return switch (kind) {
			case ABANDONED, HEARTBEAT_TIMEOUT, RECONNECT_INTERVAL_ZERO, RECONNECT_INTERVAL_NEGATIVE, QUEUES_GROWING,
					MESSAGES_DROPPED, HANDSHAKE_STALLED, SECOND_PEER, IDENTITY_DUPLICATE ->
				Level.WARN;
			case QUEUES_UNLIMITED, HEARTBEATS_OFF, LINGER_INFINITE, SUBSCRIPTION_MISSING -> Level.INFO;
		};
	}

	/**
	 * Whether a hint is about what JeroMQ does unless it is told otherwise.
	 */
	static boolean isDefault(ZmqHint.Kind kind) {
		return kind == ZmqHint.Kind.HEARTBEATS_OFF || kind == ZmqHint.Kind.LINGER_INFINITE;
	}

	static String describe(ZmqSocketEvent event) {
		return switch (event.type()) {
			case LISTENING -> "listening at " + event.address();
			case BIND_FAILED ->
				"could not bind (" + event.value() + "): the port is taken, or the address is not of this machine";
			case CONNECT_FAILED -> "could not connect (" + event.value() + "): JeroMQ refused the call";
			case ACCEPTED -> "connection accepted";
			case ACCEPT_FAILED -> "could not accept a connection (" + event.value()
					+ "), most often because the process has no file descriptor left";
			case CONNECTED -> "TCP is up to " + event.address();
			case CONNECT_DELAYED -> "connecting to " + event.address();
			case CONNECT_RETRIED -> "will try to connect again in " + event.value();
			case DISCONNECTED ->
				(event.role() == ZmqEndpointRole.BIND) ? "a client has disconnected" : "connection lost" + cause(event);
			case CLOSED ->
				(event.state() == ZmqEndpointState.CLOSED) ? "no longer listening" : "an attempt to connect failed";
			case CLOSE_FAILED -> "could not close a channel (" + event.value() + ")";
			case HANDSHAKE_PROTOCOL ->
				isUnversioned(event) ? "the peer does not speak ZMTP: a probe, or another protocol"
						: isConnected(event) ? "connected to " + event.address() : "greeted with ZMTP " + event.value();
			case HANDSHAKE_SUCCEEDED -> isConnected(event) ? "connected to " + event.address() : "handshake succeeded";
			case HANDSHAKE_FAILED_AUTH -> refusal(event) + consequence(event);
			case HANDSHAKE_FAILED_PROTOCOL ->
				"handshake failed, a peer broke the protocol (" + event.value() + ")" + consequence(event);
			case HANDSHAKE_FAILED_NO_DETAIL -> "handshake failed (" + event.value() + ")";
			case MONITOR_STOPPED -> "monitor stopped";
			case UNKNOWN -> "unknown event " + event.value();
		};
	}

	/**
	 * Who or what has ended a connection.
	 */
	private static String cause(ZmqSocketEvent event) {
		EndReason reason = (event.value() instanceof ZmqSocketEvent.ConnectionEnd end) ? end.reason()
				: EndReason.REMOTE;
		return switch (reason) {
			case REMOTE -> ", ended by the peer or the network";
			case PROTOCOL -> ": protocol error, ended by this side";
			case TIMEOUT -> ": timeout, ended by this side";
			case LOCAL -> ", ended by this side";
		};
	}

	/**
	 * Whether a connection of a connecting endpoint has become ready.
	 */
	private static boolean isConnected(ZmqSocketEvent event) {
		return event.role() == ZmqEndpointRole.CONNECT && event.state() == ZmqEndpointState.CONNECTED;
	}

	private static boolean isUnversioned(ZmqSocketEvent event) {
		return event.value() instanceof ZmqSocketEvent.ZmtpVersion version && "unversioned".equals(version.version());
	}

	private static String refusal(ZmqSocketEvent event) {
		if (!(event.value() instanceof ZmqSocketEvent.AuthenticationStatus status)) {
			return "authentication refused";
		}
		String mechanism = (status.mechanism() != null && !"NULL".equals(status.mechanism())) ? status.mechanism() + " "
				: "";
		String outcome = switch (status.status()) {
			case 300 -> "authentication failed for now";
			case 500 -> "authentication failed inside the server";
			default -> "authentication refused";
		};
		return mechanism + outcome + " (" + status.status() + ")";
	}

	/**
	 * A listener goes on after it has refused a client.
	 */
	private static String consequence(ZmqSocketEvent event) {
		if (event.role() == ZmqEndpointRole.BIND) {
			return "; the client is not let in";
		}
		String library = (event.origin() == ZmqOrigin.NATIVE) ? "libzmq" : "JeroMQ";
		return "; " + library + " will not retry this endpoint";
	}

	/**
	 * How much something matters.
	 */
	enum Level {

		WARN, INFO, DEBUG

	}

}
