package io.github.zmqmonitor.metrics;

import java.util.function.ToDoubleFunction;

import io.github.zmqmonitor.internal.totals.SocketAggregate;
import io.github.zmqmonitor.internal.traffic.QueueTotals;
import io.github.zmqmonitor.internal.traffic.TrafficTotals;
import io.github.zmqmonitor.model.ZmqMessages.DropReason;
import org.jspecify.annotations.Nullable;

/**
 * Reads the number of a meter of messages and queues.
 *
 * @param meter the meter
 * @param sent whether it is about the way out
 * @param reason which of the messages that are dropped, {@code null} for other meters
 */
record SocketReading(ZmqMeter meter, boolean sent,
		@Nullable DropReason reason) implements ToDoubleFunction<SocketAggregate> {

	SocketReading(ZmqMeter meter, boolean sent) {
		this(meter, sent, null);
	}

	@Override
	public double applyAsDouble(SocketAggregate sockets) {
		TrafficTotals totals = sockets.totals();
		if (this.reason != null) {
			return totals.dropped[this.reason.ordinal()];
		}
		QueueTotals queues = this.sent ? totals.sentQueues : totals.receivedQueues;
		if (this.meter != ZmqMeter.MESSAGES && queues.isSuspended()) {
			return Double.NaN;
		}
		return switch (this.meter) {
			case MESSAGES -> this.sent ? totals.sent : totals.received;
			case QUEUE_SIZE -> queues.size();
			case QUEUE_UTILIZATION -> queues.utilization();
			case QUEUE_FULL -> queues.full();
			default -> throw new IllegalStateException("Not a meter of sockets: " + this.meter);
		};
	}

}
