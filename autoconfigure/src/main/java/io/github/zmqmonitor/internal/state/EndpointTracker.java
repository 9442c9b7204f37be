package io.github.zmqmonitor.internal.state;

import io.github.zmqmonitor.internal.history.Failures;
import io.github.zmqmonitor.internal.history.OutageClock;
import io.github.zmqmonitor.internal.history.Retrying;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.model.ZmqEndpointRole;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot.RetryReason;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqHandshake;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint of one socket: its numbers and its state machine. Guarded by the
 * {@link SocketTracker}, unless a method says otherwise.
 */
public final class EndpointTracker {

	private final SocketTracker socket;

	private final String endpoint;

	private final ZmqEndpointRole role;

	private final Failures failures;

	private final EndpointTotals totals = new EndpointTotals();

	private final EndpointConnections connections = new EndpointConnections(this.totals);

	private final OutageClock outage = new OutageClock();

	private final Retrying retrying = new Retrying();

	private final EndpointPhase phase;

	private final Listeners listeners = new Listeners();

	private @Nullable String address;

	private boolean confirmed;

	private boolean shared;

	EndpointTracker(SocketTracker socket, String endpoint, ZmqEndpointRole role, ZmqEndpointState state, long now) {
		this.socket = socket;
		this.endpoint = endpoint;
		this.role = role;
		this.failures = new Failures(socket.identity().values());
		this.phase = new EndpointPhase(role, state, now);
	}

	/** The socket. Safe for use by any thread. */
	public SocketTracker socket() {
		return this.socket;
	}

	/** The endpoint as the application wrote it. Safe for use by any thread. */
	public String endpoint() {
		return this.endpoint;
	}

	/** Whether the socket binds or connects. Safe for use by any thread. */
	public ZmqEndpointRole role() {
		return this.role;
	}

	/** Whether events report it: inproc has none. Safe for use by any thread. */
	public boolean isTracked() {
		return !this.phase.is(ZmqEndpointState.UNTRACKED);
	}

	@Nullable String address() {
		return this.address;
	}

	void resolved(String address) {
		this.address = address;
	}

	/** Whether a call has succeeded or failed, or an event was about it. */
	boolean isConfirmed() {
		return this.confirmed;
	}

	void confirm() {
		this.confirmed = true;
	}

	int live() {
		return this.connections.live();
	}

	/** Whether there is a connection that the application still wants. */
	boolean isLive() {
		return this.connections.isAny();
	}

	/** Whether calls and attempts have brought it to this state. */
	boolean is(ZmqEndpointState phase) {
		return this.phase.is(phase);
	}

	boolean isClosed() {
		return this.phase.is(ZmqEndpointState.CLOSED) && live() == 0;
	}

	long progress() {
		return this.totals.attempts + this.totals.retries;
	}

	long since() {
		return this.phase.since();
	}

	/** JeroMQ begins to connect for a call of the application. */
	void connecting(long now) {
		if (!isLive()) {
			this.phase.enter(ZmqEndpointState.CONNECTING, now);
		}
		this.retrying.over();
		this.outage.connecting(now, !this.connections.isUsable());
	}

	/**
	 * A call of the application has failed.
	 * @param detail what the library said, {@code null} if nothing
	 */
	void callFailed(ZmqEventType type, int errno, @Nullable String detail, long now) {
		this.confirmed = true;
		this.failures.add(type, errno, detail, now);
		if (this.listeners.isEmpty() && !isLive() && !this.phase.is(ZmqEndpointState.RETRYING)) {
			this.outage.over();
			this.phase.enter(ZmqEndpointState.FAILED, now);
		}
	}

	/** Where it listens. */
	Listeners listeners() {
		return this.listeners;
	}

	OutageClock outage() {
		return this.outage;
	}

	/** An event can be about another endpoint that has this address as well. */
	void share() {
		this.shared = true;
	}

	void confirmAttempts(boolean trying, boolean waiting, long time) {
		if (waiting && this.shared && !isLive() && !this.phase.is(ZmqEndpointState.CLOSED)) {
			this.phase.enter(ZmqEndpointState.RETRYING, time);
		}
		boolean begun = !this.phase.is(ZmqEndpointState.CONNECTING) || progress() > 0;
		if (trying || isLive() || begun) {
			this.outage.confirm(trying || isLive(), time);
		}
	}

	void listening(String address, long now) {
		this.confirmed = true;
		this.listeners.add(address);
		this.phase.enter(ZmqEndpointState.LISTENING, now);
	}

	void listenerClosed(String address, boolean unbound, long now) {
		String left = this.listeners.remove(address, unbound);
		if (left == null) {
			this.phase.enter(ZmqEndpointState.CLOSED, now);
		}
		else {
			this.address = left;
		}
	}

	void failed(ZmqEventType type, int errno, long now) {
		this.failures.add(type, errno, null, now);
	}

	void attemptStarted(long now) {
		this.totals.attempts++;
		this.retrying.attemptStarted(now);
		this.outage.attemptStarted(now, this.phase.is(ZmqEndpointState.CONNECTING));
	}

	void attemptFailed(RetryReason reason) {
		this.retrying.attemptFailed(reason);
	}

