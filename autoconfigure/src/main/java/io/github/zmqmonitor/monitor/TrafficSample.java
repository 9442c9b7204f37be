package io.github.zmqmonitor.monitor;

/**
 * What flows through one socket, or several, added up.
 */
final class TrafficSample {

	final QueueSample sentQueues = new QueueSample();

	final QueueSample receivedQueues = new QueueSample();

	long sent;

	long received;

	void add(PipeCounts counts) {
		addMessages(counts.written(), counts.read());
		this.sentQueues.add(counts.sent());
		this.receivedQueues.add(counts.received());
	}

	void add(TrafficSample other) {
		addMessages(other.sent, other.received);
		this.sentQueues.add(other.sentQueues);
		this.receivedQueues.add(other.receivedQueues);
	}

	void addMessages(long sent, long received) {
		this.sent += sent;
		this.received += received;
	}

}
