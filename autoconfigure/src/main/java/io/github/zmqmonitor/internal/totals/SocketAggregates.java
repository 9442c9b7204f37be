package io.github.zmqmonitor.internal.totals;

import io.github.zmqmonitor.internal.state.SocketTracker;
import io.github.zmqmonitor.internal.support.Addresses;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.internal.support.MonitorErrors;
import io.github.zmqmonitor.internal.totals.SocketAggregate.Key;
import io.github.zmqmonitor.internal.traffic.TrafficTotals;
import io.github.zmqmonitor.model.ZmqMonitorSettings;

/**
 * All aggregates of sockets.
 */
public final class SocketAggregates extends AggregateTable<Key, CountedSocket, TrafficTotals, SocketAggregate> {

	private final MonitorClock clock;

	private final Runnable read;

	public SocketAggregates(ZmqMonitorSettings settings, MonitorClock clock, MonitorErrors errors, Runnable read) {
		super(settings, clock, errors);
		this.clock = clock;
		this.read = read;
	}

	@Override
	Key keyOf(CountedSocket socket) {
		SocketTracker tracker = socket.tracker();
		return new Key(Addresses.printable(tracker.name()), tracker.identity().type(), tracker.identity().origin());
	}

	@Override
	Key beyond(Key key) {
		return new Key(OTHER, key.socketType(), key.origin());
	}

	@Override
	SocketAggregate create(Key key, CountedSocket socket) {
		return new SocketAggregate(key, this.clock, this.read);
	}

}
