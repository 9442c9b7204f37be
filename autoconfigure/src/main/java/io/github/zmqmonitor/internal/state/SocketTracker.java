package io.github.zmqmonitor.internal.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.zmqmonitor.internal.history.ShortConnection;
import io.github.zmqmonitor.internal.history.RecentEvents;
import io.github.zmqmonitor.internal.rules.Refusal;
import io.github.zmqmonitor.internal.rules.SocketIdentity;
import io.github.zmqmonitor.internal.state.EndpointTotals.MeasuredDuration;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqEventSnapshot;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqMonitorSettings;
import io.github.zmqmonitor.model.ZmqOrigin;
import io.github.zmqmonitor.model.ZmqSocketSnapshot.EndedConnection;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one socket: the only way in for events and calls, each applied once
 * under one lock that is held for a few instructions or for one copy. Calls nobody that
 * can block. Safe for use by any thread.
 */
public final class SocketTracker {

	private static final long SWEEP_AGE = TimeUnit.MILLISECONDS.toNanos(50);

	private static final long NAMING = TimeUnit.SECONDS.toNanos(1);

	private final SocketIdentity identity;

	private final MonitorClock clock;

	private final long abandonedAfter;

	private final TrackerObserver observer;

	private final long createdAt;

	private final SocketEndpoints endpoints;

	private final DurationQueue durations = new DurationQueue();

	private final RecentEvents recent;

	private final ConnectionTable connections;

	private final SocketCalls calls;

	private final SocketReports reports;

	private final EventOutcome outcome = new EventOutcome(this);

	private final SocketEvents events;

	private volatile String name;

	private volatile boolean named;

	private volatile @Nullable String mechanism;

	private volatile boolean attached = true;

	private volatile boolean complete = true;

	private volatile boolean ended;

	private long sweptAt;

	public SocketTracker(SocketIdentity identity, String name, ZmqMonitorSettings settings, MonitorClock clock,
			TrackerObserver observer) {
		this.identity = identity;
		this.name = name;
		this.clock = clock;
		this.abandonedAfter = settings.abandonedAfter().toNanos();
		this.observer = observer;
		this.createdAt = clock.nanoTime();
		this.endpoints = new SocketEndpoints(this, observer);
		this.recent = new RecentEvents(settings.recentEvents(), identity.values());
		this.connections = new ConnectionTable(this.durations, this.recent);
		this.events = new SocketEvents(identity, this.endpoints, this.connections, this.durations, this.outcome);
		this.calls = new SocketCalls(this, this.endpoints, this.connections, this.events);
		this.reports = new SocketReports(this, this.endpoints, this.connections, this.events, clock);
		this.sweptAt = this.createdAt - SWEEP_AGE;
	}

	public SocketIdentity identity() {
		return this.identity;
	}

	public String name() {
		return this.name;
	}

	public void rename(String name) {
		this.name = name;
		this.named = true;
	}

	/** Whether it is so young that its bean may still have to give it its name. */
	public boolean awaitsName() {
		return !this.named && this.identity.origin() == ZmqOrigin.JVM && now() - this.createdAt < NAMING;
	}

	/** The security mechanism of the socket, {@code null} if it isn't known. */
	public @Nullable String mechanism() {
		return this.mechanism;
	}

	public void secured(String mechanism) {
		this.mechanism = mechanism;
	}

	/** When monitoring began, in nanoseconds of the monitor's clock. */
	public long createdAt() {
		return this.createdAt;
	}

	/** Whether events still arrive. */
	public boolean isAttached() {
		return this.attached;
	}

	public boolean hasEnded() {
		return this.ended;
	}

	long abandonedAfter() {
		return this.abandonedAfter;
	}

	/** The number of connections kept, live or not yet swept. */
	public synchronized int size() {
		return this.connections.size();
	}

	/** The connection of a channel, {@code null} if there is none. */
	public synchronized @Nullable Connection find(Object channel) {
		return this.connections.find(channel);
	}

	/**
	 * Apply an event. Called on I/O threads.
	 * @param number the argument of an event that carries a number, 0 otherwise
	 * @param channel the channel that the event is about, if it is known
	 * @param owner the object of the library that fires it, if it is known
	 */
	public void record(int code, @Nullable String eventAddress, int number, @Nullable Object channel,
			@Nullable Object owner) {
		ZmqEventType type = ZmqEventType.of(code);
		String address = (eventAddress != null) ? eventAddress : "";
		long now = this.clock.nanoTime();
		synchronized (this) {
			int value = this.events.valueOf(type, code, number, channel);
			this.outcome.begin(type, address, value, now);
			this.events.apply(type, address, value, channel, owner, now);
			publish();
		}
	}

	/** What the application's calls do. */
	public SocketCalls calls() {
		return this.calls;
	}

	/** What the library says beyond its events. */
	public SocketReports reports() {
		return this.reports;
	}

	/** A call of the application has failed without an event. Called under the lock. */
	void failedInCall(ZmqEventType type, EndpointTracker endpoint, Refusal refusal, long now) {
		this.outcome.begin(type, endpoint.endpoint(), refusal.error(), now);
		this.outcome.at(endpoint);
		publish();
	}

