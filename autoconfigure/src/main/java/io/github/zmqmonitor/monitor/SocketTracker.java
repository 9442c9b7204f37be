package io.github.zmqmonitor.monitor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * What is known of one socket. Events are written under the hook's lock of JeroMQ, by one
 * thread at a time; the tracker's own lock, held for a few instructions or for one copy,
 * lets readers and the application's thread in. Calls nobody that can block.
 */
final class SocketTracker {

	private static final long SETTLING_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final int PENDING_TIMINGS = 64;

	private static final TrafficSample NO_TRAFFIC = new TrafficSample();

	private final ZmqMonitor monitor;

	private final SocketIdentity identity;

	private final MonitorClock clock;

	private final long createdAt;

	private final SocketEndpoints endpoints;

	private final PendingTimings timings = new PendingTimings();

	private final ConnectionTable connections = new ConnectionTable(this.timings);

	private final RecentEvents recent;

	private final EventEffect effect = new EventEffect();

	private final SocketEvents events;

	private final @Nullable TrafficTracker traffic;

	private volatile @Nullable ZmqSocketGroup group;

	private volatile @Nullable SocketOptions options;

	private volatile String name;

	private volatile boolean attached = true;

	private volatile boolean complete = true;

	private volatile boolean ended;

	private boolean settled;

	SocketTracker(ZmqMonitor monitor, SocketIdentity identity, String name, @Nullable TrafficTracker traffic) {
		this.monitor = monitor;
		this.traffic = traffic;
		this.identity = identity;
		this.name = name;
		this.clock = monitor.clock();
		this.createdAt = this.clock.nanoTime();
		this.settled = identity.isNative();
		this.endpoints = new SocketEndpoints(this);
		this.events = new SocketEvents(identity, this.endpoints, this.connections, this.effect);
		this.recent = new RecentEvents(monitor.settings().recentEvents(), identity.values());
	}

	SocketIdentity identity() {
		return this.identity;
	}

	String name() {
		return this.name;
	}

	void rename(String name) {
		this.name = name;
	}

	boolean isAttached() {
		return this.attached;
	}

	boolean hasEnded() {
		return this.ended;
	}

	boolean hasOptions() {
		return this.options != null;
	}

	void optionsRead(SocketOptions options) {
		this.options = options;
	}

	/**
	 * The security mechanism of the socket, {@code null} if it isn't known.
	 */
	@Nullable String mechanism() {
		SocketOptions options = this.options;
		return (options != null) ? options.mechanism() : null;
	}

	/**
	 * The number of connections kept, live or not yet swept.
	 */
	synchronized int size() {
		return this.connections.size();
	}

	@Nullable ZmqSocketGroup group() {
		return this.group;
	}

	void joined(ZmqSocketGroup group) {
		this.group = group;
	}

	/**
	 * Sample messages and queues, unless that was done a moment ago.
	 */
	void sampleTraffic() {
		if (this.traffic != null) {
			this.traffic.sampleIfDue(expectedPipes());
		}
	}

	/**
	 * Sample messages and queues on the thread that owns the socket, where it is exact.
	 */
	void sampleTrafficExactly() {
		if (this.traffic != null) {
			this.traffic.sampleExactly();
		}
	}

	private synchronized int expectedPipes() {
		return this.endpoints.expectedPipes();
	}

	TrafficSample latestTraffic() {
		return (this.traffic != null) ? this.traffic.latest() : NO_TRAFFIC;
	}

	/**
	 * Take the final counts of messages.
	 */
	void finishTraffic() {
		if (this.traffic != null) {
			this.traffic.finish();
		}
	}

	long abandonedAfter() {
		return this.monitor.settings().abandonedAfter().toNanos();
	}

	/**
	 * Take an event. Called on I/O threads.
	 * @param number the argument of an event that carries a number, 0 otherwise
	 * @param channel the argument of any other event
	 */
	void record(int code, @Nullable String eventAddress, int number, @Nullable Object channel) {
		ZmqEventType type = ZmqEventType.of(code);
		String address = (eventAddress != null) ? eventAddress : "";
		int value = (type == ZmqEventType.UNKNOWN) ? code : number;
		long now = this.clock.nanoTime();
		EventEffect effect = this.effect;
		Connection connection;
		boolean timingsWait;
		synchronized (this) {
			effect.clear();
			this.recent.add(now, type, address, value);
			connection = this.events.apply(type, address, value, channel, now);
			effect.settle(now);
			timingsWait = this.timings.size() > 0 && isSettled(now);
			if (!isSettled(now)) {
				effect.deferTiming(this.timings);
			}
		}
		this.monitor.count(type);
		effect.recordTiming();
		sampleAtLoss(type, connection, now);
		if (timingsWait) {
			reportTimings();
		}
		this.monitor.dispatcher().publish(this, type, address, value, effect, connection, now);
	}

