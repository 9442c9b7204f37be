package io.github.zmqmonitor.internal.state;

import java.util.concurrent.TimeUnit;

import io.github.zmqmonitor.internal.history.OutageClock;
import io.github.zmqmonitor.model.ZmqEndpointRole;
import io.github.zmqmonitor.model.ZmqEndpointState;

/**
 * What calls and attempts have brought an endpoint to, and the state that it shows, to
 * which its connections and its silence belong too. Guarded by the {@link SocketTracker}.
 */
final class EndpointPhase {

	/** In an outage, a handshake that is over sooner does not show as a state. */
	private static final long HANDSHAKE_GRACE = TimeUnit.MILLISECONDS.toNanos(250);

	private final ZmqEndpointRole role;

	private ZmqEndpointState phase;

	private long since;

	EndpointPhase(ZmqEndpointRole role, ZmqEndpointState phase, long now) {
		this.role = role;
		this.phase = phase;
		this.since = now;
	}

	boolean is(ZmqEndpointState phase) {
		return this.phase == phase;
	}

	long since() {
		return this.since;
	}

	/** Begin a phase, unless it is that already. */
	void enter(ZmqEndpointState phase, long now) {
		if (this.phase != phase) {
			reenter(phase, now);
		}
	}

	/** Begin a phase, or begin it again. */
	void reenter(ZmqEndpointState phase, long now) {
		this.phase = phase;
		this.since = now;
	}

	/**
	 * The state to show.
	 * @param abandonedAfter for how many nanoseconds JeroMQ may be silent
	 */
	ZmqEndpointState stateAt(long now, EndpointConnections connections, OutageClock outage, long abandonedAfter) {
		if (this.role == ZmqEndpointRole.BIND || this.phase == ZmqEndpointState.CLOSED
				|| this.phase == ZmqEndpointState.UNTRACKED) {
			return this.phase;
		}
		if (connections.isUsable()) {
			return ZmqEndpointState.CONNECTED;
		}
		if (connections.isPending()
				&& (this.phase != ZmqEndpointState.RETRYING || now - connections.pendingSince() >= HANDSHAKE_GRACE)) {
			return ZmqEndpointState.HANDSHAKING;
		}
		return outage.isGivenUp(abandonedAfter, now) ? ZmqEndpointState.ABANDONED : this.phase;
	}

	/** When a state that is shown began. */
	long since(ZmqEndpointState state, EndpointConnections connections, OutageClock outage) {
		return switch (state) {
			case CONNECTED -> connections.usableSince();
			case HANDSHAKING -> connections.pendingSince();
			case ABANDONED -> outage.givenUpSince();
			default -> this.since;
		};
	}

}
