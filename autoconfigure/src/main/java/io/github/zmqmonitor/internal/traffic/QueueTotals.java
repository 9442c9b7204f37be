package io.github.zmqmonitor.internal.traffic;

import io.github.zmqmonitor.model.ZmqQueueSnapshot;

/**
 * Queues in one direction, added up.
 */
public final class QueueTotals {

	private long size;

	private int limit;

	private double utilization = Double.NaN;

	private int full;

	private boolean suspended;

	void add(PipeCounts.Queue queue) {
		this.size += queue.size();
		if (queue.isLimited()) {
			include(queue.limit(), queue.utilization(), queue.isFull() ? 1 : 0);
		}
	}

	void add(QueueTotals other) {
		this.suspended |= other.suspended;
		this.size += other.size;
		if (other.limit > 0) {
			include(other.limit, other.utilization, other.full);
		}
	}

	private void include(int limit, double utilization, int full) {
		this.limit = (this.limit > 0) ? Math.min(this.limit, limit) : limit;
		this.utilization = Double.isNaN(this.utilization) ? utilization : Math.max(this.utilization, utilization);
		this.full += full;
	}

	/**
	 * Whether a queue among them isn't read, so that their numbers aren't known.
	 */
	public boolean isSuspended() {
		return this.suspended;
	}

	void suspend() {
		this.suspended = true;
	}

	public long size() {
		return this.size;
	}

	public double utilization() {
		return Double.isNaN(this.utilization) ? 0 : this.utilization;
	}

	public int full() {
		return this.full;
	}

	void clear() {
		this.size = 0;
		this.limit = 0;
		this.utilization = Double.NaN;
		this.full = 0;
		this.suspended = false;
	}

	ZmqQueueSnapshot snapshot() {
		return new ZmqQueueSnapshot(this.size, (this.limit > 0) ? this.limit : null,
				(this.limit > 0) ? (Double) (Math.round(this.utilization * 1000) / 1000.0) : null, this.full);
	}

}
