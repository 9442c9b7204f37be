package io.github.zmqmonitor.internal.totals;

import io.github.zmqmonitor.internal.rules.SocketIdentity;
import io.github.zmqmonitor.internal.state.EndpointTotals;
import io.github.zmqmonitor.internal.state.EndpointTracker;
import io.github.zmqmonitor.internal.state.EndpointTotals.MeasuredDuration;
import io.github.zmqmonitor.internal.state.SocketTracker;
import io.github.zmqmonitor.internal.support.Addresses;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.internal.support.MonitorErrors;
import io.github.zmqmonitor.internal.totals.EndpointAggregate.Key;
import io.github.zmqmonitor.model.ZmqMonitorSettings;
import io.github.zmqmonitor.model.ZmqOrigin;

/**
 * All aggregates of endpoints.
 */
public final class EndpointAggregates extends AggregateTable<Key, EndpointTracker, EndpointTotals, EndpointAggregate> {

	private final MonitorClock clock;

	private final MonitorErrors errors;

	private final Runnable read;

	private final boolean kernel;

	/**
	 * Create the aggregates.
	 * @param read what to do before numbers are read anew
	 * @param kernel whether the kernel may be asked about connections of this JVM
	 */
	public EndpointAggregates(ZmqMonitorSettings settings, MonitorClock clock, MonitorErrors errors, Runnable read,
			boolean kernel) {
		super(settings, clock, errors);
		this.clock = clock;
		this.errors = errors;
		this.read = read;
		this.kernel = kernel;
	}

	@Override
	Key keyOf(EndpointTracker endpoint) {
		SocketTracker socket = endpoint.socket();
		return new Key(Addresses.printable(socket.name()), socket.identity().type(), endpoint.endpoint(),
				endpoint.role());
	}

	@Override
	Key beyond(Key key) {
		return new Key(OTHER, key.socketType(), OTHER, key.role());
	}

	@Override
	EndpointAggregate create(Key key, EndpointTracker endpoint) {
		SocketIdentity socket = endpoint.socket().identity();
		return new EndpointAggregate(key, socket.rules(), this.clock, this.errors, this.read,
				this.kernel && socket.origin() == ZmqOrigin.JVM);
	}

	@Override
	public void join(EndpointTracker endpoint) {
		if (endpoint.isTracked()) {
			super.join(endpoint);
		}
	}

	/** Take the durations that a socket has measured to where it counts. */
	public void collectDurations(SocketTracker socket) {
		for (MeasuredDuration duration : socket.takeDurations()) {
			EndpointAggregate aggregate = aggregateOf(duration.endpoint());
			if (aggregate != null) {
				aggregate.collect(duration);
			}
		}
	}

}
