package io.github.zmqmonitor.internal.state;

import java.util.Map;
import java.util.function.Function;

import io.github.zmqmonitor.internal.history.PeerDetails;
import io.github.zmqmonitor.internal.kernel.KernelConnection;
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

	SocketReports(SocketTracker socket, SocketEndpoints endpoints, ConnectionTable connections, SocketEvents events,
			MonitorClock clock) {
		this.socket = socket;
		this.endpoints = endpoints;
		this.connections = connections;
		this.events = events;
		this.clock = clock;
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
				endpoint.attemptFailed(reason, this.clock.nanoTime());
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
	 */
	public void confirm(Function<Object, @Nullable PeerDetails> seen) {
		synchronized (this.socket) {
			long now = this.clock.nanoTime();
			for (Connection connection : this.connections.copy()) {
				PeerDetails details = seen.apply(connection.channel());
				if (details != null) {
					connection.seen(details);
					if (details.ready() && !connection.isReady()) {
						this.events.ready(connection, now);
					}
				}
			}
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
	 * Whether an endpoint has been silent for so long that the library has given it up,
	 * or is slow: its own objects can tell.
	 */
	public boolean isInDoubt() {
		synchronized (this.socket) {
			long now = this.clock.nanoTime();
			for (EndpointTracker endpoint : this.endpoints.connects().all()) {
				if (endpoint.isInDoubt(now)) {
					return true;
				}
			}
			return false;
		}
	}

	/**
	 * The library's own objects say what it still tries to connect.
	 * @param owners whether it does, by the object that fires an endpoint's events
	 * @param written the same by the endpoint as the application wrote it
	 * @param time when that was looked at, in nanoseconds of the monitor's clock
	 */
	public void confirmAttempts(Map<Object, Boolean> owners, Map<String, Boolean> written, long time) {
		synchronized (this.socket) {
			Map<EndpointTracker, Object> known = this.endpoints.connects().owners();
			for (EndpointTracker endpoint : this.endpoints.connects().all()) {
				Object owner = known.get(endpoint);
				Boolean trying = (owner != null) ? owners.get(owner) : written.get(endpoint.endpoint());
				if (trying != null) {
					endpoint.confirmAttempts(trying, time);
				}
			}
		}
	}

}
