package io.github.zmqmonitor.internal.jeromq;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.zmqmonitor.internal.registry.SocketRegistry;
import io.github.zmqmonitor.internal.state.PeerView;
import io.github.zmqmonitor.internal.state.SocketTracker;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.internal.support.ReadingBudget;
import io.github.zmqmonitor.internal.traffic.PipeCounts;
import io.github.zmqmonitor.internal.walk.ConnectionPicture;
import io.github.zmqmonitor.internal.walk.EndpointPicture;
import io.github.zmqmonitor.internal.walk.SocketPicture;
import io.github.zmqmonitor.internal.walk.SocketWalk;
import io.github.zmqmonitor.model.ZmqEndpointRole;
import io.github.zmqmonitor.model.ZmqMessages;
import io.github.zmqmonitor.model.ZmqPeerSnapshot;
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

	private volatile Map<Object, ConnectionPicture> connections = Map.of();

	private volatile long readAt;

	private volatile boolean discovering;

	PictureReader(SocketBase base, SocketRegistry registry, ReadingBudget.Breaker breaker) {
		this.base = base;
		this.registry = registry;
		this.breaker = breaker;
		this.readAt = registry.clock().nanoTime() - AGE;
	}

	/**
	 * Look, unless that was done a moment ago.
	 */
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
		look(tracker);
		this.breaker.ended(now);
	}

	private void look(SocketTracker tracker) {
		SocketPicture picture = SocketWalk.read(this.base);
		if (picture == null) {
			return;
		}
		if (this.discovering) {
			this.discovering = false;
			picture.endpoints().forEach((endpoint) -> found(tracker, endpoint));
		}
		Map<Object, ConnectionPicture> connections = picture.connections();
		this.connections = connections;
		tracker.confirmReady((channel) -> {
			ConnectionPicture connection = connections.get(channel);
			return connection != null && connection.ready();
		});
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
	 * Describes connections as they were last seen.
	 * @param queues whether messages and queues may be shown
	 */
	PeerView peers(MonitorClock clock, boolean queues) {
		Map<Object, ConnectionPicture> connections = this.connections;
		return (connection) -> {
			ConnectionPicture picture = connections.get(connection.channel());
			if (picture == null) {
				return ZmqPeerSnapshot.of(connection.remote(), connection.local(), clock.instantAt(connection.since()),
						connection.zmtp(), connection.isReady());
			}
			PipeCounts counts = queues ? picture.counts() : null;
			return new ZmqPeerSnapshot(connection.remote(), connection.local(), clock.instantAt(connection.since()),
					first(picture.zmtp(), connection.zmtp()), connection.isReady(), picture.type(), picture.identity(),
					picture.user(), picture.mechanism(),
					(counts != null) ? new ZmqMessages(counts.written(), counts.read()) : null,
					(counts != null) ? counts.queues() : null);
		};
	}

	private static @Nullable String first(@Nullable String one, @Nullable String other) {
		return (one != null) ? one : other;
	}

}
