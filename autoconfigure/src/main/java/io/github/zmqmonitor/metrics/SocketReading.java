package io.github.zmqmonitor.metrics;

import java.util.function.ToDoubleFunction;

import io.github.zmqmonitor.internal.totals.SocketAggregate;
import io.github.zmqmonitor.internal.traffic.QueueTotals;
import io.github.zmqmonitor.internal.traffic.TrafficTotals;

/**
 * Reads the number of a meter of messages and queues.
 *
 * @param meter the meter
 * @param sent whether it is about the way out
 */
record SocketReading(ZmqMeter meter, boolean sent) implements ToDoubleFunction<SocketAggregate> {

	@Override
	public double applyAsDouble(SocketAggregate sockets) {
		TrafficTotals totals = sockets.totals();
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
