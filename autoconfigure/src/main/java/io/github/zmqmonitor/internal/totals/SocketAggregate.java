package io.github.zmqmonitor.internal.totals;

import java.util.List;

import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.internal.traffic.SocketDrops;
import io.github.zmqmonitor.internal.traffic.TrafficTotals;
import io.github.zmqmonitor.model.ZmqOrigin;
import org.jspecify.annotations.Nullable;

/**
 * The sockets that share name, type and origin, added up. What sockets have counted stays
 * when they are closed.
 */
public final class SocketAggregate extends Aggregate<CountedSocket, TrafficTotals> {

	private final Key key;

	SocketAggregate(Key key, MonitorClock clock, Runnable read) {
		super(clock, read);
		this.key = key;
	}

	public Key key() {
		return this.key;
	}

	@Override
	void prepare(List<CountedSocket> sockets) {
		sockets.forEach(CountedSocket::read);
	}

	@Override
	TrafficTotals zero() {
		return new TrafficTotals();
	}

	@Override
	void add(TrafficTotals sum, TrafficTotals totals) {
		sum.addCounters(totals);
	}

	@Override
	void addNow(TrafficTotals sum, CountedSocket socket) {
		sum.add(socket.traffic());
		SocketDrops drops = socket.drops();
		if (drops != null) {
			drops.addTo(sum);
		}
	}

	@Override
	void subtract(TrafficTotals sum, TrafficTotals totals) {
		sum.subtractCounters(totals);
	}

	@Override
	void settle(TrafficTotals totals) {
		totals.forgetQueues();
	}

	@Override
	boolean isZero(TrafficTotals totals) {
		return totals.isZero();
	}

	/**
	 * What the sockets of an aggregate share. Compared by hand, as the key of endpoints.
	 *
	 * @param socket the name, {@code other} beyond the limit
	 * @param socketType the type in upper case
	 * @param origin where they live
	 */
	public record Key(String socket, String socketType, ZmqOrigin origin) {

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof Key key && this.socket.equals(key.socket) && this.socketType.equals(key.socketType)
					&& this.origin == key.origin;
		}

		@Override
		public int hashCode() {
			return 31 * this.socket.hashCode() + this.socketType.hashCode();
		}

	}

}
