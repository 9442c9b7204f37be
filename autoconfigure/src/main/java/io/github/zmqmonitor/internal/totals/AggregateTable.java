package io.github.zmqmonitor.internal.totals;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

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

	/** The key for what is beyond the limit. */
	abstract K beyond(K key);

	abstract A create(K key, M member);

	/** Add a listener, and report the aggregates that exist. */
	public void addListener(AggregateListener<A> listener) {
		this.lock.lock();
		try {
			this.listeners.add(listener);
			for (A aggregate : this.aggregates.values()) {
				report(listener, aggregate, true);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Remove a listener. Nothing is reported to it any more when this returns. */
	public void removeListener(AggregateListener<A> listener) {
		this.lock.lock();
		try {
			this.listeners.remove(listener);
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Let a member count in its aggregate, unless it does. */
	public void join(M member) {
		this.lock.lock();
		try {
			if (!this.memberships.containsKey(member)) {
				join(member, keyOf(member), false);
			}
		}
		finally {
			this.lock.unlock();
		}
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
		for (AggregateListener<A> listener : this.listeners) {
			report(listener, created, true);
		}
		return created;
	}

	/**
	 * Let members that have another name count there. What somebody has read stays where
	 * it was, so that no counter ever falls; otherwise everything moves.
	 */
	public void move(Iterable<M> members) {
		this.lock.lock();
		try {
			for (M member : members) {
				move(member);
				removeUnused();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void move(M member) {
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
	}

	/** Keep what members have counted, and forget them. */
	public void leave(Iterable<M> members) {
		this.lock.lock();
		try {
			for (M member : members) {
				A aggregate = this.memberships.remove(member);
				if (aggregate != null) {
					aggregate.leave(member);
				}
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Let what members have counted count together with what is beyond the limit, since
	 * they are history, and forget them. Where others have counted too, it stays, so that
	 * no counter ever falls.
	 */
	public void supersede(Iterable<M> members) {
		this.lock.lock();
		try {
			for (M member : members) {
				A aggregate = this.memberships.remove(member);
				if (aggregate != null && aggregate.isOnly(member)) {
					getOrCreate(beyond(keyOf(member)), member).keep(aggregate.withdraw(member));
				}
				else if (aggregate != null) {
					aggregate.leave(member);
				}
				removeUnused();
			}
		}
		finally {
			this.lock.unlock();
		}
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
		for (Map.Entry<K, A> entry : this.aggregates.entrySet()) {
			if (entry.getValue().isUnused()) {
				remove(entry);
			}
		}
	}

	/**
	 * Retire aggregates that have been without members for long, and let listeners look
	 * for what is new.
	 */
	public void housekeep() {
		this.lock.lock();
		try {
			long retained = this.clock.nanoTime() - this.settings.retainClosed().toNanos();
			for (Map.Entry<K, A> entry : this.aggregates.entrySet()) {
				if (entry.getValue().isEmptySince(retained)) {
					remove(entry);
				}
			}
			for (AggregateListener<A> listener : this.listeners) {
				refresh(listener);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void remove(Map.Entry<K, A> entry) {
		if (this.aggregates.remove(entry.getKey(), entry.getValue())) {
			for (AggregateListener<A> listener : this.listeners) {
				report(listener, entry.getValue(), false);
			}
		}
	}

	private void report(AggregateListener<A> listener, A aggregate, boolean added) {
		try {
			if (added) {
				listener.added(aggregate);
			}
			else {
				listener.removed(aggregate);
			}
		}
		catch (Throwable ex) {
			failed(ex);
		}
	}

	private void refresh(AggregateListener<A> listener) {
		try {
			listener.refresh();
		}
		catch (Throwable ex) {
			failed(ex);
		}
	}

	private void failed(Throwable ex) {
		this.errors.instrumentation("A listener for aggregates failed", ex);
	}

	/**
	 * The number of aggregates, those for what is beyond the limit not counted.
	 */
	public int ownAggregates() {
		int count = 0;
		for (K key : this.aggregates.keySet()) {
			count += key.equals(beyond(key)) ? 0 : 1;
		}
		return count;
	}

	/** How many members were beyond the limit. */
	public long overflow() {
		return this.overflow.sum();
	}

}
