package io.github.zmqmonitor.monitor;

/**
 * Queues in one direction, added up.
 */
final class QueueSample {

	private long size;

	private int limit;

	private double utilization = Double.NaN;

	private int full;

	void add(PipeCounts.Queue queue) {
		this.size += queue.size();
		if (queue.isLimited()) {
			include(queue.limit(), queue.utilization(), queue.isFull() ? 1 : 0);
		}
	}

	void add(QueueSample other) {
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

	long size() {
		return this.size;
	}

	double utilization() {
		return Double.isNaN(this.utilization) ? 0 : this.utilization;
	}

	int full() {
		return this.full;
	}

	ZmqQueueSnapshot snapshot() {
		return new ZmqQueueSnapshot(this.size, (this.limit > 0) ? this.limit : null,
				(this.limit > 0) ? (Double) (Math.round(this.utilization * 1000) / 1000.0) : null, this.full);
	}

}
