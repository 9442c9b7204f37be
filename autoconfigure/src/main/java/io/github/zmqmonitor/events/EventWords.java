package io.github.zmqmonitor.events;

import java.time.Duration;
import java.util.regex.Pattern;

import io.github.zmqmonitor.internal.support.Words;
import io.github.zmqmonitor.model.ZmqEndpointRole;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqHint;
import io.github.zmqmonitor.model.ZmqSocketEvent.EndReason;
import io.github.zmqmonitor.model.ZmqSocketEvent;
import org.jspecify.annotations.Nullable;

/**
 * Events in words, and how much they matter.
 */
final class EventWords {

	private static final Duration SHORT_OUTAGE = Duration.ofSeconds(1);

	private static final int LONGEST_NAME = 60;

	/** What a peer could say more with than its name. */
	private static final Pattern MISLEADING = Pattern.compile("[\\s,;()]");

	private EventWords() {
	}

	static LogLevel level(ZmqSocketEvent event) {
		return switch (event.type()) {
			case BIND_FAILED, CONNECT_FAILED, ACCEPT_FAILED, CLOSE_FAILED, HANDSHAKE_FAILED_AUTH,
					HANDSHAKE_FAILED_NO_DETAIL, HANDSHAKE_FAILED_PROTOCOL ->
				LogLevel.WARN;
			case DISCONNECTED -> LogLevel.INFO;
			case HANDSHAKE_PROTOCOL -> (isUnversioned(event) && event.role() == ZmqEndpointRole.CONNECT) ? LogLevel.WARN
					: connectedLevel(event);
			case CONNECTED, HANDSHAKE_SUCCEEDED -> connectedLevel(event);
			default -> LogLevel.DEBUG;
		};
	}

	private static LogLevel connectedLevel(ZmqSocketEvent event) {
		return EndpointStates.isConnected(event) ? LogLevel.INFO : LogLevel.DEBUG;
	}

	static LogLevel level(ZmqHint.Kind kind) {
		return switch (kind) {
			case ABANDONED, HEARTBEAT_TIMEOUT, RECONNECT_INTERVAL_ZERO, RECONNECT_INTERVAL_NEGATIVE, QUEUES_GROWING,
					MESSAGES_DROPPED, HANDSHAKE_STALLED, PEER_NOT_READING, UNREACHABLE, NOT_ACCEPTED, SECOND_PEER,
					IDENTITY_DUPLICATE, FLAPPING, REQ_OUT_OF_STEP ->
				LogLevel.WARN;
			case NO_CONNECTION, QUEUES_UNLIMITED, HEARTBEATS_OFF, LINGER_INFINITE, SUBSCRIPTION_MISSING, PROBES ->
				LogLevel.INFO;
		};
	}

	/**
	 * Whether a hint is about what JeroMQ does unless it is told otherwise.
	 */
	static boolean isDefault(ZmqHint.Kind kind) {
		return kind == ZmqHint.Kind.HEARTBEATS_OFF || kind == ZmqHint.Kind.LINGER_INFINITE;
	}

	/**
	 * What is the same in lines that repeat each other.
	 */
	static String kind(ZmqSocketEvent event) {
		String value = (event.value() != null && event.type() != ZmqEventType.CONNECT_RETRIED) ? " " + event.value()
				: "";
		ZmqSocketEvent.Connection connection = event.connection();
		return event.type() + value + ((connection != null) ? " " + connection.greeted() + connection.ready() : "");
	}

	/**
	 * Whether a client has left, and no probe.
	 */
	static boolean isClientsEnd(ZmqSocketEvent event) {
		ZmqSocketEvent.Connection connection = event.connection();
		return event.type() == ZmqEventType.DISCONNECTED && event.role() == ZmqEndpointRole.BIND
				&& (connection == null || connection.greeted());
	}

