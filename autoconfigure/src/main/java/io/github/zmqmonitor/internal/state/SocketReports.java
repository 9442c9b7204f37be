package io.github.zmqmonitor.internal.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

import io.github.zmqmonitor.internal.history.Attempts;
import io.github.zmqmonitor.internal.history.Backlog;
import io.github.zmqmonitor.internal.history.PeerDetails;
import io.github.zmqmonitor.internal.kernel.KernelConnection;
import io.github.zmqmonitor.internal.rules.SocketRules;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot.RetryReason;
import io.github.zmqmonitor.model.ZmqSocketEvent.EndReason;
import org.jspecify.annotations.Nullable;

/**
 * What the library says of a socket's connections beyond its events, under the one lock
 * of its {@link SocketTracker}. Safe for use by any thread.
 */
public final class SocketReports {

	/** How many connections are looked at under the lock at a time. */
	private static final int BATCH = 64;

	private final SocketTracker socket;

	private final SocketEndpoints endpoints;

	private final ConnectionTable connections;

	private final SocketEvents events;

	private final MonitorClock clock;

	private final SocketRules rules;

	SocketReports(SocketTracker socket, SocketEndpoints endpoints, ConnectionTable connections, SocketEvents events,
			MonitorClock clock) {
		this.socket = socket;
		this.endpoints = endpoints;
		this.connections = connections;
		this.events = events;
		this.clock = clock;
		this.rules = socket.identity().rules();
	}

	/**
	 * An attempt to connect has failed. Called on I/O threads, before the events that
	 * follow.
	 * @param owner the object of the library that makes the attempt
	 */
	public void attemptFailed(Object owner, RetryReason reason) {
		synchronized (this.socket) {
			EndpointTracker endpoint = this.endpoints.connects().ownedBy(owner);
			if (endpoint != null) {
				endpoint.attemptFailed(reason);
			}
		}
	}

	/**
	 * A connection is about to end, not by the application's doing. Called on I/O
	 * threads.
	 * @param details what is seen of its peer, {@code null} if nothing is
	 */
	public void ending(Object channel, EndReason reason, @Nullable PeerDetails details) {
		synchronized (this.socket) {
			Connection connection = this.connections.find(channel);
			if (connection != null) {
				connection.endsBecause(reason, details);
			}
		}
	}

	/**
	 * A connection was ended by this side, though its channel can still be open. Called
	 * on I/O threads.
	 */
	public void closedLocally(Object channel) {
		synchronized (this.socket) {
			this.connections.closedLocally(channel, this.clock.nanoTime());
		}
	}

	/**
	 * The library's own objects say what their peers are and which connections are ready.
	 * @param seen what is seen of the connection of a channel, {@code null} for nothing
	 * @param written the endpoint that has connected a channel, as the application wrote
	 * it, {@code null} if none has
	 */
	public void confirm(Function<Object, @Nullable PeerDetails> seen, Function<Object, @Nullable String> written) {
		boolean vague = this.rules.isVague();
		inBatches((connection) -> seen.apply(connection.channel()), (connection, details) -> {
			if (details != null) {
				connection.seen(details);
				if (vague && !connection.isSettled()) {
					settle(connection, details.ready(), written.apply(connection.channel()));
				}
				if (details.ready() && !connection.isReady()) {
					this.events.ready(connection, this.clock.nanoTime());
				}
			}
		});
		synchronized (this.socket) {
			this.events.lookedAt(vague && !this.connections.areSettled());
		}
	}

	/**
	 * Find something out about each connection, and apply it to those that still live,
	 * under the lock. No I/O thread ever waits for more than a batch.
	 */
	private <T> void inBatches(Function<Connection, @Nullable T> find, BiConsumer<Connection, @Nullable T> apply) {
		List<Connection> live;
		synchronized (this.socket) {
			live = this.connections.copy();
		}
		for (int from = 0; from < live.size(); from += BATCH) {
			List<Connection> batch = live.subList(from, Math.min(from + BATCH, live.size()));
			List<@Nullable T> found = new ArrayList<>(batch.size());
			for (Connection connection : batch) {
				found.add(find.apply(connection));
			}
			synchronized (this.socket) {
				for (int i = 0; i < batch.size(); i++) {
					Connection connection = batch.get(i);
					if (this.connections.find(connection.channel()) == connection) {
						apply.accept(connection, found.get(i));
					}
				}
			}
		}
	}

