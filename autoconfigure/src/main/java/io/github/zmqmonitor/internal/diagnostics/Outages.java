package io.github.zmqmonitor.internal.diagnostics;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.github.zmqmonitor.internal.support.Words;
import io.github.zmqmonitor.model.ZmqEndpointRole;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot.RetryReason;
import io.github.zmqmonitor.model.ZmqEndpointState;

/**
 * Long outages of connecting endpoints in words.
 */
final class Outages {

	private static final Duration LONG = Duration.ofSeconds(30);

	private Outages() {
	}

	/**
	 * Describe the outage of an endpoint.
	 * @return nothing if there is none, or none that is long
	 */
	static Optional<String> describe(ZmqEndpointSnapshot endpoint, Instant now) {
		Instant since = endpoint.awaySince();
		if (endpoint.role() != ZmqEndpointRole.CONNECT || since == null || isOver(endpoint)) {
			return Optional.empty();
		}
		Duration away = Duration.between(since, now);
		if (away.compareTo(LONG) < 0) {
			return Optional.empty();
		}
		return Optional
			.of("still no connection after " + Words.duration(away) + retries(endpoint) + ": " + cause(endpoint));
	}

	private static boolean isOver(ZmqEndpointSnapshot endpoint) {
		return endpoint.state() == ZmqEndpointState.CLOSED || endpoint.state() == ZmqEndpointState.FAILED;
	}

	private static String retries(ZmqEndpointSnapshot endpoint) {
		Long retries = endpoint.awayRetries();
		return (retries != null) ? Words.afterRetries(retries) : "";
	}

	private static String cause(ZmqEndpointSnapshot endpoint) {
		if (endpoint.state() == ZmqEndpointState.HANDSHAKING) {
			return "TCP is up, but the ZeroMQ handshake stands still: a frozen server, or another service at that port";
		}
		RetryReason reason = endpoint.retryReason();
		if (reason == null) {
			return (endpoint.state() == ZmqEndpointState.CONNECTING)
					? "the attempt has no answer yet: packets are dropped on the way, or the machine is down"
					: "why is not known";
		}
		return switch (reason) {
			case CONNECTION_LOST -> "no attempt has ended since the connection was lost";
			case REFUSED -> "each attempt is refused at once: nothing listens there";
			case NO_ANSWER -> "attempts stay without an answer: packets are dropped on the way, or the machine is down";
			case NO_ROUTE -> "no way leads there";
			case UNRESOLVED -> "the name of the host does not resolve";
			case LOCAL_ERROR ->
				"this host could not begin the attempt: it has no way there, or no descriptor or port" + " is left";
			case HANDSHAKE -> "TCP comes up, but no handshake succeeds: another service at that port, a proxy without"
					+ " a server behind it, or keys and passwords that don't match";
		};
	}

}
