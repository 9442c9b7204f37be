package io.github.zmqmonitor.monitor;

import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * Monitors the sockets of JeroMQ contexts.
 * <p>
 * Beans are monitored without a call; this is for contexts and sockets that aren't, and
 * for whoever wants to read the state or listen to events. It has no thread until a
 * listener is added, and opens no socket. Safe for use by any thread.
 */
public final class ZmqMonitor implements AutoCloseable {

	private static final int LISTED_PEERS = 100;

	private final ZmqMonitorSettings settings;

	private final MonitorClock clock;

	private final MonitorErrors errors = new MonitorErrors();

	private final EndpointGroups endpoints;

	private final SocketGroups socketGroups;

	private final LongAdder pipesMissed = new LongAdder();

	private final EventDispatcher dispatcher;

	private final HookDispatcher hooks;

	private final SocketRegister sockets;

	private final Map<ZmqEventType, LongAdder> events = new EnumMap<>(ZmqEventType.class);

	/**
	 * Create a monitor with {@link ZmqMonitorSettings#DEFAULTS}.
	 */
	public ZmqMonitor() {
		this(ZmqMonitorSettings.DEFAULTS);
	}

	/**
	 * Create a monitor.
	 * @param settings the settings
	 */
	public ZmqMonitor(ZmqMonitorSettings settings) {
		this(settings, new MonitorClock());
	}

	ZmqMonitor(ZmqMonitorSettings settings, MonitorClock clock) {
		this.settings = settings;
		this.clock = clock;
		this.endpoints = new EndpointGroups(settings, clock, this.errors);
		this.socketGroups = new SocketGroups(settings, clock, this.errors);
		this.dispatcher = new EventDispatcher(this, settings.listenerQueueCapacity(), this.errors);
		this.hooks = new HookDispatcher(this.errors);
		this.sockets = new SocketRegister(this, this.endpoints, this.socketGroups, this.hooks);
		for (ZmqEventType type : ZmqEventType.values()) {
			this.events.put(type, new LongAdder());
		}
	}

	/**
	 * Monitor all sockets that are made through a context from now on.
	 * @param name the name of the context; sockets are named after it and their type
	 * @param context the context
	 * @return a class proxy to be used in place of the context, or the context itself if
	 * it can't be monitored (a warning in the log says why) or is monitored already
	 */
	public ZContext monitor(String name, ZContext context) {
		return monitorContext(name, context, context.getClass().getClassLoader());
	}

	/**
	 * Return the class that the proxies of a class of contexts have.
	 * @param contextType the class of the contexts
	 * @param classLoader the class loader to define it in, {@code null} for the default
	 * @return the class of the proxies, or of the contexts themselves if they can't be
	 * monitored
	 */
	public static Class<?> proxyType(Class<?> contextType, @Nullable ClassLoader classLoader) {
		try {
			return ContextProxy.typeFor(contextType, classLoader);
		}
		catch (RuntimeException ex) {
			return contextType;
		}
	}

	/**
	 * Load the classes that monitoring a context needs, so that they are there when one
	 * is to be monitored.
	 */
	public static void preload() {
		Rehearsal.ensurePlayed();
		ContextProxy.typeFor(ZContext.class, ZContext.class.getClassLoader());
	}

	/**
	 * Monitor a socket. What happened to it before is not known; so this is best called
	 * before the first bind or connect.
	 * @param name the name of the socket; a socket that is monitored already is renamed
	 * @param socket the socket, not used by another thread during the call
	 * @return a view to be used in place of the socket, or the socket itself if it can't
	 * be monitored; a warning in the log says why
	 */
	public ZMQ.Socket monitor(String name, ZMQ.Socket socket) {
		try {
			if (socket instanceof MonitoredSocket monitored && monitored.register() == this.sockets) {
				this.sockets.rename(monitored.tracker(), name);
				return monitored;
			}
			return this.sockets.add(socket, name, null);
		}
		catch (Throwable ex) {
			this.errors.instrumentation("Socket '" + name + "' can't be monitored", ex);
			return socket;
		}
	}

	/**
	 * Follow a socket outside this JVM, of which only events are known.
	 * @param name the name of the socket
	 * @param type the type in upper case
	 * @param errors the symbols of error numbers on the socket's platform
	 * @return what takes the events; to be ended when the socket has
	 */
	public ZmqNativeSocket monitorNative(String name, String type, Map<Integer, String> errors) {
		return this.sockets.addNative(name, type, errors);
	}

	/**
	 * Take a snapshot of all open sockets, without their recent events and hints.
	 * @return the snapshot
	 */
	public ZmqMonitorSnapshot snapshot() {
		return snapshot(trackers(), false);
	}

	/**
	 * Take a snapshot of some open sockets, with their recent events and hints.
	 * @param nameOrId the name of the sockets or the id of one
	 * @return the snapshot, without sockets if there is none of that name or id
	 */
	public ZmqMonitorSnapshot snapshot(String nameOrId) {
		return snapshot(
				trackers()
					.filter((tracker) -> tracker.name().equals(nameOrId) || tracker.identity().id().equals(nameOrId)),
				true);
	}

	/**
	 * Return what there is to say about open sockets that no event tells, as far as it
	 * can be told without reading their queues.
	 * @return the hints, in order of the sockets' creation
	 */
	public List<ZmqHint> hints() {
		this.clock.follow();
		return trackers().sorted(Comparator.comparingLong((tracker) -> tracker.identity().number()))
			.flatMap((tracker) -> tracker.hints().stream())
			.toList();
	}

