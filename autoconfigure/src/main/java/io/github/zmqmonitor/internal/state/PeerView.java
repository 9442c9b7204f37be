package io.github.zmqmonitor.internal.state;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqPeerSnapshot;
import io.github.zmqmonitor.model.ZmqSocketSnapshot.Subscriptions;
import org.jspecify.annotations.Nullable;

/**
 * Describes connections.
 */
@FunctionalInterface
public interface PeerView {

	/** Describe a connection. Called without a lock. */
	ZmqPeerSnapshot describe(Connection connection);

	/**
	 * What the socket or its peers have subscribed to, {@code null} if that wasn't asked
	 * for or can't be read.
	 */
	default @Nullable Subscriptions subscriptions() {
		return null;
	}

	/**
	 * Add their connections to endpoints whose number of connections is known, the oldest
	 * first.
	 * @param limit how many to list per endpoint
	 */
	static List<ZmqEndpointSnapshot> addPeers(Map<EndpointTracker, ZmqEndpointSnapshot> endpoints,
			List<Connection> live, int limit, PeerView peers) {
		Map<EndpointTracker, List<Connection>> connections = new HashMap<>();
		live.sort(Comparator.comparingLong(Connection::since));
		live.forEach((connection) -> connections.computeIfAbsent(connection.endpoint(), (key) -> new ArrayList<>())
			.add(connection));
		List<ZmqEndpointSnapshot> shown = new ArrayList<>(endpoints.size());
		endpoints.forEach((endpoint, copy) -> {
			List<Connection> all = connections.getOrDefault(endpoint, List.of());
			shown.add((copy.connections() != null)
					? copy.withPeers(all.stream().limit(limit).map(peers::describe).toList(), all.size()) : copy);
		});
		return shown;
	}

}
