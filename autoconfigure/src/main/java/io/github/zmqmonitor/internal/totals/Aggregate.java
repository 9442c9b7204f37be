package io.github.zmqmonitor.internal.totals;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.zmqmonitor.internal.support.MonitorClock;
import org.jspecify.annotations.Nullable;

/**
 * Things that count together. What a member has counted stays when it leaves.
 * <p>
 * Numbers are added up at most once in 50 ms, so that those read together belong
 * together. Safe for use by any thread; no thread of JeroMQ waits here.
 *
 * @param <M> the members
 * @param <T> the numbers
 */
abstract class Aggregate<M, T> {

	private static final long SAMPLE_AGE = TimeUnit.MILLISECONDS.toNanos(50);

	private final MonitorClock clock;

	private final Runnable read;

	private final Map<M, T> members = new IdentityHashMap<>(2);

	private final T gone = zero();

	private @Nullable T sample;

	private long sampledAt;

	private long emptySince;

	private volatile boolean seen;

	/**
	 * Create an aggregate.
	 * @param read what to do before numbers are read anew
	 */
	Aggregate(MonitorClock clock, Runnable read) {
		this.clock = clock;
		this.read = read;
		this.emptySince = clock.nanoTime();
	}

	final MonitorClock clock() {
		return this.clock;
	}

	/**
	 * Return the numbers as of a moment ago. For those who read for somebody else.
	 */
	public final T totals() {
		this.read.run();
		read();
		this.seen = true;
		return sample();
	}

	/** Return the numbers as of a moment ago, and do nothing else. */
	public final T sample() {
		T fresh = recent();
		if (fresh != null) {
			return fresh;
		}
		prepare(members());
		synchronized (this.members) {
			T sample = zero();
			begin(sample, this.emptySince);
			add(sample, this.gone);
			for (Map.Entry<M, T> entry : this.members.entrySet()) {
				addNow(sample, entry.getKey());
				subtract(sample, entry.getValue());
			}
			this.sample = sample;
			this.sampledAt = this.clock.nanoTime();
			return sample;
		}
	}

	private @Nullable T recent() {
		synchronized (this.members) {
			T sample = this.sample;
			return (sample != null && this.clock.nanoTime() - this.sampledAt < SAMPLE_AGE) ? sample : null;
		}
	}

	private List<M> members() {
		synchronized (this.members) {
			return new ArrayList<>(this.members.keySet());
		}
	}

	/**
	 * Let a member count here from now on.
	 * @param baseline what it has counted elsewhere
	 */
	void join(M member, T baseline) {
		synchronized (this.members) {
			this.members.put(member, baseline);
			this.sample = null;
		}
	}

	/** Keep what a member has counted, and forget the member. */
	void leave(M member) {
		synchronized (this.members) {
			add(this.gone, withdraw(member));
		}
	}

	/**
	 * Forget a member.
	 * @return what it has counted here
	 */
	T withdraw(M member) {
		synchronized (this.members) {
			T counted = zero();
			T baseline = this.members.remove(member);
			if (baseline != null) {
				addNow(counted, member);
				subtract(counted, baseline);
				settle(counted);
				left();
			}
			return counted;
		}
	}

	/**
	 * Forget a member and all that it has counted, because it counts elsewhere.
	 */
	void forget(M member) {
		synchronized (this.members) {
			this.members.remove(member);
			left();
		}
	}

	private void left() {
		this.emptySince = this.clock.nanoTime();
		this.sample = null;
	}

	/** Keep what counted elsewhere. */
	void keep(T totals) {
		synchronized (this.members) {
			add(this.gone, totals);
			this.sample = null;
		}
	}

	/** Whether anybody has read the numbers. */
	boolean wasSeen() {
		return this.seen;
	}

	/** Whether it has neither a member nor anything to keep. */
	boolean isUnused() {
		synchronized (this.members) {
			return this.members.isEmpty() && isZero(this.gone);
		}
	}

	/** Whether it counts nothing but this member. */
	boolean isOnly(M member) {
		synchronized (this.members) {
			return this.members.size() == 1 && this.members.containsKey(member) && isZero(this.gone);
		}
	}

	boolean isEmptySince(long time) {
		synchronized (this.members) {
			return this.members.isEmpty() && this.emptySince - time <= 0;
		}
	}

	/** Take readings of the members that are due, without a lock. */
	void prepare(List<M> members) {
	}

	/** Somebody reads. */
	void read() {
	}

	/** Take over what belongs to members that have moved here. */
	void inherit(Aggregate<M, T> before) {
	}

	abstract T zero();

	/** Begin with what applies without a member. */
	void begin(T sample, long emptySince) {
	}

	/** Add counters. */
	abstract void add(T sum, T totals);

	/** Add the numbers of a member as they are now. */
	abstract void addNow(T sum, M member);

	/** Take counters away. */
	abstract void subtract(T sum, T totals);

	/** Keep counters only. */
	void settle(T totals) {
	}

	abstract boolean isZero(T totals);

}
