package io.github.zmqmonitor.internal.state;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.zmqmonitor.internal.support.Addresses;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.model.ZmqEndpointRole;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqHandshake;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint of one socket: its numbers and its state machine. Guarded by the
 * {@link SocketTracker}, unless a method says otherwise.
 */
public final class EndpointTracker {

	/** In an outage, a handshake that is over sooner does not show as a state. */
	private static final long HANDSHAKE_GRACE = TimeUnit.MILLISECONDS.toNanos(250);

	private final SocketTracker socket;

	private final String endpoint;

	private final ZmqEndpointRole role;

	private final Failures failures;

	private final EndpointTotals totals = new EndpointTotals();

	private final HandshakeMatcher handshakes = new HandshakeMatcher();

	private final OutageClock outage = new OutageClock();

	private List<String> listeners = List.of();

	private @Nullable String address;

	private boolean confirmed;

	private ZmqEndpointState phase;

	private long phaseSince;

	private int usable;

	private long usableSince;

	private int pending;

	private long pendingSince;

	private int retryInterval;

	EndpointTracker(SocketTracker socket, String endpoint, ZmqEndpointRole role, ZmqEndpointState state, long now) {
		this.socket = socket;
		this.endpoint = endpoint;
		this.role = role;
		this.failures = new Failures(socket.identity().values());
		this.phase = state;
		this.phaseSince = now;
	}

	/**
	 * The socket. Safe for use by any thread.
	 */
	public SocketTracker socket() {
		return this.socket;
	}

	/**
	 * The endpoint as the application wrote it. Safe for use by any thread.
	 */
	public String endpoint() {
		return this.endpoint;
	}

	/**
	 * Whether the socket binds or connects. Safe for use by any thread.
	 */
	public ZmqEndpointRole role() {
		return this.role;
	}

	/**
	 * Whether there are events about it: inproc has none. Safe for use by any thread.
	 */
	public boolean isTracked() {
		return this.phase != ZmqEndpointState.UNTRACKED;
	}

	@Nullable String address() {
		return this.address;
	}

	void resolved(String address) {
		this.address = address;
	}

	/**
	 * Whether the application's call has succeeded or failed, or an event was about it.
	 */
	boolean isConfirmed() {
		return this.confirmed;
	}

	void confirm() {
		this.confirmed = true;
	}

	int live() {
		return this.totals.ready + this.totals.handshaking;
	}

	/**
	 * Whether there is a connection that the application has not given up: those of an
	 * endpoint that it has disconnected live on until it next uses the socket.
	 */
	boolean isLive() {
		return this.usable + this.pending > 0;
	}

	/**
	 * Whether the endpoint is closed, or will be as soon as its connections are gone.
	 */
	boolean isDraining() {
		return this.phase == ZmqEndpointState.CLOSED;
	}

	boolean isClosed() {
		return this.phase == ZmqEndpointState.CLOSED && live() == 0;
	}

	boolean hasFailed() {
		return this.phase == ZmqEndpointState.FAILED;
	}

	long progress() {
		return this.totals.attempts + this.totals.retries;
	}

	long since() {
		return this.phaseSince;
	}

	/**
	 * JeroMQ begins to connect for a call of the application.
	 */
	void connecting(long now) {
		if (!isLive()) {
			enter(ZmqEndpointState.CONNECTING, now);
		}
		this.retryInterval = 0;
		this.outage.connecting(now, this.usable == 0);
	}

	void connectFailed(int error, @Nullable String detail, long now) {
		this.confirmed = true;
		this.failures.add(ZmqEventType.CONNECT_FAILED, error, detail, now);
		if (!isLive() && this.phase != ZmqEndpointState.RETRYING) {
			this.outage.over();
			enter(ZmqEndpointState.FAILED, now);
		}
	}

	boolean hasListener() {
		return !this.listeners.isEmpty();
	}

	/**
	 * Whether a retry is expected, because the connection was lost or an attempt failed.
	 */
	boolean awaitsRetry() {
		return this.outage.awaitsRetry();
	}

	void listening(String address, long now) {
		this.confirmed = true;
		if (this.listeners.isEmpty()) {
			this.listeners = new ArrayList<>(1);
		}
		this.listeners.add(address);
		enter(ZmqEndpointState.LISTENING, now);
	}