	static String describe(ZmqSocketEvent event) {
		return switch (event.type()) {
			case LISTENING -> "listening at " + event.address();
			case BIND_FAILED ->
				"could not bind (" + event.value() + "): the port is taken, or the address is not of this machine";
			case CONNECT_FAILED -> "could not connect (" + event.value() + "): " + whyNot(event);
			case ACCEPTED -> "connection accepted";
			case ACCEPT_FAILED -> "could not accept a connection (" + event.value()
					+ "), most often because the process has no file descriptor left";
			case CONNECTED -> EndpointStates.isConnected(event) ? connected(event) : "TCP is up to " + event.address();
			case CONNECT_DELAYED -> "connecting to " + event.address();
			case CONNECT_RETRIED -> "will try to connect again in " + event.value();
			case DISCONNECTED -> ended(event);
			case CLOSED ->
				(event.state() == ZmqEndpointState.CLOSED) ? "no longer listening" : "an attempt to connect failed";
			case CLOSE_FAILED -> "could not close a channel (" + event.value() + ")";
			case HANDSHAKE_PROTOCOL ->
				isUnversioned(event) ? "the peer does not speak ZMTP: a probe, or another protocol"
						: EndpointStates.isConnected(event) ? connected(event) : "greeted with ZMTP " + event.value();
			case HANDSHAKE_SUCCEEDED -> EndpointStates.isConnected(event) ? connected(event) : "handshake succeeded";
			case HANDSHAKE_FAILED_AUTH -> HandshakeWords.refused(event);
			case HANDSHAKE_FAILED_PROTOCOL -> HandshakeWords.violated(event);
			case HANDSHAKE_FAILED_NO_DETAIL -> "handshake failed (" + event.value() + ")";
			case MONITOR_STOPPED -> "monitor stopped";
			case UNKNOWN -> "unknown event " + event.value();
		};
	}

	/**
	 * The addresses of both ends, by which the lines of both sides can be matched.
	 */
	static String addresses(ZmqSocketEvent event) {
		boolean named = EndpointStates.isConnected(event) && event.type() != ZmqEventType.DISCONNECTED;
		ZmqSocketEvent.Connection connection = event.connection();
		String peer = peer(named ? null : event.peer(), (connection != null) ? connection.identity() : null);
		return (connection != null && connection.local() != null) ? peer + ", local " + connection.local() : peer;
	}

	private static String peer(@Nullable String address, @Nullable String identity) {
		if (identity == null) {
			return (address != null) ? ", peer " + address : "";
		}
		String name = MISLEADING.matcher(identity.substring(0, Math.min(identity.length(), LONGEST_NAME)))
			.replaceAll("?");
		return ", peer " + name + ((address != null) ? " (" + address + ")" : "");
	}

	private static String connected(ZmqSocketEvent event) {
		ZmqSocketEvent.Outage outage = event.outage();
		String after = "";
		if (outage != null && (outage.retries() > 0 || outage.duration().compareTo(SHORT_OUTAGE) >= 0)) {
			after = " after " + Words.duration(outage.duration()) + " without a connection"
					+ Words.afterRetries(outage.retries());
		}
		return "connected to " + event.address() + after;
	}

	private static String ended(ZmqSocketEvent event) {
		boolean accepted = event.role() == ZmqEndpointRole.BIND;
		ZmqSocketEvent.Connection connection = event.connection();
		if (connection == null) {
			return (accepted ? "a client has disconnected" : "connection lost") + cause(event);
		}
		String age = Words.duration(connection.age());
		if (connection.greeted()) {
			String what = accepted ? "a client has disconnected"
					: connection.ready() ? "connection lost" : "the connection ended";
			return what + " after " + age + (connection.ready() ? "" : ", before its handshake was over")
					+ cause(event);
		}
		return (accepted
				? "a connection ended after " + age + " without a ZeroMQ greeting: a probe, or another protocol"
				: "TCP was up for " + age + ", but no ZeroMQ greeting came: a frozen server, or another service at that"
						+ " port")
				+ closer(event);
	}

	/**
	 * Which side has closed a connection on which nothing was said.
	 */
	private static String closer(ZmqSocketEvent event) {
		return (event.value() instanceof ZmqSocketEvent.ConnectionEnd end && end.reason() != EndReason.REMOTE)
				? "; closed by this side" : "";
	}

	/**
	 * Who or what has ended a connection, where an event says so.
	 */
	private static String cause(ZmqSocketEvent event) {
		if (!(event.value() instanceof ZmqSocketEvent.ConnectionEnd end)) {
			return "";
		}
		return switch (end.reason()) {
			case REMOTE -> (event.role() == ZmqEndpointRole.CONNECT) ? ", ended by the peer or the network" : "";
			case PROTOCOL -> ": protocol error, ended by this side";
			case TIMEOUT -> ": timeout, ended by this side";
			case LOCAL -> ", ended by this side";
		};
	}

	private static String whyNot(ZmqSocketEvent event) {
		return (event.value() instanceof ZmqSocketEvent.ErrorNumber error && "UNKNOWN_HOST".equals(error.symbol()))
				? "the name of the host can't be resolved" : "JeroMQ refused the call";
	}

	private static boolean isUnversioned(ZmqSocketEvent event) {
		return event.value() instanceof ZmqSocketEvent.ZmtpVersion version && "unversioned".equals(version.version());
	}

}
