package io.github.zmqmonitor.monitor;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Groups by key, as many as the settings allow, and those that take what is beyond.
 *
 * @param <K> the keys
 * @param <M> the members of groups
 * @param <G> the groups
 */
abstract class GroupTable<K, M, G extends Group<M>> {

	static final String OTHER = "other";

	private final ZmqMonitorSettings settings;

	private final MonitorClock clock;

	private final MonitorErrors errors;

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<K, G> groups = new ConcurrentHashMap<>();

	private final List<ZmqGroupListener<G>> listeners = new CopyOnWriteArrayList<>();

	private final LongAdder overflow = new LongAdder();

	GroupTable(ZmqMonitorSettings settings, MonitorClock clock, MonitorErrors errors) {
		this.settings = settings;
		this.clock = clock;
		this.errors = errors;
	}

	abstract K keyOf(M member);

	/**
	 * The key for what is beyond the limit.
	 */
	abstract K beyond(K key);

	abstract G create(K key, MonitorClock clock, MonitorErrors errors);

	/**
	 * Add a listener, and tell it of the groups that exist.
	 */
	void addListener(ZmqGroupListener<G> listener) {
		this.lock.lock();
		try {
			this.listeners.add(listener);
			this.groups.values().forEach((group) -> contain(() -> listener.added(group)));
		}
		finally {
			this.lock.unlock();
		}
	}

	void removeListener(ZmqGroupListener<G> listener) {
		this.listeners.remove(listener);
	}

	/**
	 * Put a member into its group. Called on threads of the application or of readers.
	 */
	void join(M member) {
		while (!groupFor(keyOf(member)).join(member)) {
			Thread.onSpinWait();
		}
	}

	private G groupFor(K key) {
		G group = this.groups.get(key);
		if (group != null && !group.isEvicted()) {
			return group;
		}
		this.lock.lock();
		try {
			boolean own = this.groups.containsKey(key) || ownGroups() < this.settings.maxEndpoints();
			if (!own) {
				this.overflow.increment();
			}
			return getOrCreate(own ? key : beyond(key));
		}
		finally {
			this.lock.unlock();
		}
	}

	private G getOrCreate(K key) {
		G known = this.groups.get(key);
		if (known != null && !known.isEvicted()) {
			return known;
		}
		if (known != null) {
			remove(key, known);
		}
		G group = create(key, this.clock, this.errors);
		this.groups.put(key, group);
		this.listeners.forEach((listener) -> contain(() -> listener.added(group)));
		return group;
	}

	/**
	 * Retire groups that have been without members for long. Called where somebody reads
	 * or the application makes something, since there is no thread to do it.
	 */
	void evict() {
		if (this.lock.tryLock()) {
			try {
				long retained = this.clock.nanoTime() - this.settings.retainClosed().toNanos();
				this.groups.forEach((key, group) -> {
					if (group.evictIfEmptySince(retained)) {
						remove(key, group);
					}
				});
			}
			finally {
				this.lock.unlock();
			}
		}
	}

	private void remove(K key, G group) {
		if (this.groups.remove(key, group)) {
			this.listeners.forEach((listener) -> contain(() -> listener.removed(group)));
		}
	}

	private void contain(Runnable message) {
		try {
			message.run();
		}
		catch (Throwable ex) {
			this.errors.instrumentation("A listener for groups failed", ex);
		}
	}

	/**
	 * The number of groups, those for what is beyond the limit not counted.
	 */
	int ownGroups() {
		return (int) this.groups.keySet().stream().filter((key) -> !key.equals(beyond(key))).count();
	}

	long overflow() {
		return this.overflow.sum();
	}

}
