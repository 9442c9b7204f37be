package io.github.zmqmonitor.internal.state;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import io.github.zmqmonitor.internal.history.EndedConnections;
import io.github.zmqmonitor.internal.history.RecentEvents;
import io.github.zmqmonitor.internal.rules.EventValues;
import io.github.zmqmonitor.internal.state.EndpointTotals.MeasuredDuration.Timing;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqSocketEvent.EndReason;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a socket by their channel, whose identity is the only certain key.
 * Guarded by the {@link SocketTracker}.
 */
final class ConnectionTable {

	private static final int SWEEP_MINIMUM = 64;

	private static final int STRAYS = 8;

	private static final @Nullable Object[] NONE = {};

	private final Map<Object, Connection> connections = new IdentityHashMap<>(2);

	private @Nullable Object @Nullable [] strays;

	private final DurationQueue durations;

	private final RecentEvents recent;

	private final EndedConnections ended = new EndedConnections();

	private boolean reported = true;

	private int nextStray;

	private @Nullable Object[] early = NONE;

	private int nextEarly;

	private int sweepAt = SWEEP_MINIMUM;

	/**
	 * An empty table.
	 * @param recent where ends by this side are noted, of which no event tells
	 */
	ConnectionTable(DurationQueue durations, RecentEvents recent) {
		this.durations = durations;
		this.recent = recent;
	}

	@Nullable Connection find(Object channel) {
		return this.connections.get(channel);
	}

	boolean contains(Object channel) {
		return this.connections.containsKey(channel);
	}

	Connection open(Object channel, EndpointTracker endpoint, boolean located, long now) {
		if (this.connections.size() >= this.sweepAt) {
			sweep(now);
			this.sweepAt = Math.max(SWEEP_MINIMUM, 2 * this.connections.size());
		}
		Connection connection = new Connection(channel, endpoint, located, now);
		this.connections.put(channel, connection);
		return connection;
	}

	/**
	 * Take a connection off the table whose end was told, and remember the channel if
	 * there is none.
	 */
	@Nullable Connection end(Object channel) {
		Connection connection = this.connections.remove(channel);
		if (connection == null && strayIndex(channel) < 0) {
			remember(channel);
		}
		return connection;
	}

	private void remember(Object channel) {
		if (this.strays == null) {
			this.strays = new Object[STRAYS];
		}
		this.strays[this.nextStray++ % STRAYS] = channel;
	}

	/**
	 * Whether the end of a connection was told already: with several I/O threads that can
	 * come before its begin.
	 */
	boolean hasEnded(Object channel) {
		@Nullable Object @Nullable [] strays = this.strays;
		int index = strayIndex(channel);
		if (strays != null && index >= 0) {
			strays[index] = null;
		}
		return index >= 0;
	}

	private int strayIndex(Object channel) {
		@Nullable Object @Nullable [] strays = this.strays;
		for (int i = 0; strays != null && i < STRAYS; i++) {
			if (strays[i] == channel) {
				return i;
			}
		}
		return -1;
	}

	/**
	 * Take connections that were closed on this side, of which no event tells, off the
	 * table.
	 */
	void sweep(long now) {
		for (Iterator<Connection> iterator = this.connections.values().iterator(); iterator.hasNext();) {
			Connection connection = iterator.next();
			if (!connection.isOpen()) {
				iterator.remove();
				closedLocally(connection, now);
				note(connection, now);
			}
		}
	}

	/** All connections have ended with their socket. */
	void endAll(long now) {
		for (Connection connection : this.connections.values()) {
			closedLocally(connection, now);
		}
		this.connections.clear();
	}

	private void closedLocally(Connection connection, long now) {
		if (this.reported && connection.endReason() == null) {
			connection.endsBecause(EndReason.LOCAL, null);
		}
		closed(connection, true, now);
	}

	private void note(Connection connection, long now) {
		EndReason reason = connection.endReason();
		if (reason != null) {
			String address = connection.endpoint().address();
			this.recent.add(now, ZmqEventType.DISCONNECTED, (address != null) ? address : "",
					EventValues.ofEnd(reason));
			this.recent.lastIsOf(connection.remoteAddress(), connection.identity());
		}
	}

	/** A connection that is off the table has ended. */
	void closed(Connection connection, boolean locally, long now) {
		EndpointTracker endpoint = connection.endpoint();
		endpoint.connectionClosed(connection, locally, now);
		this.durations.add(endpoint, Timing.CONNECTION_DURATION, connection.age(now));
		this.ended.add(endpoint.endpoint(), connection.isAccepted(), connection.progress(), connection.remoteAddress(),
				connection.since(), now, connection.endReason(), connection.details());
	}

	/**
	 * Events no longer arrive, or not all: an end without an event can be anybody's.
	 */
	void unreported() {
		this.reported = false;
	}

	EndedConnections ended() {
		return this.ended;
	}

	/**
	 * Why the connection of a channel ends, {@code null} if that isn't known.
	 */
	@Nullable EndReason endReason(@Nullable Object channel) {
		Connection connection = (channel != null) ? this.connections.get(channel) : null;
		return (connection != null) ? connection.endReason() : null;
	}

	/**
	 * A connection was ended by this side, though its channel can still be open.
	 */
	void closedLocally(Object channel, long now) {
		Connection connection = this.connections.remove(channel);
		if (connection != null) {
			closedLocally(connection, now);
			note(connection, now);
		}
	}

	/** Remember that a connection was ready before its begin was reported. */
	void readyEarly(Object channel) {
		if (this.early == NONE) {
			this.early = new Object[STRAYS];
		}
		this.early[this.nextEarly++ % STRAYS] = channel;
	}

	/** Whether a connection was ready before its begin was reported. */
	boolean wasReadyEarly(Object channel) {
		for (int i = 0; i < this.early.length; i++) {
			if (this.early[i] == channel) {
				this.early[i] = null;
				return true;
			}
		}
		return false;
	}

	/** The application has given the connections of an endpoint up. */
	void leave(EndpointTracker endpoint) {
		for (Connection connection : this.connections.values()) {
			if (connection.endpoint() == endpoint) {
				connection.leave(true);
			}
		}
	}

	/**
	 * Whether the library's own objects agree on all of them.
	 */
	boolean areSettled() {
		for (Connection connection : this.connections.values()) {
			if (!connection.isSettled()) {
				return false;
			}
		}
		return true;
	}

	List<Connection> copy() {
		return new ArrayList<>(this.connections.values());
	}

	int size() {
		return this.connections.size();
	}

}
