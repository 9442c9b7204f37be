package io.github.zmqmonitor.internal.registry;

import java.util.List;

import io.github.zmqmonitor.internal.diagnostics.SocketFacts;
import io.github.zmqmonitor.internal.diagnostics.SocketOptions;
import io.github.zmqmonitor.internal.state.PeerView;
import io.github.zmqmonitor.internal.state.SocketTracker;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.internal.traffic.SocketDrops;
import io.github.zmqmonitor.internal.traffic.TrafficTotals;
import io.github.zmqmonitor.internal.traffic.TrafficView;
import io.github.zmqmonitor.model.ZmqPeerSnapshot;
import io.github.zmqmonitor.model.ZmqSocketSnapshot.UnroutableIdentity;
import org.jspecify.annotations.Nullable;

/**
 * What can be read of a socket beyond its events. By default that is nothing: so it is
 * with sockets of other processes. Safe for use by any thread.
 */
public interface SocketReadings {

	/** Nothing can be read. */
	SocketReadings NONE = new SocketReadings() {
	};

	/**
	 * Read anew, unless that was done a moment ago.
	 * @param tracker what events say of the socket
	 */
	default void refresh(SocketTracker tracker) {
	}

	/**
	 * Messages and queues as last read, {@code null} if they can't be read.
	 */
	default @Nullable TrafficTotals traffic() {
		return null;
	}

	/**
	 * The messages that were dropped, {@code null} if they aren't counted.
	 */
	default @Nullable SocketDrops drops() {
		return null;
	}

	/**
	 * The identities that messages were last sent to and nobody had, {@code null} if
	 * there are none or they aren't known.
	 */
	default @Nullable List<UnroutableIdentity> unroutable() {
		return null;
	}

	/**
	 * Messages and queues for users.
	 * @param detail whether to list the fullest queues
	 */
	default @Nullable TrafficView trafficView(boolean detail) {
		return null;
	}

	/**
	 * What describes connections.
	 * @param detail whether to say what they have subscribed to
	 */
	default PeerView peers(MonitorClock clock, boolean detail) {
		return (connection) -> ZmqPeerSnapshot.of(connection.remote(), connection.local(),
				clock.instantAt(connection.since()), connection.zmtp(), connection.isReady());
	}

	/**
	 * The options, {@code null} if they can't be read.
	 */
	default @Nullable SocketOptions options() {
		return null;
	}

	/**
	 * What the library's own objects say for sure, {@code null} if they can't be read.
	 */
	default @Nullable SocketFacts facts(SocketTracker tracker) {
		return null;
	}

	/** Whether the socket has ended without an event. */
	default boolean hasVanished(SocketTracker tracker) {
		return false;
	}

	/** The socket has ended: take what it has counted. */
	default void finish() {
	}

}
