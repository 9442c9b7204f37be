package io.github.zmqmonitor.internal.traffic;

/**
 * What flows through one socket, or several, added up.
 */
public final class TrafficTotals {

	public final QueueTotals sentQueues = new QueueTotals();

	public final QueueTotals receivedQueues = new QueueTotals();

	public long sent;

	public long received;

	public void add(PipeCounts counts) {
		addMessages(counts.written(), counts.read());
		this.sentQueues.add(counts.sent());
		this.receivedQueues.add(counts.received());
	}

	public void add(TrafficTotals other) {
		addMessages(other.sent, other.received);
		this.sentQueues.add(other.sentQueues);
		this.receivedQueues.add(other.receivedQueues);
	}

	public void addMessages(long sent, long received) {
		this.sent += sent;
		this.received += received;
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
