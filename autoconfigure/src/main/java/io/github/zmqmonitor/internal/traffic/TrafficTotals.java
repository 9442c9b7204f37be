package io.github.zmqmonitor.internal.traffic;

import java.util.Arrays;

import io.github.zmqmonitor.model.ZmqMessages.DropReason;

/**
 * What flows through one socket, or several, added up.
 */
public final class TrafficTotals {

	public final QueueTotals sentQueues = new QueueTotals();

	public final QueueTotals receivedQueues = new QueueTotals();

	public long sent;

	public long received;

	/** Messages dropped, by the ordinal of their reason. */
	public final long[] dropped = new long[DropReason.values().length];

	public void add(PipeCounts counts) {
		addMessages(counts.written(), counts.read());
		this.sentQueues.add(counts.sent());
		this.receivedQueues.add(counts.received());
	}

	public void add(TrafficTotals other) {
		addCounters(other);
		this.sentQueues.add(other.sentQueues);
		this.receivedQueues.add(other.receivedQueues);
	}

	public void addMessages(long sent, long received) {
		this.sent += sent;
		this.received += received;
	}

	/** Add what was counted, and nothing of what waits. */
	public void addCounters(TrafficTotals other) {
		addCounters(other, 1);
	}

	public void subtractCounters(TrafficTotals other) {
		addCounters(other, -1);
	}

	private void addCounters(TrafficTotals other, int factor) {
		addMessages(factor * other.sent, factor * other.received);
		Arrays.setAll(this.dropped, (i) -> this.dropped[i] + factor * other.dropped[i]);
	}

	public boolean isZero() {
		return this.sent + this.received + Arrays.stream(this.dropped).sum() == 0;
	}

	void suspendQueues() {
		this.sentQueues.suspend();
		this.receivedQueues.suspend();
	}

	/** Keep messages only. */
	public void forgetQueues() {
		this.sentQueues.clear();
		this.receivedQueues.clear();
	}

}