	private void sampleAtLoss(ZmqEventType type, @Nullable Connection connection, long now) {
		if (this.traffic != null && type == ZmqEventType.DISCONNECTED && connection != null) {
			if (this.traffic.isDueAtLoss(now)) {
				this.traffic.sample(expectedPipes() + 1);
			}
			if (connection.isAccepted() && !this.traffic.wasSampledSince(connection.since())) {
				this.monitor.pipeMissed();
			}
		}
	}

	/**
	 * An endpoint was made of an event's address. Called on I/O threads.
	 */
	void adopted(EndpointTracker endpoint) {
		this.monitor.adopted(endpoint);
	}

	/**
	 * Record durations, outside the lock, unless they may have to be recorded under
	 * another name.
	 */
	void reportTimings() {
		takeTimings().forEach(PendingTimings.Entry::record);
	}

	private synchronized List<PendingTimings.Entry> takeTimings() {
		return isSettled(this.clock.nanoTime()) ? this.timings.take() : List.of();
	}

	/**
	 * Whether the socket has its final name, as far as can be told: one made by a bean
	 * method connects before it gets the name of its bean.
	 */
	private boolean isSettled(long now) {
		if (!this.settled) {
			this.settled = this.ended || this.timings.size() >= PENDING_TIMINGS
					|| now - this.createdAt >= SETTLING_NANOS;
		}
		return this.settled;
	}

	synchronized void settle() {
		this.settled = true;
	}

	/**
	 * The application is about to bind; events on this thread belong to that endpoint.
	 */
	synchronized EndpointTracker bindStarted(String written) {
		long now = this.clock.nanoTime();
		EndpointTracker endpoint = this.endpoints.declare(written, ZmqEndpointRole.BIND, ZmqEndpointState.CLOSED, now);
		this.events.bindStarted(endpoint);
		return endpoint;
	}

	/**
	 * The application's bind has ended.
	 * @param errno the errno of a refusal without an event, or 0
	 */
	synchronized void bindEnded(EndpointTracker endpoint, int errno) {
		boolean told = this.events.bindEnded();
		if (errno != 0 && !told) {
			endpoint.bindFailed(errno, this.clock.nanoTime());
		}
		if (!endpoint.isVisible()) {
			this.endpoints.remove(endpoint);
		}
	}

	/**
	 * The application is about to connect.
	 */
	synchronized EndpointTracker connectStarted(String written) {
		long now = this.clock.nanoTime();
		EndpointTracker endpoint = this.endpoints.declare(written, ZmqEndpointRole.CONNECT, ZmqEndpointState.CONNECTING,
				now);
		if (!endpoint.isVisible() || endpoint.stateAt(now) == ZmqEndpointState.CLOSED
				|| endpoint.stateAt(now) == ZmqEndpointState.ABANDONED) {
			endpoint.connecting(now);
		}
		return endpoint;
	}

	/**
	 * The application's connect has succeeded.
	 * @param address what the endpoint resolved to, or {@code null} if not known
	 */
	synchronized void connectEnded(EndpointTracker endpoint, @Nullable String address) {
		endpoint.show();
		if (address != null && !address.equals(endpoint.address())) {
			this.endpoints.connects().remap(address, endpoint);
		}
	}

	/**
	 * The application's connect was refused.
	 * @return whether there is no such endpoint then
	 */
	synchronized boolean connectRefused(EndpointTracker endpoint) {
		if (endpoint.isVisible()) {
			return false;
		}
		this.endpoints.remove(endpoint);
		return true;
	}

	synchronized void inproc(String written, ZmqEndpointRole role) {
		this.endpoints.declare(written, role, ZmqEndpointState.UNTRACKED, this.clock.nanoTime()).show();
	}

	/**
	 * The application has unbound or disconnected what it calls by this string.
	 */
	synchronized void endedLocally(String written) {
		long now = this.clock.nanoTime();
		for (EndpointTracker endpoint : this.endpoints.named(written)) {
			if (!endpoint.isTracked()) {
				this.endpoints.remove(endpoint);
			}
			else if (endpoint.role() == ZmqEndpointRole.CONNECT || endpoint.endpoint().equals(written)) {
				endpoint.endedLocally(now);
			}
			else {
				endpoint.listenerClosed(now);
			}
		}
		this.connections.sweep(now);
	}

	/**
	 * The hook was taken away from a socket that lives on: what comes now is not known.
	 */
	void detached() {
		this.attached = false;
	}

	/**
	 * Events were missed: how many connections live can't be known any more.
	 */
	void missedEvents() {
		this.complete = false;
	}

	/**
	 * How long connections live is not known any more.
	 */
	synchronized void forgetDurations() {
		this.connections.forgetDurations();
	}

