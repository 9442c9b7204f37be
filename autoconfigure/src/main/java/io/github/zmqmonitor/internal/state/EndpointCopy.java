package io.github.zmqmonitor.internal.state;

import io.github.zmqmonitor.internal.history.Failures;
import io.github.zmqmonitor.internal.history.OutageClock;
import io.github.zmqmonitor.internal.history.Retrying;
import io.github.zmqmonitor.internal.support.Addresses;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.model.ZmqEndpointRole;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqEventType;
import org.jspecify.annotations.Nullable;

/**
 * Copies an endpoint as users see it. Guarded by the {@link SocketTracker}.
 *
 * @param endpoint the endpoint
 * @param totals its numbers
 * @param failures what has failed
 * @param listeners the addresses at which it listens
 * @param clock the clock of the monitor
 */
record EndpointCopy(EndpointTracker endpoint, EndpointTotals totals, Failures failures, Listeners listeners,
		MonitorClock clock) {

	/**
	 * Make the copy, without peers.
	 * @param attached whether the number of connections is known
	 * @param attempts how it tries to connect, {@code null} if it isn't known which
	 * attempts are its own
	 */
	ZmqEndpointSnapshot make(ZmqEndpointState state, boolean attached, @Nullable Retrying attempts) {
		String written = this.endpoint.endpoint();
		ZmqEndpointRole role = this.endpoint.role();
		String address = this.endpoint.address();
		String shown = (address != null) ? Addresses.printable(address) : null;
		String transport = Addresses.transport(written);
		if (!this.endpoint.isTracked()) {
			return ZmqEndpointSnapshot.untracked(written, shown, role, transport);
		}
		boolean bind = role == ZmqEndpointRole.BIND;
		boolean tries = !bind && attempts != null;
		Retrying retrying = (tries && state == ZmqEndpointState.RETRYING) ? attempts : null;
		OutageClock outage = this.endpoint.outage();
		EndpointTotals totals = this.totals;
		return new ZmqEndpointSnapshot(written, shown, this.listeners.ifSeveral(), role, transport, state,
				this.clock.instantAt(this.endpoint.since(state)), outage.since(this.clock),
				onlyIf(tries, outage.retries()), attached ? (Integer) totals.ready : null,
				attached ? (Integer) totals.handshaking : null, onlyIf(bind, totals.opened),
				onlyIf(!bind, totals.opened), totals.disconnected, totals.closedLocally,
				onlyIf(bind, this.failures.count(ZmqEventType.ACCEPT_FAILED)), onlyIf(tries, totals.attempts),
				onlyIf(tries, totals.retries), (retrying != null) ? retrying.interval() : null,
				(retrying != null) ? retrying.reason() : null, this.failures.lastError(this.clock), totals.bytes(),
				totals.stalledNow(), null, null);
	}

	private static @Nullable Long onlyIf(boolean condition, long value) {
		return condition ? (Long) value : null;
	}

}
