package io.github.zmqmonitor.internal.jeromq;

import java.nio.channels.SelectableChannel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.github.zmqmonitor.internal.diagnostics.SocketFacts;
import io.github.zmqmonitor.internal.diagnostics.SocketFacts.Exchange;
import io.github.zmqmonitor.internal.history.Attempts;
import io.github.zmqmonitor.internal.history.PeerDetails;
import io.github.zmqmonitor.internal.registry.SocketRegistry;
import io.github.zmqmonitor.internal.state.PeerView;
import io.github.zmqmonitor.internal.state.SocketTracker;
import io.github.zmqmonitor.internal.support.Addresses;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.internal.support.ReadingBudget;
import io.github.zmqmonitor.internal.traffic.PipeCounts;
import io.github.zmqmonitor.internal.traffic.SocketDrops;
import io.github.zmqmonitor.internal.walk.ConnectionPicture;
import io.github.zmqmonitor.internal.walk.SocketPicture;
import io.github.zmqmonitor.internal.walk.SocketPicture.EndpointPicture;
import io.github.zmqmonitor.internal.walk.SocketWalk;
import io.github.zmqmonitor.model.ZmqEndpointRole;
import org.jspecify.annotations.Nullable;
import zmq.SocketBase;

/**
 * Looks at JeroMQ's own objects when somebody reads, at most every 250 ms, and corrects
 * what events could not say. Safe for use by any thread.
 */
final class PictureReader {

	private static final long AGE = TimeUnit.MILLISECONDS.toNanos(250);

	private final SocketBase base;

	private final SocketRegistry registry;

	private final ReadingBudget.Breaker breaker;

	private final boolean queues;

	private final @Nullable SocketDrops drops;

	private volatile Map<Object, ConnectionPicture> connections = Map.of();

	private volatile long readAt;

	private volatile boolean discovering;

	/**
	 * Create a reader.
	 * @param queues whether messages and queues may be shown
	 * @param drops what the socket has dropped, {@code null} if that isn't counted
	 */
	PictureReader(SocketBase base, SocketRegistry registry, ReadingBudget.Breaker breaker, boolean queues,
			@Nullable SocketDrops drops) {
		this.queues = queues;
		this.drops = drops;
		this.base = base;
		this.registry = registry;
		this.breaker = breaker;
		this.readAt = registry.clock().nanoTime() - AGE;
	}

	/** Look at once if events have left open what is to be known before it is over. */
	void settle(SocketTracker tracker) {
		if (tracker.reports().isVague()) {
			this.readAt = this.registry.clock().nanoTime() - AGE;
			refresh(tracker);
		}
	}

	/** Look, unless that was done a moment ago. */
	void refresh(SocketTracker tracker) {
		long now = this.registry.clock().nanoTime();
		if (now - this.readAt < AGE) {
			return;
		}
		this.readAt = now;
		if (!this.breaker.allows(now)) {
			this.connections = Map.of();
			return;
		}
		look(tracker, now);
		this.breaker.ended(now);
	}

	private void look(SocketTracker tracker, long now) {
		SocketPicture picture = SocketWalk.read(this.base);
		if (picture == null) {
			return;
		}
		if (this.discovering) {
			this.discovering = false;
			picture.endpoints().forEach((endpoint) -> found(tracker, endpoint));
		}
		boolean vague = tracker.identity().rules().isVague();
		Map<Object, ConnectionPicture> connections = picture.connections();
		this.connections = connections;
		tracker.reports().confirm((channel) -> {
			ConnectionPicture connection = connections.get(channel);
			return (connection != null) ? details(connection, false) : null;
		}, vague ? picture.connectedBy()::get : (channel) -> null);
		confirmAttempts(tracker, picture, vague, now);
	}

	private static void confirmAttempts(SocketTracker tracker, SocketPicture picture, boolean vague, long now) {
		Map<Object, Attempts> owners = new IdentityHashMap<>();
		Map<String, Attempts> written = new HashMap<>();
		for (EndpointPicture endpoint : picture.endpoints()) {
			if (!endpoint.bound()) {
				String address = (vague && Addresses.hasName(endpoint.key())) ? SocketWalk.address(endpoint.owner())
						: null;
				Attempts attempts = new Attempts(!endpoint.abandoned(), endpoint.waiting(), address);
				owners.put(endpoint.owner(), attempts);
				written.merge(endpoint.key(), attempts, Attempts::and);
			}
		}
		tracker.reports().confirmAttempts(owners, written, now);
	}

	/**
	 * What a connection leaves when it ends. The queues of a connecting endpoint outlive
	 * it, so that their counts are not its own.
	 * @param last whether nothing follows
	 */
	PeerDetails details(ConnectionPicture connection, boolean last) {
		PipeCounts counts = (this.queues && connection.accepted()) ? connection.counts() : null;
		return new PeerDetails(connection.ready(), connection.type(), connection.identity(), connection.user(),
				(counts != null) ? DropCounter.INSTANCE.messages(counts, this.drops, connection.pipe(), last) : null);
	}

	/**
	 * Take the endpoints that are there already, now or as soon as they can be read.
	 */
	void discover(SocketTracker tracker) {
		this.discovering = true;
		this.readAt = this.registry.clock().nanoTime() - AGE;
		refresh(tracker);
	}

	private void found(SocketTracker tracker, EndpointPicture endpoint) {
		ZmqEndpointRole role = endpoint.bound() ? ZmqEndpointRole.BIND : ZmqEndpointRole.CONNECT;
		List<Object> channels = endpoint.connections().stream().map(ConnectionPicture::channel).toList();
		this.registry.found(tracker.calls()
			.found(endpoint.key(), endpoint.bound() ? endpoint.key() : null, role, endpoint.owner(), channels));
	}

	/**
	 * What is sure. A connection that was ready and is still open was so all the while:
	 * several of them at the same time. A peer that the socket has no identity for, while
	 * another has the one that it calls itself by, is not heard.
	 * @param exchange what is wrong with requests and replies, {@code null} for nothing
	 */
	SocketFacts facts(SocketTracker tracker, @Nullable Exchange exchange) {
		boolean refuses = SocketWalk.refusesSameIdentity(this.base);
		if (!refuses && !"PAIR".equals(tracker.identity().type())) {
			return new SocketFacts(SocketWalk.isUnsubscribed(this.base), 0, false, exchange);
		}
		refresh(tracker);
		Set<String> known = new HashSet<>();
		Set<String> unknown = new HashSet<>();
		int ready = 0;
		for (ConnectionPicture connection : this.connections.values()) {
			if (connection.ready() && connection.channel() instanceof SelectableChannel channel && channel.isOpen()) {
				ready++;
				String identity = connection.identity();
				Object pipe = connection.pipe();
				if (refuses && identity != null && pipe != null) {
					String given = SocketWalk.identity(pipe);
					if (given == null) {
						unknown.add(identity);
					}
					else if (given.equals(identity)) {
						known.add(identity);
					}
				}
			}
		}
		unknown.retainAll(known);
		return new SocketFacts(null, ready, !unknown.isEmpty(), exchange);
	}

	/**
	 * Describes connections as they were last seen.
	 * @param detail whether to say what they have subscribed to
	 */
	PeerView peers(MonitorClock clock, boolean detail) {
		return new SeenPeers(clock, this.connections, this.queues, this.drops,
				detail ? SocketWalk.subscriptions(this.base) : null);
	}

}