	private ZmqMonitorSnapshot snapshot(Stream<SocketTracker> trackers, boolean events) {
		this.clock.follow();
		this.sockets.evict();
		List<ZmqSocketSnapshot> sockets = trackers
			.sorted(Comparator.comparingLong((tracker) -> tracker.identity().number()))
			.map((tracker) -> snapshot(tracker, events))
			.toList();
		return new ZmqMonitorSnapshot(Instant.now(), sockets);
	}

	private ZmqSocketSnapshot snapshot(SocketTracker tracker, boolean events) {
		this.sockets.prune(tracker);
		ZmqSocketSnapshot snapshot = tracker.snapshot(LISTED_PEERS, events);
		tracker.reportTimings();
		return snapshot;
	}

	/**
	 * Add a listener. The first one starts the thread on which all are called.
	 * @param listener the listener, called after those added before
	 * @return {@code false} if it had been added before
	 */
	public boolean addListener(ZmqSocketEventListener listener) {
		return this.dispatcher.addListener(listener);
	}

	/**
	 * Remove a listener. It can still be called with an event that is on its way.
	 * @param listener the listener
	 */
	public void removeListener(ZmqSocketEventListener listener) {
		this.dispatcher.removeListener(listener);
	}

	/**
	 * Add a listener for endpoint groups; it is told of those that exist.
	 * @param listener the listener
	 */
	public void addEndpointGroupListener(ZmqGroupListener<ZmqEndpointGroup> listener) {
		this.endpoints.addListener(listener);
	}

	/**
	 * Remove a listener for endpoint groups.
	 * @param listener the listener
	 */
	public void removeEndpointGroupListener(ZmqGroupListener<ZmqEndpointGroup> listener) {
		this.endpoints.removeListener(listener);
	}

	/**
	 * Add a listener for socket groups; it is told of those that exist.
	 * @param listener the listener
	 */
	public void addSocketGroupListener(ZmqGroupListener<ZmqSocketGroup> listener) {
		this.socketGroups.addListener(listener);
	}

	/**
	 * Remove a listener for socket groups.
	 * @param listener the listener
	 */
	public void removeSocketGroupListener(ZmqGroupListener<ZmqSocketGroup> listener) {
		this.socketGroups.removeListener(listener);
	}

	/**
	 * Return whether messages and queues are read.
	 * @return {@code false} if that is switched off, or JeroMQ does not let anybody in
	 */
	public boolean readsPipes() {
		return this.sockets.readsPipes();
	}

	/**
	 * Return the numbers about the monitor itself.
	 * @return the numbers, read anew with each call of them
	 */
	public ZmqMonitorStatistics statistics() {
		return new ZmqMonitorStatistics(this);
	}

	/**
	 * Stop calling listeners. Sockets stay as they are.
	 */
	@Override
	public void close() {
		this.dispatcher.stop();
		this.hooks.stop();
	}

	ZmqMonitorSettings settings() {
		return this.settings;
	}

	MonitorClock clock() {
		return this.clock;
	}

	MonitorErrors errors() {
		return this.errors;
	}

	EndpointGroups endpoints() {
		return this.endpoints;
	}

	long pipesMissed() {
		return this.pipesMissed.sum();
	}

	EventDispatcher dispatcher() {
		return this.dispatcher;
	}

	long droppedFromListeners() {
		return this.dispatcher.dropped();
	}

	long droppedFromHooks() {
		return this.hooks.dropped();
	}

	long events(ZmqEventType type) {
		return counter(type).sum();
	}

	Stream<SocketTracker> trackers() {
		return this.sockets.trackers();
	}

	private LongAdder counter(ZmqEventType type) {
		return Objects.requireNonNull(this.events.get(type));
	}

	ZContext monitorContext(String name, ZContext context, @Nullable ClassLoader classLoader) {
		try {
			return ContextProxy.isProxied(context) ? context : ContextProxy.of(this, name, context, classLoader);
		}
		catch (Throwable ex) {
			this.errors.instrumentation("Context '" + name + "' can't be monitored", ex);
			return context;
		}
	}

	/**
	 * Monitor a socket that a monitored context has just made.
	 */
	ZMQ.Socket monitorCreated(ZMQ.Socket socket, String context) {
		try {
			String type = socket.getSocketType().name().toLowerCase(Locale.ROOT);
			return this.sockets.add(socket, (context + "." + type).intern(), context);
		}
		catch (Throwable ex) {
			this.errors.instrumentation("A socket of context '" + context + "' can't be monitored", ex);
			return socket;
		}
	}

	/**
	 * The view of a socket, or the socket itself if there is none.
	 */
	Object viewOf(Object socket) {
		return this.sockets.viewOf(socket);
	}

	/**
	 * An endpoint was made of an event's address. Called on I/O threads.
	 */
	void adopted(EndpointTracker endpoint) {
		this.endpoints.joinLater(endpoint);
	}

	/**
	 * Count an event. Called on I/O threads.
	 */
	void count(ZmqEventType type) {
		counter(type).increment();
	}

	/**
	 * A connection came and went without a sample. Called on I/O threads.
	 */
	void pipeMissed() {
		this.pipesMissed.increment();
	}

	void refresh() {
		this.sockets.evict();
		trackers().forEach(this.sockets::prune);
	}

}
