package io.github.zmqmonitor.internal.totals;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.internal.support.MonitorErrors;
import io.github.zmqmonitor.model.ZmqMonitorSettings;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates by key, as many as the settings allow, and those that take what is beyond;
 * and which member counts where. Called on threads of the application or of readers,
 * never on an I/O thread.
 *
 * @param <K> the keys
 * @param <M> the members of aggregates
 * @param <T> the numbers
 * @param <A> the aggregates
 */
abstract class AggregateTable<K, M, T, A extends Aggregate<M, T>> {

	static final String OTHER = "other";

	private final ZmqMonitorSettings settings;

	private final MonitorClock clock;

	private final MonitorErrors errors;

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<K, A> aggregates = new ConcurrentHashMap<>();

	private final Map<M, A> memberships = new IdentityHashMap<>();

	private final List<AggregateListener<A>> listeners = new CopyOnWriteArrayList<>();

	private final LongAdder overflow = new LongAdder();

	AggregateTable(ZmqMonitorSettings settings, MonitorClock clock, MonitorErrors errors) {
		this.settings = settings;
		this.clock = clock;
		this.errors = errors;
	}

	abstract K keyOf(M member);

	/**
	 * The key for what is beyond the limit.
	 */
	abstract K beyond(K key);

	abstract A create(K key, M member);

	/**
	 * Add a listener, and report the aggregates that exist.
	 */
	public void addListener(AggregateListener<A> listener) {
		locked(() -> {
			this.listeners.add(listener);
			this.aggregates.values().forEach((aggregate) -> contain(() -> listener.added(aggregate)));
		});
	}

	/**
	 * Remove a listener. Nothing is reported to it any more when this returns.
	 */
	public void removeListener(AggregateListener<A> listener) {
		locked(() -> this.listeners.remove(listener));
	}

	/**
	 * Let a member count in its aggregate, unless it does.
	 */
	public void join(M member) {
		locked(() -> {
			if (!this.memberships.containsKey(member)) {
				join(member, keyOf(member), false);
			}
		});
	}

	private void join(M member, K key, boolean counted) {
		boolean own = this.aggregates.containsKey(key) || ownAggregates() < this.settings.maxEndpoints();
		if (!own) {
			this.overflow.increment();
		}
		A aggregate = getOrCreate(own ? key : beyond(key), member);
		T baseline = aggregate.zero();
		if (counted) {
			aggregate.addNow(baseline, member);
			aggregate.settle(baseline);
		}
		aggregate.join(member, baseline);
		this.memberships.put(member, aggregate);
	}

	private A getOrCreate(K key, M member) {
		A known = this.aggregates.get(key);
		if (known != null) {
			return known;
		}
		A created = create(key, member);
		this.aggregates.put(key, created);
		this.listeners.forEach((listener) -> contain(() -> listener.added(created)));
		return created;
	}

	/**
	 * Let members that have another name count there. What somebody has read stays where
	 * it was, so that no counter ever falls; otherwise everything moves.
	 */
	public void move(Iterable<M> members) {
		locked(() -> members.forEach((member) -> {
			A before = this.memberships.remove(member);
			boolean counted = before != null && before.wasSeen();
			if (before != null && counted) {
				before.leave(member);
			}
			else if (before != null) {
				before.forget(member);
			}
			join(member, keyOf(member), counted);
			A after = this.memberships.get(member);
			if (before != null && after != null && !counted) {
				after.inherit(before);
			}
			removeUnused();
		}));
	}

	/**
	 * Keep what members have counted, and forget them.
	 */
	public void leave(Iterable<M> members) {
		locked(() -> members.forEach((member) -> {
			A aggregate = this.memberships.remove(member);
			if (aggregate != null) {
				aggregate.leave(member);
			}
		}));
	}

	/**
	 * Let what members have counted count together with what is beyond the limit, since
	 * they are history, and forget them. Where others have counted too, it stays, so that
	 * no counter ever falls.
	 */
	public void supersede(Iterable<M> members) {
		locked(() -> members.forEach((member) -> {
			A aggregate = this.memberships.remove(member);
			if (aggregate != null && aggregate.isOnly(member)) {
				getOrCreate(beyond(keyOf(member)), member).keep(aggregate.withdraw(member));
			}
			else if (aggregate != null) {
				aggregate.leave(member);
			}
			removeUnused();
		}));
	}

	/**
	 * The aggregate that a member counts in, {@code null} if there is none.
	 */
	@Nullable A aggregateOf(M member) {
		this.lock.lock();
		try {
			return this.memberships.get(member);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void removeUnused() {
		removeIf(Aggregate::isUnused);
	}

	/**
	 * Retire aggregates that have been without members for long, and let listeners look
	 * for what is new.
	 */
	public void housekeep() {
		locked(() -> {
			long retained = this.clock.nanoTime() - this.settings.retainClosed().toNanos();
			removeIf((aggregate) -> aggregate.isEmptySince(retained));
			this.listeners.forEach((listener) -> contain(listener::refresh));
		});
	}

	private void removeIf(Predicate<A> condition) {
		this.aggregates.forEach((key, aggregate) -> {
			if (condition.test(aggregate) && this.aggregates.remove(key, aggregate)) {
				this.listeners.forEach((listener) -> contain(() -> listener.removed(aggregate)));
			}
		});
	}

	private void contain(Runnable message) {
		try {
			message.run();
		}
		catch (Throwable ex) {
			this.errors.instrumentation("A listener for aggregates failed", ex);
		}
	}

	private void locked(Runnable action) {
		this.lock.lock();
		try {
			action.run();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The number of aggregates, those for what is beyond the limit not counted.
	 */
	public int ownAggregates() {
		return (int) this.aggregates.keySet().stream().filter((key) -> !key.equals(beyond(key))).count();
	}

	/**
	 * How many members were beyond the limit.
	 */
	public long overflow() {
		return this.overflow.sum();
	}

}
