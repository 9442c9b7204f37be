package io.github.zmqmonitor.internal.jeromq;

import java.util.Map;

import io.github.zmqmonitor.internal.state.Connection;
import io.github.zmqmonitor.internal.state.PeerView;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.internal.traffic.PipeCounts;
import io.github.zmqmonitor.internal.traffic.SocketDrops;
import io.github.zmqmonitor.internal.walk.ConnectionPicture;
import io.github.zmqmonitor.internal.walk.SubscriptionPicture;
import io.github.zmqmonitor.internal.walk.SubscriptionPicture.PeerTopics;
import io.github.zmqmonitor.model.ZmqPeerSnapshot;
import io.github.zmqmonitor.model.ZmqSocketSnapshot.Subscriptions;
import org.jspecify.annotations.Nullable;

/**
 * Describes connections as they were last seen.
 *
 * @param clock the clock of the monitor
 * @param connections what was seen, by channel
 * @param queues whether messages and queues may be shown
 * @param drops what the socket has dropped, {@code null} if that isn't counted
 * @param subscribed subscriptions, {@code null} if they weren't asked for or can't be
 * read
 */
record SeenPeers(MonitorClock clock, Map<Object, ConnectionPicture> connections, boolean queues,
		@Nullable SocketDrops drops, @Nullable SubscriptionPicture subscribed) implements PeerView {

	@Override
	public ZmqPeerSnapshot describe(Connection connection) {
		ConnectionPicture picture = this.connections.get(connection.channel());
		if (picture == null) {
			return new ZmqPeerSnapshot(connection.remote(), connection.local(),
					this.clock.instantAt(connection.since()), connection.zmtp(), connection.isReady(), null, null, null,
					null, null, null, TcpRow.of(connection, this.clock), null, null);
		}
		PipeCounts counts = this.queues ? picture.counts() : null;
		PeerTopics topics = (this.subscribed != null) ? this.subscribed.of(picture.pipe()) : null;
		return new ZmqPeerSnapshot(connection.remote(), connection.local(), this.clock.instantAt(connection.since()),
				(picture.zmtp() != null) ? picture.zmtp() : connection.zmtp(), connection.isReady(), picture.type(),
				picture.identity(), picture.user(), picture.mechanism(),
				(counts != null) ? DropCounter.INSTANCE.messages(counts, this.drops, picture.pipe(), true) : null,
				(counts != null) ? counts.queues() : null, TcpRow.of(connection, this.clock),
				(topics != null) ? topics.listed() : null,
				(topics != null && topics.omitted() > 0) ? (Integer) topics.omitted() : null);
	}

	@Override
	public @Nullable Subscriptions subscriptions() {
		return (this.subscribed != null) ? this.subscribed.all() : null;
	}

}
