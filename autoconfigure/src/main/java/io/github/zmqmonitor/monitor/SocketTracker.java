package io.github.zmqmonitor.monitor;

import java.util.ArrayList;
import java.util.Collection;
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

	private static final int PRUNE_MINIMUM = 64;

	private static final long SETTLING_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final int PENDING_TIMINGS = 64;

	private static final TrafficSample NO_TRAFFIC = new TrafficSample();

	private final ZmqMonitor monitor;

	private final SocketIdentity identity;

	private final MonitorClock clock;

	private final long createdAt;

	private final EndpointTable binds;

	private final EndpointTable connects;

	private final PendingTimings timings = new PendingTimings();

	private final ConnectionTable connections = new ConnectionTable(this.timings);

	private final RecentEvents recent;

	private int pruneAt = PRUNE_MINIMUM;

	private final EventEffect effect = new EventEffect();

	private @Nullable Binding binding;

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
		this.binds = new EndpointTable(identity.origin().maximumAdopted());
		this.connects = new EndpointTable(identity.origin().maximumAdopted());
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

	/**
	 * How many pipes there are if each connection has got its own: an endpoint that the
	 * socket connects to has one all the time.
	 */
	private synchronized int expectedPipes() {
		int expected = 0;
		for (EndpointTracker endpoint : this.binds.all()) {
			expected += endpoint.live();
		}
		for (EndpointTracker endpoint : this.connects.all()) {
			expected += endpoint.isClosed() ? 0 : 1;
		}
		return expected;
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
	 */
	void record(int code, @Nullable String eventAddress, @Nullable Object argument) {
		ZmqEventType type = ZmqEventType.of(code);
		String address = (eventAddress != null) ? eventAddress : "";
		int value = (type == ZmqEventType.UNKNOWN) ? code : (argument instanceof Integer number) ? number : 0;
		Object channel = (argument instanceof Integer) ? null : argument;
		long now = this.clock.nanoTime();
		EventEffect effect = this.effect;
		boolean timingsWait;
		synchronized (this) {
			effect.clear();
			this.recent.add(now, type, address, value);
			apply(type, address, value, channel, now);
			effect.settle(now);
			timingsWait = this.timings.size() > 0 && isSettled(now);
			if (!isSettled(now)) {
				effect.deferTiming(this.timings);
			}
		}
		this.monitor.count(type);
		effect.recordTiming();
		sampleAtLoss(type, effect.connection, now);
		if (timingsWait) {
			reportTimings();
		}
		this.monitor.dispatcher().publish(this, type, address, value, effect, now);
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

	private void apply(ZmqEventType type, String address, int value, @Nullable Object channel, long now) {
		switch (type) {
			case LISTENING -> listening(address, now);
			case BIND_FAILED -> bindFailed(address, value, now);
			case ACCEPTED -> opened(bindEndpoint(address, now), channel, now);
			case ACCEPT_FAILED -> failed(bindEndpoint(address, now), type, value, now);
			case CLOSED -> closed(address, channel, now);
			case CLOSE_FAILED -> closeFailed(address, value, now);
			case CONNECT_DELAYED -> attemptStarted(connectEndpoint(address, now), now);
			case CONNECT_RETRIED -> retryScheduled(connectEndpoint(address, now), value, now);
			case CONNECTED -> opened(connectEndpoint(address, now), channel, now);
			case DISCONNECTED -> disconnected(channel, now);
			case HANDSHAKE_PROTOCOL, HANDSHAKE_SUCCEEDED, HANDSHAKE_FAILED_PROTOCOL, HANDSHAKE_FAILED_AUTH,
					HANDSHAKE_FAILED_NO_DETAIL ->
				handshake(type, address, value, now);
			case MONITOR_STOPPED, UNKNOWN -> {
			}
		}
	}

	private void listening(String address, long now) {
		Binding binding = this.binding;
		EndpointTracker endpoint = (binding != null && binding.isOn(Thread.currentThread())) ? binding.endpoint
				: bindEndpoint(address, now);
		this.binds.map(address, endpoint);
		endpoint.listening(now);
		this.effect.endpoint = endpoint;
	}

	private void bindFailed(String address, int errno, long now) {
		Binding binding = this.binding;
		EndpointTracker endpoint;
		if (binding != null && binding.isOn(Thread.currentThread())) {
			endpoint = binding.endpoint;
			binding.failed = true;
		}
		else {
			endpoint = bindEndpoint(Addresses.withScheme(address), now);
		}
		endpoint.bindFailed(errno, now);
		this.effect.endpoint = endpoint;
	}

	private void failed(EndpointTracker endpoint, ZmqEventType type, int errno, long now) {
		endpoint.failed(type, errno, now);
		this.effect.endpoint = endpoint;
	}

	private void closeFailed(String address, int errno, long now) {
		EndpointTracker endpoint = either(address);
		if (endpoint != null) {
			failed(endpoint, ZmqEventType.CLOSE_FAILED, errno, now);
		}
	}

	private void closed(String address, @Nullable Object channel, long now) {
		if (Connection.isListener(channel)) {
			listenerClosed(address, now);
		}
		else if (this.identity.isNative()) {
			descriptorClosed(address, now);
		}
		else if (channel != null) {
			EndpointTracker endpoint = connectEndpoint(address, now);
			endpoint.attemptFailed(now);
			this.effect.endpoint = endpoint;
		}
	}

	/**
	 * Something outside this JVM was closed that is no listener known: an attempt to
	 * connect, or a listener from before the first event. A bind that fails closes its
	 * descriptor too; so no endpoint is made of it.
	 */
	private void descriptorClosed(String address, long now) {
		EndpointTracker endpoint = this.connects.find(address);
		if (endpoint != null) {
			endpoint.attemptFailed(now);
			this.effect.endpoint = endpoint;
			return;
		}
		endpoint = this.binds.find(address);
		if (endpoint != null && !endpoint.hasListener()) {
			listenerClosed(address, now);
		}
	}

	private void listenerClosed(String address, long now) {
		Binding binding = this.binding;
		EndpointTracker endpoint = this.binds.find(address);
		boolean neverListened = binding != null && binding.isOn(Thread.currentThread());
		if (endpoint != null && !neverListened) {
			endpoint.listenerClosed(now);
			this.effect.endpoint = endpoint;
		}
	}

	private void attemptStarted(EndpointTracker endpoint, long now) {
		endpoint.attemptStarted(now);
		this.effect.endpoint = endpoint;
	}

	private void retryScheduled(EndpointTracker endpoint, int interval, long now) {
		endpoint.retryScheduled(interval, now);
		this.effect.endpoint = endpoint;
	}

	private void opened(EndpointTracker endpoint, @Nullable Object channel, long now) {
		this.effect.endpoint = endpoint;
		if (channel == null || !Connection.isOpen(channel) || this.connections.hasEnded(channel)) {
			endpoint.connectionMissed();
		}
		else if (!this.connections.contains(channel)) {
			Connection connection = this.connections.open(channel, endpoint, now);
			this.effect.connection = connection;
			connected(endpoint, endpoint.connectionOpened(connection, now));
		}
	}

	private void connected(EndpointTracker endpoint, long waited) {
		if (waited >= 0) {
			this.effect.timed(endpoint.isFirstConnection() ? Timing.INITIAL : Timing.RECONNECT, waited);
		}
	}

	private void disconnected(@Nullable Object channel, long now) {
		Connection connection = (channel != null) ? this.connections.end(channel) : null;
		if (connection != null) {
			EndpointTracker endpoint = connection.endpoint();
			endpoint.connectionClosed(connection, false, now);
			this.effect.endpoint = endpoint;
			this.effect.connection = connection;
			this.effect.timed(Timing.LIFE, connection.age(now));
		}
	}

	private void handshake(ZmqEventType type, String address, int value, long now) {
		EndpointTracker endpoint = either(address);
		if (endpoint != null) {
			this.effect.endpoint = endpoint;
			connected(endpoint, endpoint.handshake(type, value, now));
		}
	}

	private @Nullable EndpointTracker either(String address) {
		EndpointTracker endpoint = this.binds.find(address);
		return (endpoint != null) ? endpoint : this.connects.find(address);
	}

	private EndpointTracker bindEndpoint(String address, long now) {
		EndpointTracker endpoint = this.binds.find(address);
		if (endpoint == null) {
			endpoint = this.binds.findWildcard(address);
		}
		return (endpoint != null) ? endpoint
				: adopt(this.binds, address, ZmqEndpointRole.BIND, ZmqEndpointState.LISTENING, now);
	}

	private EndpointTracker connectEndpoint(String address, long now) {
		EndpointTracker endpoint = this.connects.find(address);
		if (endpoint != null) {
			return endpoint;
		}
		endpoint = this.identity.isNative() ? this.connects.findLost(address) : this.connects.findUnresolved(address);
		if (endpoint != null) {
			this.connects.remap(address, endpoint);
			return endpoint;
		}
		return adopt(this.connects, address, ZmqEndpointRole.CONNECT, ZmqEndpointState.CONNECTING, now);
	}

	private EndpointTracker adopt(EndpointTable table, String address, ZmqEndpointRole role, ZmqEndpointState state,
			long now) {
		EndpointTracker endpoint = table.adopt(address,
				(adopted) -> new EndpointTracker(this, adopted, role, state, now));
		if (!endpoint.isVisible()) {
			endpoint.show();
			this.monitor.adopted(endpoint);
		}
		return endpoint;
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
		EndpointTracker endpoint = this.binds.declare(Addresses.printable(written),
				(key) -> new EndpointTracker(this, key, ZmqEndpointRole.BIND, ZmqEndpointState.CLOSED, now));
		this.binding = new Binding(endpoint, Thread.currentThread());
		return endpoint;
	}

	/**
	 * The application's bind has ended.
	 * @param errno the errno of a refusal without an event, or 0
	 */
	synchronized void bindEnded(EndpointTracker endpoint, int errno) {
		Binding binding = this.binding;
		this.binding = null;
		if (errno != 0 && (binding == null || !binding.failed)) {
			endpoint.bindFailed(errno, this.clock.nanoTime());
		}
		if (!endpoint.isVisible()) {
			this.binds.remove(endpoint);
		}
	}

	/**
	 * The application is about to connect.
	 */
	synchronized EndpointTracker connectStarted(String written) {
		long now = this.clock.nanoTime();
		EndpointTracker endpoint = this.connects.declare(Addresses.printable(written),
				(key) -> new EndpointTracker(this, key, ZmqEndpointRole.CONNECT, ZmqEndpointState.CONNECTING, now));
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
			this.connects.remap(address, endpoint);
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
		this.connects.remove(endpoint);
		return true;
	}

	synchronized void inproc(String written, ZmqEndpointRole role) {
		EndpointTable table = (role == ZmqEndpointRole.BIND) ? this.binds : this.connects;
		long now = this.clock.nanoTime();
		table
			.declare(Addresses.printable(written),
					(key) -> new EndpointTracker(this, key, role, ZmqEndpointState.UNTRACKED, now))
			.show();
	}

	/**
	 * The application has unbound or disconnected what it calls by this string.
	 */
	synchronized void endedLocally(String written) {
		long now = this.clock.nanoTime();
		List<EndpointTracker> connected = this.connects.named(written);
		for (EndpointTracker endpoint : connected.isEmpty() ? this.binds.named(written) : connected) {
			if (!endpoint.isTracked()) {
				tableOf(endpoint).remove(endpoint);
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

	private EndpointTable tableOf(EndpointTracker endpoint) {
		return (endpoint.role() == ZmqEndpointRole.BIND) ? this.binds : this.connects;
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
		List<EndpointTracker> endpoints = new ArrayList<>();
		for (EndpointTable table : List.of(this.binds, this.connects)) {
			for (EndpointTracker endpoint : table.all()) {
				if (endpoint.isTracked()) {
					endpoints.add(endpoint);
				}
			}
		}
		return endpoints;
	}

	/**
	 * Whether so many endpoints have come since the last time that it pays to prune.
	 */
	synchronized boolean wantsPruning() {
		return this.binds.all().size() + this.connects.all().size() > this.pruneAt;
	}

	/**
	 * Drop endpoints that were closed before a time.
	 * @return what was dropped
	 */
	synchronized List<EndpointTracker> prune(long closedBefore) {
		List<EndpointTracker> dropped = new ArrayList<>(0);
		if (this.binds.hasEnding() || this.connects.hasEnding()) {
			this.connections.sweep(this.clock.nanoTime());
			dropped.addAll(this.binds.prune(closedBefore));
			dropped.addAll(this.connects.prune(closedBefore));
		}
		this.pruneAt = Math.max(PRUNE_MINIMUM, 2 * (this.binds.all().size() + this.connects.all().size()));
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
		List<ZmqEndpointSnapshot> shown = endpoints.entrySet()
			.stream()
			.map((entry) -> withPeers(entry.getValue(), connections.getOrDefault(entry.getKey(), List.of()), peers))
			.toList();
		List<ZmqHint> hints = detail ? hints(endpoints.values(), now).addTraffic(traffic).all() : List.of();
		return new ZmqSocketSnapshot(this.identity.id(), this.name, this.identity.context(), this.identity.type(),
				this.identity.origin(), this.attached, this.clock.instantAt(this.createdAt), shown, traffic, hints,
				recentEvents);
	}

	private void copyEndpoints(Map<EndpointTracker, ZmqEndpointSnapshot> endpoints, long now) {
		for (EndpointTable table : List.of(this.binds, this.connects)) {
			for (EndpointTracker endpoint : table.all()) {
				if (endpoint.isVisible()) {
					endpoints.put(endpoint, endpoint.snapshot(now, this.clock, knowsConnections()));
				}
			}
		}
	}

	private ZmqEndpointSnapshot withPeers(ZmqEndpointSnapshot endpoint, List<Connection> connections, int limit) {
		List<ZmqPeerSnapshot> peers = connections.stream()
			.limit(limit)
			.map((connection) -> connection.snapshot(this.clock))
			.toList();
		return endpoint.withPeers(peers, connections.size() - peers.size());
	}

	/**
	 * A call of bind that has not returned yet.
	 */
	private static final class Binding {

		private final EndpointTracker endpoint;

		private final Thread thread;

		private boolean failed;

		Binding(EndpointTracker endpoint, Thread thread) {
			this.endpoint = endpoint;
			this.thread = thread;
		}

		boolean isOn(Thread thread) {
			return this.thread == thread;
		}

	}

}
