package io.github.zmqmonitor.internal.traffic;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

import io.github.zmqmonitor.model.ZmqQueueSnapshot;
import io.github.zmqmonitor.model.ZmqQueues;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of one pipe at one moment.
 *
 * @param written messages sent into it
 * @param read messages received out of it
 * @param sent the queue outwards
 * @param received the queue inwards
 */
public record PipeCounts(long written, long read, Queue sent, Queue received) {

	private static final int LISTED = 10;

	/**
	 * A queue of a pipe.
	 *
	 * @param size messages that wait
	 * @param taken how much of the limit is taken: a reader gives places back in batches,
	 * so that this can be more than the size
	 * @param limit the high-water mark, 0 or less for none
	 */
	public record Queue(long size, long taken, int limit) {

		public Queue {
			size = Math.max(0, size);
			taken = Math.max(size, taken);
		}

		public boolean isLimited() {
			return this.limit > 0;
		}

		public boolean isFull() {
			return isLimited() && this.taken >= this.limit;
		}

		/**
		 * How much of the limit waits. Places that the reader has yet to give back don't
		 * count, unless a sender meets a full queue because of them.
		 */
		public double utilization() {
			if (isFull()) {
				return 1;
			}
			return isLimited() ? (double) this.size / this.limit : 0;
		}

	}

	/** The queues of the pipes that are fullest. */
	static List<ZmqQueues> fullest(Collection<PipeCounts> pipes) {
		return pipes.stream()
			.sorted(Comparator.comparingDouble(PipeCounts::utilization)
				.thenComparingLong((pipe) -> pipe.sent().size() + pipe.received().size())
				.reversed())
			.limit(LISTED)
			.map(PipeCounts::queues)
			.toList();
	}

	/**
	 * The same with totals that never fall below those of an earlier moment: JeroMQ takes
	 * messages back that a reconnect has thrown away.
	 */
	public PipeCounts notBelow(@Nullable PipeCounts earlier) {
		return (earlier == null) ? this : new PipeCounts(Math.max(this.written, earlier.written),
				Math.max(this.read, earlier.read), this.sent, this.received);
	}

	/** The same without what waits. */
	PipeCounts withoutQueues() {
		Queue none = new Queue(0, 0, 0);
		return new PipeCounts(this.written, this.read, none, none);
	}

	/** The queues for users. */
	public ZmqQueues queues() {
		return new ZmqQueues(queue(this.sent), queue(this.received));
	}

	private static ZmqQueueSnapshot queue(Queue queue) {
		QueueTotals totals = new QueueTotals();
		totals.add(queue);
		return totals.snapshot();
	}

	double utilization() {
		return Math.max(this.sent.utilization(), this.received.utilization());
	}

}