	void listenerClosed(String address, long now) {
		if (!this.listeners.remove(address) && !this.listeners.isEmpty()) {
			this.listeners.remove(this.listeners.size() - 1);
		}
		if (this.listeners.isEmpty()) {
			enter(ZmqEndpointState.CLOSED, now);
		}
		else {
			this.address = this.listeners.get(this.listeners.size() - 1);
		}
	}

	void bindFailed(int errno, @Nullable String detail, long now) {
		this.failures.add(ZmqEventType.BIND_FAILED, errno, detail, now);
		this.confirmed = true;
		if (this.listeners.isEmpty()) {
			enter(ZmqEndpointState.FAILED, now);
		}
	}

	void failed(ZmqEventType type, int errno, long now) {
		this.failures.add(type, errno, null, now);
	}

	void attemptStarted(long now) {
		this.totals.attempts++;
		this.outage.attemptStarted(now, this.phase == ZmqEndpointState.CONNECTING);
	}

	void attemptFailed(long now) {
		if (!isLive()) {
			awaitRetry(now);
		}
	}

	void retryScheduled(int interval, long now) {
		this.totals.retries++;
		this.totals.retryDelayMillis += Math.max(0, interval);
		this.outage.attemptStarted(now, this.phase == ZmqEndpointState.CONNECTING);
		if (!isLive() && this.phase != ZmqEndpointState.CLOSED) {
			this.retryInterval = interval;
			enter(ZmqEndpointState.RETRYING, now);
		}
	}

	void connectionOpened(Connection connection, long now) {
		this.totals.opened++;
		this.totals.handshaking++;
		if (this.pending++ == 0) {
			this.pendingSince = now;
		}
		this.outage.answered();
		this.handshakes.expect(connection);
	}

	/**
	 * A connection is ready to use.
	 * @return nanoseconds waited for it, negative if it ended no wait
	 */
	long connectionReady(Connection connection, long now) {
		if (connection.isReady()) {
			return -1;
		}
		connection.becomeReady();
		this.handshakes.over(connection, live());
		this.totals.handshaking--;
		this.totals.ready++;
		if (connection.isLeaving()) {
			return -1;
		}
		this.pending--;
		this.retryInterval = 0;
		if (this.usable++ == 0) {
			this.usableSince = now;
			return (this.phase != ZmqEndpointState.CLOSED) ? this.outage.end(now) : -1;
		}
		return -1;
	}

	/**
	 * Whether no connection was ready before.
	 */
	boolean isFirstReady() {
		return this.outage.ended() <= 1;
	}

	void connectionClosed(Connection connection, boolean locally, long now) {
		boolean live = isLive();
		if (connection.isReady()) {
			this.totals.ready--;
		}
		else {
			this.totals.handshaking--;
		}
		if (!connection.isLeaving()) {
			if (connection.isReady()) {
				this.usable--;
			}
			else {
				this.pending--;
			}
		}
		this.handshakes.over(connection, live());
		if (locally) {
			this.totals.closedLocally++;
		}
		else {
			this.totals.disconnected++;
		}
		if (live && !isLive()) {
			lost(connection.isReady(), now);
		}
	}

	private void lost(boolean ready, long now) {
		if (this.role == ZmqEndpointRole.CONNECT && this.phase != ZmqEndpointState.CLOSED) {
			if (ready) {
				this.phase = ZmqEndpointState.DISCONNECTED;
				this.phaseSince = now;
				this.outage.begin(now);
			}
			else if (this.phase != ZmqEndpointState.RETRYING) {
				enter(ZmqEndpointState.DISCONNECTED, now);
			}
			awaitRetry(now);
		}
	}

	/**
	 * Count a connection that was gone before its first event came.
	 */
	void connectionMissed() {
		this.totals.opened++;
		this.totals.disconnected++;
	}

	/**
	 * Count a handshake or a step of one.
	 */
	void handshake(ZmqEventType type, int value, @Nullable Connection connection, long now) {
		ZmqHandshake handshake = ZmqHandshake.of(type, value);
		this.totals.handshakes[handshake.ordinal()]++;
		if (type == ZmqEventType.HANDSHAKE_PROTOCOL) {
			if (connection != null) {
				connection.greeted(value);
			}
			else {
				this.handshakes.greeted(value);
			}
		}
		else if (handshake != ZmqHandshake.SUCCEEDED) {
			this.failures.add(type, value, null, now);
		}
	}