	private void settle(Connection connection, boolean ready, @Nullable String written) {
		EndpointTracker before = connection.endpoint();
		EndpointTracker owner = (written != null) ? this.endpoints.connects().written(written) : null;
		if (owner != null && owner != before) {
			before.connectionMoved(connection);
			owner.connectionArrived(connection);
		}
		connection.endpoint().connectionLocated(connection);
		if (ready) {
			this.events.settled(connection);
		}
		else if (connection.isReady() && !this.socket.identity().isReadyAtOnce()) {
			connection.endpoint().connectionUnready(connection);
		}
	}

	/**
	 * The kernel says what it knows of connections.
	 * @param found what it says of one, {@code null} for nothing
	 * @param now when it was asked, in nanoseconds of the monitor's clock
	 */
	public void measured(Function<Connection, @Nullable KernelConnection> found, long now) {
		inBatches((connection) -> connection.isOpen() ? found.apply(connection) : null,
				(connection, kernel) -> connection.endpoint().connections().measured(connection, kernel, now));
	}

	/** The addresses at which the socket listens. */
	public List<String> listeners() {
		synchronized (this.socket) {
			List<String> addresses = new ArrayList<>(1);
			for (EndpointTracker endpoint : this.endpoints.binds().all()) {
				addresses.addAll(endpoint.listeners().addresses());
			}
			return addresses;
		}
	}

	/**
	 * The kernel says how many connections wait to be accepted.
	 * @param found how many do at an address, {@code null} if that isn't known
	 * @param now when it was asked, in nanoseconds of the monitor's clock
	 */
	public void waiting(Function<String, @Nullable Long> found, long now) {
		synchronized (this.socket) {
			for (EndpointTracker endpoint : this.endpoints.binds().all()) {
				long waiting = 0;
				for (String address : endpoint.listeners().addresses()) {
					Long known = found.apply(address);
					waiting += (known != null) ? known : 0;
				}
				endpoint.listeners().waiting(waiting, endpoint.connections().opened(), now);
			}
		}
	}

	/** What waits to be accepted, by the endpoint as the application wrote it. */
	public Map<String, Backlog> backlogs() {
		synchronized (this.socket) {
			Map<String, Backlog> backlogs = new LinkedHashMap<>();
			for (EndpointTracker endpoint : this.endpoints.binds().all()) {
				Backlog backlog = endpoint.listeners().backlog();
				if (backlog != null && backlog.waiting() > 0) {
					backlogs.put(endpoint.endpoint(), backlog);
				}
			}
			return backlogs;
		}
	}

	/**
	 * Whether it can't be said of each connection whose it is and whether it is ready.
	 */
	public boolean isVague() {
		synchronized (this.socket) {
			return this.events.isVague();
		}
	}

	/**
	 * Whether there is something that the library's own objects can tell: whose a
	 * connection is or whether it is ready; whether an endpoint that has been silent for
	 * long was given up.
	 */
	public boolean isInDoubt() {
		synchronized (this.socket) {
			long now = this.clock.nanoTime();
			for (EndpointTracker endpoint : this.endpoints.connects().all()) {
				if (endpoint.outage().isSilentFor(this.socket.abandonedAfter(), now)) {
					return true;
				}
			}
			return this.events.isVague();
		}
	}

	/**
	 * The library's own objects say what it still tries to connect.
	 * @param owners what it does, by the object that fires an endpoint's events
	 * @param written the same by the endpoint as the application wrote it
	 * @param time when that was looked at, in nanoseconds of the monitor's clock
	 */
	public void confirmAttempts(Map<Object, Attempts> owners, Map<String, Attempts> written, long time) {
		synchronized (this.socket) {
			Map<EndpointTracker, Object> known = this.endpoints.connects().owners();
			for (EndpointTracker endpoint : this.endpoints.connects().all()) {
				Object owner = known.get(endpoint);
				Attempts attempts = (owner != null) ? owners.get(owner) : written.get(endpoint.endpoint());
				if (attempts != null) {
					confirm(endpoint, attempts, time);
				}
			}
		}
	}

	private void confirm(EndpointTracker endpoint, Attempts attempts, long time) {
		String address = attempts.address();
		if (address != null && !address.equals(endpoint.address())) {
			this.endpoints.connects().remap(address, endpoint);
		}
		endpoint.confirmAttempts(attempts.trying(), attempts.waiting(), time);
	}

}