	private boolean knowsConnections() {
		return this.attached && this.complete;
	}

	/**
	 * The socket has ended, and all its connections with it.
	 * @return the endpoints that it had
	 */
	synchronized List<EndpointTracker> end() {
		if (this.ended) {
			return List.of();
		}
		this.ended = true;
		long now = this.clock.nanoTime();
		this.connections.endAll(now);
		return tracked();
	}

	synchronized List<EndpointTracker> tracked() {
		return this.endpoints.all().stream().filter(EndpointTracker::isTracked).toList();
	}

	synchronized boolean wantsPruning() {
		return this.endpoints.wantsPruning();
	}

	/**
	 * Drop endpoints that were closed before a time.
	 * @return what was dropped
	 */
	synchronized List<EndpointTracker> prune(long closedBefore) {
		List<EndpointTracker> dropped = List.of();
		if (this.endpoints.hasEnding()) {
			this.connections.sweep(this.clock.nanoTime());
			dropped = this.endpoints.prune(closedBefore);
		}
		this.endpoints.pruned();
		return dropped;
	}

	synchronized void sample(EndpointTracker endpoint, EndpointSample sample) {
		long now = this.clock.nanoTime();
		this.connections.sweep(now);
		endpoint.addTo(sample, now);
		sample.liveKnown &= knowsConnections();
	}

	synchronized ZmqEndpointState state(EndpointTracker endpoint) {
		return endpoint.stateAt(this.clock.nanoTime());
	}

	/**
	 * What there is to say about the socket without reading its queues.
	 */
	List<ZmqHint> hints() {
		Map<EndpointTracker, ZmqEndpointSnapshot> endpoints = new LinkedHashMap<>();
		long now = this.clock.nanoTime();
		synchronized (this) {
			copyEndpoints(endpoints, now);
		}
		return hints(endpoints.values(), now).all();
	}

	private Hints hints(Collection<ZmqEndpointSnapshot> endpoints, long now) {
		return new Hints(this.identity, this.name, this.options).addEndpoints(endpoints, this.clock.instantAt(now));
	}

	/**
	 * Show everything as it was at one moment; only the copy is made under the lock.
	 * @param peers how many connections to list an endpoint
	 * @param detail whether to list the fullest pipes, recent events and hints
	 */
	ZmqSocketSnapshot snapshot(int peers, boolean detail) {
		sampleTraffic();
		ZmqTrafficSnapshot traffic = (this.traffic != null) ? this.traffic.snapshot(detail) : null;
		Map<EndpointTracker, ZmqEndpointSnapshot> endpoints = new LinkedHashMap<>();
		List<Connection> live;
		List<ZmqEventSnapshot> recentEvents;
		long now;
		synchronized (this) {
			now = this.clock.nanoTime();
			this.connections.sweep(now);
			live = this.connections.copy();
			copyEndpoints(endpoints, now);
			recentEvents = detail ? this.recent.snapshot(this.clock) : List.of();
		}
		Map<EndpointTracker, List<Connection>> connections = new HashMap<>();
		live.sort(Comparator.comparingLong(Connection::since));
		live.forEach((connection) -> connections.computeIfAbsent(connection.endpoint(), (endpoint) -> new ArrayList<>())
			.add(connection));
		List<ZmqEndpointSnapshot> shown = new ArrayList<>(endpoints.size());
		endpoints.forEach(
				(endpoint, copy) -> shown.add(withPeers(copy, connections.getOrDefault(endpoint, List.of()), peers)));
		List<ZmqHint> hints = detail ? hints(endpoints.values(), now).addTraffic(traffic).all() : List.of();
		return new ZmqSocketSnapshot(this.identity.id(), this.name, this.identity.context(), this.identity.type(),
				this.identity.origin(), this.attached, this.clock.instantAt(this.createdAt),
				Collections.unmodifiableList(shown), traffic, hints, recentEvents);
	}

	private void copyEndpoints(Map<EndpointTracker, ZmqEndpointSnapshot> endpoints, long now) {
		for (EndpointTracker endpoint : this.endpoints.all()) {
			if (endpoint.isVisible()) {
				endpoints.put(endpoint, endpoint.snapshot(now, this.clock, knowsConnections()));
			}
		}
	}

	private ZmqEndpointSnapshot withPeers(ZmqEndpointSnapshot endpoint, List<Connection> connections, int limit) {
		int listed = Math.min(limit, connections.size());
		List<ZmqPeerSnapshot> peers = new ArrayList<>(listed);
		for (int i = 0; i < listed; i++) {
			peers.add(connections.get(i).snapshot(this.clock));
		}
		return endpoint.withPeers(Collections.unmodifiableList(peers), connections.size() - listed);
	}

}