	/**
	 * The connection that a handshake is most likely about.
	 */
	@Nullable Connection inHandshake() {
		return this.handshakes.newest();
	}

	/**
	 * The application has unbound or disconnected the endpoint; its connections are
	 * leaving.
	 */
	void endedLocally(long now) {
		this.usable = 0;
		this.pending = 0;
		this.listeners = List.of();
		this.outage.over();
		this.retryInterval = 0;
		enter(ZmqEndpointState.CLOSED, now);
	}

	private void enter(ZmqEndpointState phase, long now) {
		if (this.phase != phase) {
			this.phase = phase;
			this.phaseSince = now;
		}
	}

	private void awaitRetry(long now) {
		if (this.phase != ZmqEndpointState.CLOSED) {
			this.outage.awaitRetry(now);
		}
	}

	/**
	 * The state, where {@code abandoned} is told from the silence since the last loss or
	 * failed attempt.
	 */
	ZmqEndpointState stateAt(long now) {
		if (this.role == ZmqEndpointRole.BIND || this.phase == ZmqEndpointState.CLOSED || !isTracked()) {
			return this.phase;
		}
		if (this.usable > 0) {
			return ZmqEndpointState.CONNECTED;
		}
		if (isHandshaking(now)) {
			return ZmqEndpointState.HANDSHAKING;
		}
		return isAbandoned(now) ? ZmqEndpointState.ABANDONED : this.phase;
	}

	private boolean isHandshaking(long now) {
		return this.pending > 0
				&& (this.phase != ZmqEndpointState.RETRYING || now - this.pendingSince >= HANDSHAKE_GRACE);
	}

	private boolean isAbandoned(long now) {
		return this.outage.isSilentFor(this.socket.abandonedAfter(), now);
	}

	private long sinceAt(long now) {
		return switch (stateAt(now)) {
			case CONNECTED -> this.usableSince;
			case HANDSHAKING -> this.pendingSince;
			case ABANDONED -> this.outage.unansweredSince();
			default -> this.phaseSince;
		};
	}

	private boolean isRetrying(long now) {
		return stateAt(now) == ZmqEndpointState.RETRYING;
	}

	/**
	 * Add the numbers as they are now to others.
	 */
	void addTo(EndpointTotals sum, long now) {
		sum.addCounters(this.totals);
		sum.addConnections(this.totals);
		this.failures.addTo(sum.failures);
		sum.retryInterval = Math.max(sum.retryInterval, isRetrying(now) ? this.retryInterval : 0);
		sum.offer(stateAt(now), sinceAt(now));
	}

	/**
	 * Copy the numbers, without peers.
	 * @param attached whether the number of connections is known
	 */
	ZmqEndpointSnapshot snapshot(long now, MonitorClock clock, boolean attached) {
		String address = (this.address != null) ? Addresses.printable(this.address) : null;
		String transport = Addresses.transport(this.endpoint);
		if (!isTracked()) {
			return ZmqEndpointSnapshot.untracked(this.endpoint, address, this.role, transport);
		}
		boolean bind = this.role == ZmqEndpointRole.BIND;
		return new ZmqEndpointSnapshot(this.endpoint, address,
				(this.listeners.size() > 1) ? this.listeners.stream().map(Addresses::printable).toList() : null,
				this.role, transport, stateAt(now), clock.instantAt(sinceAt(now)), this.outage.since(clock),
				attached ? (Integer) this.totals.ready : null, attached ? (Integer) this.totals.handshaking : null,
				onlyIf(bind, this.totals.opened), onlyIf(!bind, this.totals.opened), this.totals.disconnected,
				this.totals.closedLocally, onlyIf(bind, this.failures.count(ZmqEventType.ACCEPT_FAILED)),
				onlyIf(!bind, this.totals.attempts), onlyIf(!bind, this.totals.retries),
				isRetrying(now) ? Duration.ofMillis(this.retryInterval) : null, this.failures.lastError(clock), null,
				null);
	}

	private static @Nullable Long onlyIf(boolean condition, long value) {
		return condition ? (Long) value : null;
	}

	@Override
	public String toString() {
		return this.role.id() + " " + this.endpoint;
	}

}