	long now() {
		return this.clock.nanoTime();
	}

	private void publish() {
		this.outcome.settle();
		this.recent.add(this.outcome.at(), this.outcome.type(), this.outcome.address(), this.outcome.value());
		Connection connection = this.outcome.connection();
		if (connection != null) {
			this.recent.lastIsOf(connection.remoteAddress(), this.outcome.identity());
		}
		this.observer.recorded(this.outcome);
	}

	/** Events no longer arrive from a socket that lives on. */
	public synchronized void detached() {
		this.attached = false;
		this.connections.unreported();
	}

	/** Events were missed: how many connections live can't be known any more. */
	public synchronized void missedEvents() {
		this.complete = false;
		this.connections.unreported();
	}

	/** How long connections live is not known any more. */
	public synchronized void forgetDurations() {
		this.durations.forgetConnections();
	}

	private boolean knowsConnections() {
		return this.attached && this.complete;
	}

	/**
	 * The socket has ended, and all its connections with it.
	 * @return the endpoints that it had
	 */
	public synchronized List<EndpointTracker> end() {
		if (this.ended) {
			return List.of();
		}
		this.ended = true;
		this.connections.endAll(this.clock.nanoTime());
		return tracked();
	}

	public synchronized List<EndpointTracker> tracked() {
		return this.endpoints.tracked();
	}

	/** How many pipes there are if each connection has got its own. */
	public synchronized int expectedPipes() {
		return this.endpoints.expectedPipes();
	}

	public synchronized boolean wantsPruning() {
		return this.endpoints.wantsPruning();
	}

	/**
	 * Drop endpoints that were closed before a time.
	 * @return what was dropped
	 */
	public synchronized List<EndpointTracker> prune(long closedBefore) {
		List<EndpointTracker> dropped = List.of();
		if (this.endpoints.hasDraining()) {
			sweep(this.clock.nanoTime());
			dropped = this.endpoints.prune(closedBefore);
		}
		this.endpoints.pruned();
		return dropped;
	}

	/** Take the durations that nobody has taken yet. */
	public synchronized List<MeasuredDuration> takeDurations() {
		this.events.measureLasting(this.clock.nanoTime());
		return this.durations.take();
	}

	/**
	 * Add the numbers of an endpoint as they are now to others. Closed connections are
	 * looked for at most once in 50 ms, however many endpoints are read.
	 */
	public synchronized void addTo(EndpointTotals totals, EndpointTracker endpoint) {
		long now = this.clock.nanoTime();
		if (now - this.sweptAt >= SWEEP_AGE) {
			sweep(now);
		}
		endpoint.addTo(totals, now);
		totals.connectionsKnown &= knowsConnections();
	}

	void sweep(long now) {
		this.connections.sweep(now);
		this.sweptAt = now;
	}

	/** Copy the endpoints as they are at one moment, without their connections. */
	public synchronized List<ZmqEndpointSnapshot> endpoints() {
		return new ArrayList<>(copyEndpoints(this.clock.nanoTime()).values());
	}

	/**
	 * Copy the endpoints and their connections as they are at one moment; only the copy
	 * is made under the lock.
	 * @param limit how many connections to list per endpoint
	 * @param peers describes a connection
	 */
	public List<ZmqEndpointSnapshot> endpoints(int limit, PeerView peers) {
		Map<EndpointTracker, ZmqEndpointSnapshot> endpoints;
		List<Connection> live;
		synchronized (this) {
			long now = this.clock.nanoTime();
			sweep(now);
			live = this.connections.copy();
			endpoints = copyEndpoints(now);
		}
		return PeerView.addPeers(endpoints, live, limit, peers);
	}

	private Map<EndpointTracker, ZmqEndpointSnapshot> copyEndpoints(long now) {
		Map<EndpointTracker, ZmqEndpointSnapshot> endpoints = new LinkedHashMap<>();
		for (EndpointTracker endpoint : this.endpoints.all()) {
			if (endpoint.isConfirmed()) {
				endpoints.put(endpoint, endpoint.snapshot(now, this.clock, knowsConnections()));
			}
		}
		return endpoints;
	}

	/** The connections that live. */
	public synchronized List<Connection> connections() {
		sweep(this.clock.nanoTime());
		return this.connections.copy();
	}

	/** The last connections that have ended, the latest first. */
	public synchronized List<EndedConnection> endedConnections() {
		sweep(this.clock.nanoTime());
		return this.connections.ended().snapshot(this.clock);
	}

	/** Connections of short life that have ended lately. */
	public synchronized List<ShortConnection> shortConnections() {
		long now = this.clock.nanoTime();
		sweep(now);
		return this.connections.ended().shortLived(now);
	}

	/** The last events, the oldest first, repeats as one. */
	public List<ZmqEventSnapshot> recentEvents() {
		RecentEvents copy;
		synchronized (this) {
			copy = this.recent.copy();
		}
		return copy.snapshot(this.clock);
	}

}
