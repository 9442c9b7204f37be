package io.github.zmqmonitor.monitor;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * An endpoint of one socket: its counters and its state machine. Guarded by the
 * {@link SocketTracker}.
 */
final class EndpointTracker {

	private final SocketTracker socket;

	private final String endpoint;

	private final ZmqEndpointRole role;

	private final Failures failures;

	private final long[] handshakes = new long[ZmqHandshake.values().length];

	private @Nullable String address;

	private boolean visible;

	private ZmqEndpointState state;

	private long since;

	private int live;

	private int leaving;

	private long leftAt;

	private int listeners;

	private long opened;

	private long disconnected;

	private long closedLocally;

	private long attempts;

	private long retries;

	private long retryDelayMillis;

	private int retryInterval;

	private boolean unanswered;

	private long unansweredSince;

	private boolean unconfirmed;

	private boolean waiting;

	private long waitingSince;

	private final Greetings greetings = new Greetings();

	private volatile @Nullable ZmqEndpointGroup group;

	EndpointTracker(SocketTracker socket, String endpoint, ZmqEndpointRole role, ZmqEndpointState state, long now) {
		this.socket = socket;
		this.endpoint = endpoint;
		this.role = role;
		this.failures = new Failures(socket.identity().values());
		this.state = state;
		this.since = now;
	}

	SocketTracker socket() {
		return this.socket;
	}

	/**
	 * The endpoint as the application wrote it.
	 */
	String endpoint() {
		return this.endpoint;
	}

	ZmqEndpointRole role() {
		return this.role;
	}

	/**
	 * The group whose meters this endpoint counts in, {@code null} as long as it has
	 * none.
	 */
	@Nullable ZmqEndpointGroup group() {
		return this.group;
	}

	void joined(@Nullable ZmqEndpointGroup group) {
		this.group = group;
	}

	@Nullable String address() {
		return this.address;
	}

	void resolved(String address) {
		this.address = address;
	}

	boolean isVisible() {
		return this.visible;
	}

	void show() {
		this.visible = true;
	}

	boolean isTracked() {
		return this.state != ZmqEndpointState.UNTRACKED;
	}

	int live() {
		return this.live;
	}

	/**
	 * Whether there is a connection that the application has not given up: those of an
	 * endpoint that it has disconnected live on until it next uses the socket.
	 */
	boolean isLive() {
		return this.live > this.leaving;
	}

	/**
	 * Whether the endpoint is closed, or will be as soon as its connections are gone.
	 */
	boolean isEnding() {
		return this.state == ZmqEndpointState.CLOSED;
	}

	boolean isClosed() {
		return this.state == ZmqEndpointState.CLOSED && this.live == 0;
	}

	long progress() {
		return this.attempts + this.retries;
	}

	long since() {
		return this.since;
	}

	void connecting(long now) {
		if (!isLive()) {
			enter(ZmqEndpointState.CONNECTING, now);
		}
		this.retryInterval = 0;
		this.unanswered = false;
		awaitConnection(now);
	}

	boolean hasListener() {
		return this.listeners > 0;
	}

	/**
	 * Whether a retry is expected, because the connection was lost or an attempt failed.
	 */
	boolean awaitsRetry() {
		return this.unanswered;
	}

	void listening(long now) {
		this.visible = true;
		this.listeners++;
		enter(ZmqEndpointState.LISTENING, now);
	}

	void listenerClosed(long now) {
		this.listeners = Math.max(0, this.listeners - 1);
		if (this.listeners == 0) {
			enter(ZmqEndpointState.CLOSED, now);
		}
	}

	void bindFailed(int errno, long now) {
		this.visible = true;
		this.failures.add(ZmqEventType.BIND_FAILED, errno, now);
		if (this.listeners == 0) {
			enter(ZmqEndpointState.FAILED, now);
		}
	}

	void failed(ZmqEventType type, int errno, long now) {
		this.failures.add(type, errno, now);
	}

	void attemptStarted(long now) {
		awaitFirstConnection(now);
		this.attempts++;
		this.unanswered = false;
	}

	void attemptFailed(long now) {
		if (!isLive()) {
			awaitRetry(now);
		}
	}

	void retryScheduled(int interval, long now) {
		awaitFirstConnection(now);
		this.retries++;
		this.retryDelayMillis += Math.max(0, interval);
		this.unanswered = false;
		if (!isLive() && this.state != ZmqEndpointState.CLOSED) {
			this.retryInterval = interval;
			enter(ZmqEndpointState.RETRYING, now);
		}
	}

	/**
	 * Count a new connection.
	 * @return nanoseconds waited for it, negative if that isn't known
	 */
	long connectionOpened(Connection connection, long now) {
		this.opened++;
		this.live++;
		this.greetings.expect(connection);
		this.unanswered = false;
		return this.unconfirmed ? -1 : connected(now);
	}

	private long connected(long now) {
		long waited = this.waiting ? now - this.waitingSince : -1;
		this.waiting = false;
		this.retryInterval = 0;
		if (this.role == ZmqEndpointRole.CONNECT && this.state != ZmqEndpointState.CLOSED) {
			enter(ZmqEndpointState.CONNECTED, now);
		}
		return waited;
	}

	boolean isFirstConnection() {
		return this.opened == 1;
	}

