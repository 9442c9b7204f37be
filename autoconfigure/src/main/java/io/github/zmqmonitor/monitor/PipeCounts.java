package io.github.zmqmonitor.monitor;

import org.jspecify.annotations.Nullable;

/**
 * The numbers of one pipe at one moment.
 *
 * @param written messages sent into it
 * @param read messages received out of it
 * @param sent the queue outwards
 * @param received the queue inwards
 */
record PipeCounts(long written, long read, Queue sent, Queue received) {

	/**
	 * A queue of a pipe.
	 *
	 * @param size messages that wait
	 * @param taken how much of the limit is taken: a reader gives places back in batches,
	 * so that this can be more than the size
	 * @param limit the high-water mark, 0 or less for none
	 */
	record Queue(long size, long taken, int limit) {

		Queue {
			size = Math.max(0, size);
			taken = Math.max(size, taken);
		}

		boolean isLimited() {
			return this.limit > 0;
		}

		boolean isFull() {
			return isLimited() && this.taken >= this.limit;
		}

		/**
		 * How much of the limit waits. Places that the reader has yet to give back don't
		 * count, unless a sender meets a full queue because of them.
		 */
		double utilization() {
			if (isFull()) {
				return 1;
			}
			return isLimited() ? (double) this.size / this.limit : 0;
		}

	}

	/**
	 * The same with totals that never fall below those of an earlier moment: JeroMQ takes
	 * messages back that a reconnect has thrown away.
	 */
	PipeCounts notBelow(@Nullable PipeCounts earlier) {
		return (earlier == null) ? this : new PipeCounts(Math.max(this.written, earlier.written),
				Math.max(this.read, earlier.read), this.sent, this.received);
	}

	double utilization() {
		return Math.max(this.sent.utilization(), this.received.utilization());
	}

}
