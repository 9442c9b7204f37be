package io.github.zmqmonitor.metrics;

import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

import io.github.zmqmonitor.internal.history.FailureKind;
import io.github.zmqmonitor.internal.state.EndpointTotals;
import io.github.zmqmonitor.internal.totals.EndpointAggregate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the number of a meter of endpoints: one switch for all of them.
 *
 * @param meter the meter
 * @param index the ordinal of what its tags stand for, where there are several series
 * @param failure the kind of failure it counts, {@code null} for other meters
 */
record EndpointReading(ZmqMeter meter, int index, @Nullable FailureKind failure)
		implements
			ToDoubleFunction<EndpointAggregate>,
			ToLongFunction<EndpointAggregate> {

	static final int DISCONNECTED = 0;

	static final int LOCAL = 1;

	static final int SENT = 0;

	static final int RECEIVED = 1;

	EndpointReading(ZmqMeter meter) {
		this(meter, 0, null);
	}

	EndpointReading(ZmqMeter meter, int index) {
		this(meter, index, null);
	}

	@Override
	public double applyAsDouble(EndpointAggregate endpoints) {
		EndpointTotals totals = endpoints.totals();
		return switch (this.meter) {
			case CONNECTIONS -> totals.connectionsKnown ? totals.ready : Double.NaN;
			case HANDSHAKING -> totals.connectionsKnown ? totals.handshaking : Double.NaN;
			case ACCEPTED, ESTABLISHED -> totals.opened;
			case CLOSED -> (this.index == LOCAL) ? totals.closedLocally : totals.disconnected;
			case CONNECTION_BYTES -> (this.index == SENT) ? totals.bytesSent : totals.bytesReceived;
			case CONNECTIONS_STALLED -> totals.isJudged() ? totals.stalled[this.index] : Double.NaN;
			case CONNECT_ATTEMPTS -> totals.attempts;
			case CONNECT_RETRIES -> totals.retries;
			case RETRY_INTERVAL -> totals.retryInterval;
			case RETRY_DELAY -> totals.retryDelayMillis;
			case ENDPOINT_STATE -> (totals.state.ordinal() == this.index) ? 1 : 0;
			case ENDPOINT_STATE_SINCE -> endpoints.sinceMillis();
			case HANDSHAKES -> totals.handshakes[this.index];
			case ENDPOINT_FAILURES -> totals.failures.getOrDefault(this.failure, 0L);
			default -> throw new IllegalStateException("Not a meter of endpoints: " + this.meter);
		};
	}

	@Override
	public long applyAsLong(EndpointAggregate endpoints) {
		return endpoints.totals().retries;
	}

}
