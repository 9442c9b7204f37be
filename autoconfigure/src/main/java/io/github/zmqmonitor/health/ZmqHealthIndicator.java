package io.github.zmqmonitor.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqErrorSnapshot;
import io.github.zmqmonitor.model.ZmqMonitorSnapshot;
import io.github.zmqmonitor.model.ZmqPeerSnapshot;
import io.github.zmqmonitor.model.ZmqPeerSnapshot.StallReason;
import io.github.zmqmonitor.model.ZmqSocketSnapshot;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Health of all monitored sockets.
 * <p>
 * DOWN when a bind endpoint has failed, when a connect endpoint is abandoned, or when one
 * has been away, or all its connections have stood still, for longer than a limit, if
 * there is one: by default a peer that is away is not this application's failure. UNKNOWN
 * without sockets, otherwise UP. Endpoints without events (inproc) don't count.
 */
public final class ZmqHealthIndicator extends AbstractHealthIndicator {

	private final ZmqMonitor monitor;

	private final @Nullable Duration disconnectedAfter;

	/**
	 * Create an indicator.
	 * @param monitor the monitor whose sockets count
	 * @param disconnectedAfter how long a connect endpoint may be without a connection,
	 * or {@code null} if it may for ever
	 */
	public ZmqHealthIndicator(ZmqMonitor monitor, @Nullable Duration disconnectedAfter) {
		super("ZeroMQ health check failed");
		this.monitor = monitor;
		this.disconnectedAfter = disconnectedAfter;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		ZmqMonitorSnapshot snapshot = this.monitor.snapshot();
		List<Map<String, Object>> bad = new ArrayList<>();
		int endpoints = 0;
		for (ZmqSocketSnapshot socket : snapshot.sockets()) {
			for (ZmqEndpointSnapshot endpoint : socket.endpoints()) {
				endpoints++;
				if (isBad(endpoint, snapshot.at())) {
					bad.add(describe(socket, endpoint));
				}
			}
		}
		if (snapshot.sockets().isEmpty()) {
			builder.unknown();
		}
		else if (bad.isEmpty()) {
			builder.up();
		}
		else {
			builder.down();
		}
		builder.withDetail("sockets", snapshot.sockets().size()).withDetail("endpoints", endpoints);
		if (!bad.isEmpty()) {
			builder.withDetail("failing", bad);
		}
	}

	private boolean isBad(ZmqEndpointSnapshot endpoint, Instant now) {
		return switch (endpoint.state()) {
			case FAILED, ABANDONED -> true;
			case CONNECTING, HANDSHAKING, DISCONNECTED, RETRYING -> isAwayTooLong(endpoint, now);
			case CONNECTED -> isStillTooLong(endpoint, now);
			default -> false;
		};
	}

	private boolean isAwayTooLong(ZmqEndpointSnapshot endpoint, Instant now) {
		Duration limit = this.disconnectedAfter;
		Instant since = endpoint.awaySince();
		return limit != null && since != null && Duration.between(since, now).compareTo(limit) > 0;
	}

	private boolean isStillTooLong(ZmqEndpointSnapshot endpoint, Instant now) {
		Duration limit = this.disconnectedAfter;
		List<ZmqPeerSnapshot> peers = ready(endpoint);
		return limit != null && !peers.isEmpty() && peers.stream().map(ZmqPeerSnapshot::tcp).allMatch((tcp) -> {
			Instant since = (tcp != null) ? tcp.stalledSince() : null;
			return since != null && Duration.between(since, now).compareTo(limit) > 0;
		});
	}

	private static List<ZmqPeerSnapshot> ready(ZmqEndpointSnapshot endpoint) {
		List<ZmqPeerSnapshot> peers = endpoint.peers();
		return (peers != null) ? peers.stream().filter(ZmqPeerSnapshot::ready).toList() : List.of();
	}

	private static @Nullable StallReason stalled(ZmqEndpointSnapshot endpoint) {
		for (ZmqPeerSnapshot peer : ready(endpoint)) {
			if (peer.tcp() != null && peer.tcp().stalled() != null) {
				return peer.tcp().stalled();
			}
		}
		return null;
	}

	private static Map<String, Object> describe(ZmqSocketSnapshot socket, ZmqEndpointSnapshot endpoint) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("socket", socket.name());
		details.put("endpoint", endpoint.endpoint());
		details.put("state", endpoint.state().id());
		if (endpoint.since() != null) {
			details.put("since", endpoint.since());
		}
		StallReason stalled = stalled(endpoint);
		if (stalled != null) {
			details.put("stalled", stalled.id());
		}
		ZmqErrorSnapshot error = endpoint.lastError();
		if (error != null) {
			details.put("lastError", error.operation() + ": " + error.error());
		}
		return details;
	}

}
