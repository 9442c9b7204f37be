package io.github.zmqmonitor.internal.state;

import java.util.Map;
import java.util.function.Function;

import io.github.zmqmonitor.internal.history.Attempts;
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
		synchronized (this.socket) {
			long now = this.clock.nanoTime();
			boolean vague = this.rules.isVague();
			boolean open = false;
			for (Connection connection : this.connections.copy()) {
				PeerDetails details = seen.apply(connection.channel());
				if (details != null) {
					connection.seen(details);
					if (vague && !connection.isSettled()) {
						settle(connection, details.ready(), written.apply(connection.channel()), now);
					}
					if (details.ready() && !connection.isReady()) {
						this.events.ready(connection, now);
					}
				}
				open |= vague && !connection.isSettled();
			}
			this.events.lookedAt(open);
		}
	}

	private void settle(Connection connection, boolean ready, @Nullable String written, long now) {
		EndpointTracker before = connection.endpoint();
		EndpointTracker owner = (written != null) ? this.endpoints.connects().written(written) : null;
		if (owner != null && owner != before) {
			before.connectionMoved(connection);
			owner.connectionArrived(connection, now);
		}
		connection.endpoint().connectionLocated(connection);
		if (ready) {
			connection.settle();
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
		synchronized (this.socket) {
			for (Connection connection : this.connections.copy()) {
				KernelConnection kernel = connection.isOpen() ? found.apply(connection) : null;
				connection.endpoint().connections().measured(connection, kernel, now);
			}
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