	void attemptClosed(long now) {
		this.retrying.attemptClosed(now);
		if (!isLive() && !this.phase.is(ZmqEndpointState.CLOSED)) {
			this.outage.awaitRetry(now);
		}
	}

	void retryScheduled(int interval, long now) {
		this.totals.retries++;
		this.retrying.scheduled(interval);
		this.totals.retryDelayMillis += Math.max(0, interval);
		this.outage.retryScheduled(now, this.phase.is(ZmqEndpointState.CONNECTING));
		if (!isLive() && !this.phase.is(ZmqEndpointState.CLOSED)) {
			this.phase.enter(ZmqEndpointState.RETRYING, now);
		}
	}

	void connectionOpened(Connection connection, long now) {
		this.connections.opened(connection, !this.phase.is(ZmqEndpointState.CLOSED), now);
		this.retrying.opened();
		this.outage.answered();
	}

	/**
	 * A connection is ready to use.
	 * @return nanoseconds waited for it, negative if it ended no wait
	 */
	long connectionReady(Connection connection, long now) {
		if (this.connections.ready(connection, now)) {
			this.retrying.over();
			return (!this.phase.is(ZmqEndpointState.CLOSED)) ? this.outage.end(now) : -1;
		}
		return -1;
	}

	/** A connection is not ready, although its greeting has come. */
	void connectionUnready(Connection connection) {
		this.connections.unready(connection);
		resumeOutage();
	}

	/** A connection of this endpoint was taken for another's until now. */
	void connectionArrived(Connection connection) {
		connection.belongsTo(this);
		this.outage.answered();
		if (this.connections.arrived(connection, !this.phase.is(ZmqEndpointState.CLOSED))) {
			this.retrying.over();
			connection.endsOutage(this.outage.end(connection.readySince()));
		}
	}

	/** A connection was taken for one of this endpoint until now. */
	void connectionMoved(Connection connection) {
		this.connections.moved(connection);
		resumeOutage();
	}

	/** It is sure that a connection is of this endpoint. */
	void connectionLocated(Connection connection) {
		this.connections.located(connection);
	}

	private void resumeOutage() {
		if (this.role == ZmqEndpointRole.CONNECT && !this.connections.isUsable()
				&& !this.phase.is(ZmqEndpointState.CLOSED)) {
			this.outage.resume();
		}
	}

	void connectionClosed(Connection connection, boolean locally, long now) {
		boolean live = isLive();
		this.connections.closed(connection, locally);
		if (live && !isLive()) {
			lost(connection.isReady(), now);
		}
	}

	private void lost(boolean ready, long now) {
		if (this.role == ZmqEndpointRole.CONNECT && !this.phase.is(ZmqEndpointState.CLOSED)) {
			if (ready) {
				this.phase.reenter(ZmqEndpointState.DISCONNECTED, now);
				this.outage.begin(now);
			}
			else if (!this.phase.is(ZmqEndpointState.RETRYING)) {
				this.phase.enter(ZmqEndpointState.DISCONNECTED, now);
			}
			this.retrying.lost(ready);
			this.outage.awaitRetry(now);
		}
	}

	/** A connection was gone before its first event came. */
	void connectionMissed() {
		this.totals.opened++;
		this.totals.disconnected++;
	}

	void handshake(ZmqEventType type, int value, @Nullable Connection connection, long now) {
		ZmqHandshake handshake = ZmqHandshake.of(type, value);
		this.totals.handshakes[handshake.ordinal()]++;
		if (type == ZmqEventType.HANDSHAKE_PROTOCOL) {
			this.connections.greeted(connection, value);
		}
		else if (handshake != ZmqHandshake.SUCCEEDED) {
			this.failures.add(type, value, null, now);
		}
	}

	/** The connections, counted. */
	EndpointConnections connections() {
		return this.connections;
	}

	/** The application has unbound or disconnected the endpoint. */
	void endedLocally(long now) {
		this.connections.giveUp();
		this.listeners.clear();
		this.outage.over();
		this.retrying.over();
		this.phase.enter(ZmqEndpointState.CLOSED, now);
	}

	ZmqEndpointState stateAt(long now) {
		return this.phase.stateAt(now, this.connections, this.outage, this.socket.abandonedAfter());
	}

	long since(ZmqEndpointState state) {
		return this.phase.since(state, this.connections, this.outage);
	}

	/** Add the numbers as they are now to others. */
	void addTo(EndpointTotals sum, long now) {
		sum.addCounters(this.totals);
		this.connections.addTo(sum, !this.shared);
		this.failures.addTo(sum.failures);
		ZmqEndpointState state = stateAt(now);
		if (state == ZmqEndpointState.RETRYING) {
			sum.retryInterval = Math.max(sum.retryInterval, this.retrying.intervalMillis());
		}
		sum.offer(state, since(state));
	}

	/**
	 * Copy the numbers, without peers.
	 * @param attached whether the number of connections is known
	 */
	ZmqEndpointSnapshot snapshot(long now, MonitorClock clock, boolean attached) {
		return new EndpointCopy(this, this.totals, this.failures, this.listeners, clock).make(stateAt(now), attached,
				this.shared ? null : this.retrying);
	}

	@Override
	public String toString() {
		return this.role.id() + " " + this.endpoint;
	}

}
