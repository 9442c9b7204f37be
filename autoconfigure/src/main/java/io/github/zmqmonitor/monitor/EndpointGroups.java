package io.github.zmqmonitor.monitor;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.github.zmqmonitor.monitor.ZmqEndpointGroup.Key;

/**
 * All endpoint groups, at most as many as the settings allow and those that take what is
 * beyond.
 */
final class EndpointGroups {

	private static final String OTHER = "other";

	private final ZmqMonitorSettings settings;

	private final MonitorClock clock;

	private final MonitorErrors errors;

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<Key, ZmqEndpointGroup> groups = new ConcurrentHashMap<>();

	private final Queue<EndpointTracker> waiting = new ConcurrentLinkedQueue<>();

	private final List<ZmqEndpointGroupListener> listeners = new CopyOnWriteArrayList<>();

	private final LongAdder overflow = new LongAdder();

	EndpointGroups(ZmqMonitorSettings settings, MonitorClock clock, MonitorErrors errors) {
		this.settings = settings;
		this.clock = clock;
		this.errors = errors;
	}

	void addListener(ZmqEndpointGroupListener listener) {
		this.lock.lock();
		try {
			this.listeners.add(listener);
			this.groups.values().forEach((group) -> tell(listener, (target) -> target.added(group)));
		}
		finally {
			this.lock.unlock();
		}
	}

	void removeListener(ZmqEndpointGroupListener listener) {
		this.listeners.remove(listener);
	}

	/**
	 * Put an endpoint into its group. Called on threads of the application.
	 */
	void join(EndpointTracker endpoint) {
		if (endpoint.group() != null || !endpoint.isTracked()) {
			return;
		}
		for (boolean joined = false; !joined;) {
			joined = groupFor(endpoint).join(endpoint);
		}
	}

	/**
	 * Put an endpoint into its group as soon as somebody reads. Called on I/O threads.
	 */
	void joinLater(EndpointTracker endpoint) {
		this.waiting.add(endpoint);
	}

	private ZmqEndpointGroup groupFor(EndpointTracker endpoint) {
		SocketIdentity socket = endpoint.socket().identity();
		Key key = new Key(Addresses.printable(endpoint.socket().name()), socket.type(), endpoint.endpoint(),
				endpoint.role());
		ZmqEndpointGroup group = this.groups.get(key);
		if (group != null && !group.isEvicted()) {
			return group;
		}
		this.lock.lock();
		try {
			return create(key);
		}
		finally {
			this.lock.unlock();
		}
	}

	private ZmqEndpointGroup create(Key wanted) {
		Key key = wanted;
		if (!this.groups.containsKey(key) && ownGroups() >= this.settings.maxEndpoints()) {
			this.overflow.increment();
			key = new Key(OTHER, wanted.socketType(), OTHER, wanted.role());
		}
		ZmqEndpointGroup known = this.groups.get(key);
		if (known != null && !known.isEvicted()) {
			return known;
		}
		if (known != null) {
			remove(known);
		}
		ZmqEndpointGroup group = new ZmqEndpointGroup(key, this.clock, this.errors::event);
		this.groups.put(key, group);
		tellAll((listener) -> listener.added(group));
		return group;
	}

	void leave(Collection<EndpointTracker> endpoints) {
		for (EndpointTracker endpoint : endpoints) {
			ZmqEndpointGroup group = endpoint.group();
			if (group != null) {
				group.leave(endpoint);
			}
		}
	}

	/**
	 * Forget an endpoint that didn't come to be.
	 */
	void drop(EndpointTracker endpoint) {
		ZmqEndpointGroup group = endpoint.group();
		if (group != null) {
			group.remove(endpoint);
			endpoint.joined(null);
			group.evictIfUnused();
			refresh();
		}
	}

	/**
	 * Move endpoints, with all that they have counted, to the groups of their socket's
	 * new name.
	 */
	void move(Collection<EndpointTracker> endpoints) {
		for (EndpointTracker endpoint : endpoints) {
			drop(endpoint);
			join(endpoint);
		}
	}

	/**
	 * Bring the groups up to date: called where somebody reads or the application makes
	 * something, since there is no thread to do it.
	 */
	void refresh() {
		for (EndpointTracker endpoint = this.waiting.poll(); endpoint != null; endpoint = this.waiting.poll()) {
			join(endpoint);
		}
		if (this.lock.tryLock()) {
			try {
				evict(this.clock.nanoTime() - this.settings.retainClosed().toNanos());
			}
			finally {
				this.lock.unlock();
			}
		}
	}

	private void evict(long emptySince) {
		for (ZmqEndpointGroup group : this.groups.values()) {
			if (group.evictIfEmptySince(emptySince)) {
				remove(group);
			}
		}
	}

	private void remove(ZmqEndpointGroup group) {
		if (this.groups.values().remove(group)) {
			tellAll((listener) -> listener.removed(group));
		}
	}

	/**
	 * Tell the listeners, one message after the other.
	 */
	void tellAll(Consumer<ZmqEndpointGroupListener> message) {
		this.listeners.forEach((listener) -> tell(listener, message));
	}

	private void tell(ZmqEndpointGroupListener listener, Consumer<ZmqEndpointGroupListener> message) {
		try {
			message.accept(listener);
		}
		catch (Throwable ex) {
			this.errors.instrumentation("An endpoint group listener failed", ex);
		}
	}

	/**
	 * The number of groups of their own.
	 */
	int ownGroups() {
		int count = 0;
		for (ZmqEndpointGroup group : this.groups.values()) {
			count += OTHER.equals(group.endpoint()) ? 0 : 1;
		}
		return count;
	}

	long overflow() {
		return this.overflow.sum();
	}

}
