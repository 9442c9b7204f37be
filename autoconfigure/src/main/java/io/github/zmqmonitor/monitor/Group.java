package io.github.zmqmonitor.monitor;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Things that count together. What a member has counted stays when it leaves. Guarded by
 * its members' set, which no I/O thread holds for longer than it takes to leave.
 *
 * @param <M> the members
 */
abstract class Group<M> {

	private final MonitorClock clock;

	private final Set<M> members = new HashSet<>();

	private long emptySince;

	private boolean evicted;

	Group(MonitorClock clock) {
		this.clock = clock;
		this.emptySince = clock.nanoTime();
	}

	MonitorClock clock() {
		return this.clock;
	}

	Object lock() {
		return this.members;
	}

	List<M> members() {
		synchronized (this.members) {
			return List.copyOf(this.members);
		}
	}

	long emptySince() {
		synchronized (this.members) {
			return this.emptySince;
		}
	}

	/**
	 * Let a member count here.
	 * @return {@code false} if this group is gone for good
	 */
	boolean join(M member) {
		synchronized (this.members) {
			if (this.evicted) {
				return false;
			}
			this.members.add(member);
			changed();
		}
		joined(member);
		if (hasEnded(member)) {
			leave(member);
		}
		return true;
	}

	/**
	 * Keep what a member has counted, and forget the member.
	 */
	void leave(M member) {
		synchronized (this.members) {
			if (this.members.remove(member)) {
				keep(member);
				markEmpty();
			}
		}
	}

	/**
	 * Forget a member and all that it has counted, because it counts elsewhere now.
	 */
	void remove(M member) {
		synchronized (this.members) {
			this.members.remove(member);
			markEmpty();
			this.evicted = this.evicted || (this.members.isEmpty() && isUnused());
		}
	}

	private void markEmpty() {
		this.emptySince = this.clock.nanoTime();
		changed();
	}

	boolean isEvicted() {
		synchronized (this.members) {
			return this.evicted;
		}
	}

	/**
	 * Retire the group if it has had no member for a time.
	 * @return whether it is gone for good
	 */
	boolean evictIfEmptySince(long time) {
		synchronized (this.members) {
			this.evicted = this.evicted || (this.members.isEmpty() && this.emptySince - time <= 0);
			return this.evicted;
		}
	}

	/**
	 * Tell a member that it counts here now.
	 */
	abstract void joined(M member);

	abstract boolean hasEnded(M member);

	/**
	 * Add what a member has counted to what is kept.
	 */
	abstract void keep(M member);

	/**
	 * The members have changed.
	 */
	abstract void changed();

	/**
	 * Whether nothing is kept.
	 */
	abstract boolean isUnused();

}
