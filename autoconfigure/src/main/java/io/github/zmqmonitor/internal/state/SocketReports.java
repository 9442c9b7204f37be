package io.github.zmqmonitor.internal.state;

import java.util.Map;
import java.util.function.Predicate;

import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot.RetryReason;
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
	 * A connection is about to end, not by our own doing. Called on I/O threads.
	 * @param reason the library's word for it
	 */
	public void ending(Object channel, String reason) {
		synchronized (this.socket) {
			Connection connection = this.connections.find(channel);
			if (connection != null) {
				connection.endsBecause(reason);
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
	 * The library's own objects say which connections are ready.
	 */
	public void confirmReady(Predicate<Object> ready) {
		synchronized (this.socket) {
			long now = this.clock.nanoTime();
			for (Connection connection : this.connections.copy()) {
				if (!connection.isReady() && ready.test(connection.channel())) {
					this.events.ready(connection, now);
				}
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
			for (EndpointTracker endpoint : this.endpoints.connects().all()) {
				Object owner = this.endpoints.connects().ownerOf(endpoint);
				Boolean trying = (owner != null) ? owners.get(owner) : written.get(endpoint.endpoint());
				if (trying != null) {
					endpoint.confirmAttempts(trying, time);
				}
			}
		}
	}

}
