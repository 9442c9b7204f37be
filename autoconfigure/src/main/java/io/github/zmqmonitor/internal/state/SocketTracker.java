package io.github.zmqmonitor.internal.state;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.github.zmqmonitor.internal.rules.Refusal;
import io.github.zmqmonitor.internal.rules.SocketIdentity;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.model.ZmqEndpointRole;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqEventSnapshot;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqMonitorSettings;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one socket: the only way in for events and calls, each applied once
 * under one lock that is held for a few instructions or for one copy. Calls nobody that
 * can block. Safe for use by any thread.
 */
public final class SocketTracker {

	private static final long SWEEP_AGE = TimeUnit.MILLISECONDS.toNanos(50);

	private final SocketIdentity identity;

	private final MonitorClock clock;

	private final long abandonedAfter;

	private final TrackerObserver observer;

	private final long createdAt;

	private final SocketEndpoints endpoints;

	private final DurationQueue durations = new DurationQueue();

	private final ConnectionTable connections = new ConnectionTable(this.durations);

	private final RecentEvents recent;

	private final EventOutcome outcome = new EventOutcome(this);

	private final SocketEvents events;

	private volatile String name;

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
		this.events = new SocketEvents(identity, this.endpoints, this.connections, this.durations, this.outcome);
		this.recent = new RecentEvents(settings.recentEvents(), identity.values());
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
	}

	/**
	 * The security mechanism of the socket, {@code null} if it isn't known.
	 */
	public @Nullable String mechanism() {
		return this.mechanism;
	}

	public void secured(String mechanism) {
		this.mechanism = mechanism;
	}

	/**
	 * When monitoring began, in nanoseconds of the monitor's clock.
	 */
	public long createdAt() {
		return this.createdAt;
	}

	/**
	 * Whether events still arrive.
	 */
	public boolean isAttached() {
		return this.attached;
	}

	public boolean hasEnded() {
		return this.ended;
	}

	long abandonedAfter() {
		return this.abandonedAfter;
	}

	/**
	 * The number of connections kept, live or not yet swept.
	 */
	public synchronized int size() {
		return this.connections.size();
	}

	/**
	 * The connection of a channel, {@code null} if there is none.
	 */
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
		int value = (type == ZmqEventType.UNKNOWN) ? code : number;
		long now = this.clock.nanoTime();
		synchronized (this) {
			begin(type, address, value, now);
			this.events.apply(type, address, value, channel, owner, now);
			publish();
		}
	}

	private void begin(ZmqEventType type, String address, int value, long now) {
		this.outcome.begin(type, address, value, now);
		this.recent.add(now, type, address, value);
	}

	private void publish() {
		this.outcome.settle();
		this.observer.recorded(this.outcome);
	}

	/**
	 * A connection is about to end, not by our own doing. Called on I/O threads.
	 * @param reason the library's word for it
	 */
	public synchronized void ending(Object channel, String reason) {
		Connection connection = this.connections.find(channel);
		if (connection != null) {
			connection.endsBecause(reason);
		}
	}

	/**
	 * A connection was ended by this side, though its channel can still be open. Called
	 * on I/O threads.
	 */
	public synchronized void closedLocally(Object channel) {
		this.connections.closedLocally(channel, this.clock.nanoTime());
	}

	/**
	 * An endpoint and its connections were there before the socket was followed.
	 * @param address what it resolved to
	 * @param owner the object of the library that fires its events
	 * @param channels its connections
	 */
	public synchronized EndpointTracker found(String written, @Nullable String address, ZmqEndpointRole role,
			Object owner, List<Object> channels) {
		long now = this.clock.nanoTime();
		EndpointTracker endpoint = this.endpoints.declare(written, role,
				(role == ZmqEndpointRole.BIND) ? ZmqEndpointState.CLOSED : ZmqEndpointState.CONNECTING, now);
		endpoint.confirm();
		this.endpoints.of(role).own(owner, endpoint);
		if (address != null) {
			this.endpoints.of(role).map(address, endpoint);
		}
		if (role == ZmqEndpointRole.BIND) {
			endpoint.listening((address != null) ? address : written, now);
		}
		else {
			endpoint.connecting(now);
		}
		for (Object channel : channels) {
			if (!this.connections.contains(channel)) {
				endpoint.connectionOpened(this.connections.open(channel, endpoint, now), now);
			}
		}
		return endpoint;
	}

	/**
	 * The application is about to bind; events on this thread belong to that endpoint.
	 */
	public synchronized EndpointTracker bindStarted(String written) {
		long now = this.clock.nanoTime();
		EndpointTracker endpoint = this.endpoints.declare(written, ZmqEndpointRole.BIND, ZmqEndpointState.CLOSED, now);
		this.events.bindStarted(endpoint);
		return endpoint;
	}

	/**
	 * The application's bind has ended.
	 * @param refusal why it failed, {@code null} if it didn't
	 */
	public synchronized void bindEnded(EndpointTracker endpoint, @Nullable Refusal refusal) {
		boolean told = this.events.bindEnded();
		if (refusal != null && !told) {
			long now = this.clock.nanoTime();
			endpoint.bindFailed(refusal.error(), refusal.detail(), now);
			failedInCall(ZmqEventType.BIND_FAILED, endpoint, refusal, now);
		}
		if (!endpoint.isConfirmed()) {
			this.endpoints.remove(endpoint);
		}
	}

	private void failedInCall(ZmqEventType type, EndpointTracker endpoint, Refusal refusal, long now) {
		begin(type, endpoint.endpoint(), refusal.error(), now);
		this.outcome.at(endpoint);
		publish();
	}

	/**
	 * The application is about to connect.
	 */
	public synchronized EndpointTracker connectStarted(String written) {
		long now = this.clock.nanoTime();
		EndpointTracker endpoint = this.endpoints.declare(written, ZmqEndpointRole.CONNECT, ZmqEndpointState.CONNECTING,
				now);
		if (!endpoint.isConfirmed() || beginsAnew(endpoint.stateAt(now))) {
			endpoint.connecting(now);
		}
		return endpoint;
	}

	private boolean beginsAnew(ZmqEndpointState state) {
		return switch (state) {
			case CLOSED, FAILED -> true;
			case ABANDONED -> !this.identity.ignoresSecondConnect();
			default -> false;
		};
	}

	/**
	 * The application's connect has succeeded.
	 * @param address what the endpoint resolved to, or {@code null} if not known
	 */
	public synchronized void connectEnded(EndpointTracker endpoint, @Nullable String address) {
		endpoint.confirm();
		if (address != null && !address.equals(endpoint.address())) {
			this.endpoints.connects().remap(address, endpoint);
		}
	}

	/**
	 * The application's connect has failed.
	 */
	public synchronized void connectFailed(EndpointTracker endpoint, Refusal refusal) {
		long now = this.clock.nanoTime();
		endpoint.connectFailed(refusal.error(), refusal.detail(), now);
		failedInCall(ZmqEventType.CONNECT_FAILED, endpoint, refusal, now);
	}

	/**
	 * Take away what a call has superseded: failed endpoints are history when another one
	 * of the socket has succeeded.
	 * @return what was taken away
	 */
	public synchronized List<EndpointTracker> supersedeFailed(EndpointTracker latest) {
		return this.endpoints.supersedeFailed(latest);
	}

	/**
	 * The library has made the object that fires the events of an endpoint.
	 */
	public synchronized void owned(EndpointTracker endpoint, Object owner) {
		this.endpoints.of(endpoint.role()).own(owner, endpoint);
	}

	public synchronized void inproc(String written, ZmqEndpointRole role) {
		this.endpoints.declare(written, role, ZmqEndpointState.UNTRACKED, this.clock.nanoTime()).confirm();
	}

	/**
	 * The application has unbound or disconnected what it calls by this string, or has
	 * tried to: an endpoint that could not be bound is over in any case.
	 * @param ended whether JeroMQ knew it
	 */
	public synchronized void endedLocally(String written, boolean ended) {
		long now = this.clock.nanoTime();
		for (EndpointTracker endpoint : this.endpoints.named(written)) {
			if (!endpoint.isTracked()) {
				if (ended) {
					this.endpoints.remove(endpoint);
				}
			}
			else if (ended || endpoint.hasFailed()) {
				endedLocally(endpoint, written, now);
			}
		}
		sweep(now);
	}

	private void endedLocally(EndpointTracker endpoint, String written, long now) {
		if (endpoint.role() == ZmqEndpointRole.CONNECT || endpoint.endpoint().equals(written)) {
			this.connections.leave(endpoint);
			this.endpoints.of(endpoint.role()).disown(endpoint);
			endpoint.endedLocally(now);
		}
		else {
			endpoint.listenerClosed(written, now);
		}
	}

	/**
	 * Events no longer arrive from a socket that lives on.
	 */
	public void detached() {
		this.attached = false;
	}

	/**
	 * Events were missed: how many connections live can't be known any more.
	 */
	public void missedEvents() {
		this.complete = false;
	}

	/**
	 * How long connections live is not known any more.
	 */
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
		return this.endpoints.all().stream().filter(EndpointTracker::isTracked).toList();
	}

	/**
	 * How many pipes there are if each connection has got its own.
	 */
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

	/**
	 * Hand on the durations that nobody has taken yet.
	 */
	public void takeDurations(DurationConsumer consumer) {
		List<DurationQueue.Entry> taken;
		synchronized (this) {
			taken = this.durations.take();
		}
		taken.forEach((entry) -> consumer.accept(entry.endpoint(), entry.timing(), entry.nanoseconds()));
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

	private void sweep(long now) {
		this.connections.sweep(now);
		this.sweptAt = now;
	}

	/**
	 * The library's own objects say which connections are ready.
	 */
	public synchronized void confirmReady(Predicate<Object> ready) {
		long now = this.clock.nanoTime();
		for (Connection connection : this.connections.copy()) {
			if (!connection.isReady() && ready.test(connection.channel())) {
				this.events.ready(connection, now);
			}
		}
	}

	/**
	 * Copy the endpoints as they are at one moment, without their connections.
	 */
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
		Map<EndpointTracker, List<Connection>> connections = new HashMap<>();
		live.sort(Comparator.comparingLong(Connection::since));
		live.forEach((connection) -> connections.computeIfAbsent(connection.endpoint(), (key) -> new ArrayList<>())
			.add(connection));
		List<ZmqEndpointSnapshot> shown = new ArrayList<>(endpoints.size());
		endpoints.forEach((endpoint, copy) -> {
			List<Connection> all = connections.getOrDefault(endpoint, List.of());
			shown.add((copy.connections() != null)
					? copy.withPeers(all.stream().limit(limit).map(peers::describe).toList(), all.size()) : copy);
		});
		return shown;
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

	/**
	 * The last events, the oldest first.
	 */
	public synchronized List<ZmqEventSnapshot> recentEvents() {
		return this.recent.snapshot(this.clock);
	}

}
