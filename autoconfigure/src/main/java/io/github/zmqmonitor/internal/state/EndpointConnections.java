package io.github.zmqmonitor.internal.state;

import io.github.zmqmonitor.internal.kernel.KernelConnection;
import org.jspecify.annotations.Nullable;

/**
 * The connections of an endpoint, counted: ready or in their handshake, and whether the
 * application still wants them. Those of an endpoint that it has disconnected live on
 * until it next uses the socket. Guarded by the {@link SocketTracker}.
 */
final class EndpointConnections {

	private final EndpointTotals totals;

	private final HandshakeMatcher handshakes = new HandshakeMatcher();

	private int usable;

	private long usableSince;

	private int pending;

	private long pendingSince;

	private int unlocated;

	EndpointConnections(EndpointTotals totals) {
		this.totals = totals;
	}

	/** How many there are, wanted or not. */
	int live() {
		return this.totals.ready + this.totals.handshaking;
	}

	/** How many there ever were. */
	long opened() {
		return this.totals.opened;
	}

	/** Whether there is one that the application wants. */
	boolean isAny() {
		return this.usable + this.pending > 0;
	}

	boolean isUsable() {
		return this.usable > 0;
	}

	long usableSince() {
		return this.usableSince;
	}

	/** Whether one that the application wants is in its handshake. */
	boolean isPending() {
		return this.pending > 0;
	}

	long pendingSince() {
		return this.pendingSince;
	}

	/**
	 * A connection is open.
	 * @param wanted whether the application still wants it, or has given its attempt up
	 */
	void opened(Connection connection, boolean wanted, long now) {
		connection.leave(!wanted);
		this.totals.opened++;
		this.totals.handshaking++;
		this.unlocated += connection.isLocated() ? 0 : 1;
		if (!connection.isLeaving() && this.pending++ == 0) {
			this.pendingSince = now;
		}
		this.handshakes.expect(connection);
	}

	/**
	 * A greeting has come.
	 * @param connection where from, {@code null} if that isn't known
	 */
	void greeted(@Nullable Connection connection, int zmtp) {
		if (connection != null) {
			connection.greeted(zmtp);
		}
		else {
			this.handshakes.greeted(zmtp);
		}
	}

	/** The connection that a handshake is most likely about. */
	@Nullable Connection inHandshake() {
		return this.handshakes.newest();
	}

	/**
	 * A connection is ready.
	 * @return whether it is the first that can be used
	 */
	boolean ready(Connection connection, long now) {
		if (connection.isReady()) {
			return false;
		}
		connection.becomeReady(now);
		this.handshakes.over(connection, live());
		this.totals.handshaking--;
		this.totals.ready++;
		if (connection.isLeaving()) {
			return false;
		}
		this.pending--;
		if (this.usable++ > 0) {
			return false;
		}
		this.usableSince = now;
		return true;
	}

	/**
	 * The kernel has said something of a connection, {@code null} for nothing. What may
	 * still turn out to be another endpoint's adds nothing yet.
	 */
	void measured(Connection connection, @Nullable KernelConnection kernel, long now) {
		connection.measured(connection.isLocated() ? kernel : null, this.totals, now);
	}

	/** A connection is not ready, although its greeting has come. */
	void unready(Connection connection) {
		connection.becomeUnready();
		this.totals.ready--;
		this.totals.handshaking++;
		if (!connection.isLeaving()) {
			this.usable--;
			if (this.pending++ == 0) {
				this.pendingSince = connection.since();
			}
		}
	}

	/**
	 * A connection belongs here that was taken for another endpoint's.
	 * @return whether it is the first that can be used
	 */
	boolean arrived(Connection connection, boolean wanted) {
		boolean ready = connection.isReady();
		connection.becomeUnready();
		opened(connection, wanted, connection.since());
		return ready && ready(connection, connection.readySince());
	}

	/** It is sure that a connection belongs here. */
	void located(Connection connection) {
		if (!connection.isLocated()) {
			connection.locate();
			this.unlocated--;
		}
	}

	/**
	 * Add the numbers as they are now to others. What may still turn out to be another
	 * endpoint's is not counted yet, so that no counter ever falls.
	 * @param certain whether no other endpoint can have them
	 */
	void addTo(EndpointTotals sum, boolean certain) {
		sum.addConnections(this.totals);
		if (!certain) {
			sum.opened -= this.unlocated;
			sum.connectionsKnown &= this.unlocated == 0;
		}
	}

	/** A connection is another endpoint's. */
	void moved(Connection connection) {
		remove(connection);
		this.totals.opened--;
	}

	void closed(Connection connection, boolean locally) {
		this.totals.bytesCut++;
		remove(connection);
		if (locally) {
			this.totals.closedLocally++;
		}
		else {
			this.totals.disconnected++;
		}
	}

	private void remove(Connection connection) {
		connection.unmeasured(this.totals);
		this.unlocated -= connection.isLocated() ? 0 : 1;
		if (connection.isReady()) {
			this.totals.ready--;
		}
		else {
			this.totals.handshaking--;
		}
		if (!connection.isLeaving()) {
			this.usable -= connection.isReady() ? 1 : 0;
			this.pending -= connection.isReady() ? 0 : 1;
		}
		this.handshakes.over(connection, live());
	}

	/** The application wants none of them any more. */
	void giveUp() {
		this.usable = 0;
		this.pending = 0;
	}

}