	void connectionClosed(Connection connection, boolean locally, long now) {
		this.live--;
		if (this.leaving > 0 && connection.since() - this.leftAt <= 0) {
			this.leaving--;
		}
		this.greetings.closed(connection, this.live);
		if (locally) {
			this.closedLocally++;
		}
		else {
			this.disconnected++;
		}
		if (this.state == ZmqEndpointState.CONNECTED && !isLive()) {
			enter(ZmqEndpointState.DISCONNECTED, now);
			awaitConnection(now);
			awaitRetry(now);
		}
		else if (this.unconfirmed && !isLive()) {
			awaitRetry(now);
		}
	}

	/**
	 * Count a connection that was gone before its first event came.
	 */
	void connectionMissed() {
		this.opened++;
		this.disconnected++;
	}

	/**
	 * Count a handshake. Where a handshake that succeeds is told of, an endpoint whose
	 * last one failed is connected again when one has succeeded, not sooner: it would
	 * flicker with each attempt that is refused.
	 * @return nanoseconds waited for it, negative if it ends no wait
	 */
	long handshake(ZmqEventType type, int value, long now) {
		ZmqHandshake handshake = ZmqHandshake.of(type, value);
		this.handshakes[handshake.ordinal()]++;
		if (type == ZmqEventType.HANDSHAKE_PROTOCOL) {
			this.greetings.arrived(value);
		}
		else if (handshake != ZmqHandshake.SUCCEEDED) {
			this.failures.add(type, value, now);
			this.unconfirmed = this.role == ZmqEndpointRole.CONNECT && this.socket.identity().confirmsHandshakes();
		}
		else if (this.unconfirmed) {
			this.unconfirmed = false;
			return isLive() ? connected(now) : -1;
		}
		return -1;
	}

	/**
	 * The application has unbound or disconnected the endpoint.
	 */
	void endedLocally(long now) {
		this.leaving = this.live;
		this.leftAt = now;
		this.listeners = 0;
		this.waiting = false;
		this.unanswered = false;
		this.retryInterval = 0;
		enter(ZmqEndpointState.CLOSED, now);
	}

	private void enter(ZmqEndpointState state, long now) {
		if (this.state != state) {
			this.state = state;
			this.since = now;
		}
	}

	private void awaitConnection(long now) {
		this.waiting = true;
		this.waitingSince = now;
	}

	/**
	 * An endpoint that is known from events alone waits from its first attempt on.
	 */
	private void awaitFirstConnection(long now) {
		if (this.state == ZmqEndpointState.CONNECTING && !this.waiting) {
			awaitConnection(now);
		}
	}

	private void awaitRetry(long now) {
		this.unanswered = this.state != ZmqEndpointState.CLOSED;
		this.unansweredSince = now;
	}

	/**
	 * The state, where {@code abandoned} is told from the silence since the last loss or
	 * failed attempt.
	 */
	ZmqEndpointState stateAt(long now) {
		return isAbandoned(now) ? ZmqEndpointState.ABANDONED : this.state;
	}

	private boolean isAbandoned(long now) {
		return this.unanswered && now - this.unansweredSince >= this.socket.abandonedAfter();
	}

	private long sinceAt(long now) {
		return isAbandoned(now) ? this.unansweredSince : this.since;
	}

	private boolean isRetrying(long now) {
		return stateAt(now) == ZmqEndpointState.RETRYING;
	}

	void addTo(EndpointSample sample, long now) {
		sample.live += this.live;
		sample.opened += this.opened;
		sample.disconnected += this.disconnected;
		sample.closedLocally += this.closedLocally;
		sample.attempts += this.attempts;
		sample.retries += this.retries;
		sample.retryDelayMillis += this.retryDelayMillis;
		sample.retryInterval = Math.max(sample.retryInterval, isRetrying(now) ? this.retryInterval : 0);
		for (int i = 0; i < this.handshakes.length; i++) {
			sample.handshakes[i] += this.handshakes[i];
		}
		this.failures.addTo(sample.failures);
		sample.offer(stateAt(now), sinceAt(now));
	}

	/**
	 * Copy the numbers, without peers.
	 * @param attached whether the number of connections is known
	 */
	ZmqEndpointSnapshot snapshot(long now, MonitorClock clock, boolean attached) {
		String address = (this.address != null) ? Addresses.printable(this.address) : null;
		String transport = Addresses.transport(this.endpoint);
		if (!isTracked()) {
			return new ZmqEndpointSnapshot(this.endpoint, address, this.role, transport, this.state, null, null, null,
					null, null, null, null, null, null, null, null, null, List.of(), 0);
		}
		boolean bind = this.role == ZmqEndpointRole.BIND;
		return new ZmqEndpointSnapshot(this.endpoint, address, this.role, transport, stateAt(now),
				clock.instantAt(sinceAt(now)), this.waiting ? clock.instantAt(this.waitingSince) : null,
				attached ? (Integer) this.live : null, onlyIf(bind, this.opened), onlyIf(!bind, this.opened),
				this.disconnected, this.closedLocally, onlyIf(bind, this.failures.count(ZmqEventType.ACCEPT_FAILED)),
				onlyIf(!bind, this.attempts), onlyIf(!bind, this.retries),
				isRetrying(now) ? Duration.ofMillis(this.retryInterval) : null, this.failures.lastError(clock),
				List.of(), 0);
	}

	private static @Nullable Long onlyIf(boolean condition, long value) {
		return condition ? (Long) value : null;
	}

}
