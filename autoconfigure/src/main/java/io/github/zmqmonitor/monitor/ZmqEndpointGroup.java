package io.github.zmqmonitor.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * The endpoints of all sockets that share name, type, endpoint and role, added up. What
 * sockets have counted stays when they are closed.
 * <p>
 * Numbers are read from the trackers at most once in 50 ms, so that those read together
 * belong together. Safe for use by any thread; nothing here waits for a thread of JeroMQ
 * or of the application.
 */
public final class ZmqEndpointGroup extends Group<EndpointTracker> {

	private static final long SAMPLE_AGE = TimeUnit.MILLISECONDS.toNanos(50);

	private final Key key;

	private final MonitorErrors errors;

	private final EndpointSample gone = new EndpointSample();

	private final List<ZmqEndpointTimings> timings = new CopyOnWriteArrayList<>();

	private @Nullable EarlyTimings early = new EarlyTimings();

	private @Nullable EndpointSample sample;

	private long sampledAt;

	ZmqEndpointGroup(Key key, MonitorClock clock, MonitorErrors errors) {
		super(clock);
		this.key = key;
		this.errors = errors;
	}

	/**
	 * Return the name of the sockets.
	 * @return the name, or {@code other} beyond the limit of endpoints
	 */
	public String socket() {
		return this.key.socket();
	}

	/**
	 * Return the type of the sockets.
	 * @return the type in upper case
	 */
	public String socketType() {
		return this.key.socketType();
	}

	/**
	 * Return the endpoint.
	 * @return the endpoint as the application wrote it, or {@code other} beyond the limit
	 * of endpoints
	 */
	public String endpoint() {
		return this.key.endpoint();
	}

	/**
	 * Return the role of the sockets at the endpoint.
	 * @return the role
	 */
	public ZmqEndpointRole role() {
		return this.key.role();
	}

	/**
	 * Return the number of live connections.
	 * @return the number, {@link Double#NaN} if a socket has lost its monitor
	 */
	public double connections() {
		EndpointSample sample = sample();
		return sample.liveKnown ? sample.live : Double.NaN;
	}

	/**
	 * Return how many connections were accepted (bind) or established (connect).
	 * @return the number since the group exists
	 */
	public long opened() {
		return sample().opened;
	}

	/**
	 * Return how many connections were ended by the peer, the network, a protocol error
	 * or a timeout.
	 * @return the number since the group exists
	 */
	public long disconnected() {
		return sample().disconnected;
	}

	/**
	 * Return how many connections this side has ended.
	 * @return the number since the group exists
	 */
	public long closedLocally() {
		return sample().closedLocally;
	}

	/**
	 * Return how many attempts to connect were started.
	 * @return the number since the group exists
	 */
	public long attempts() {
		return sample().attempts;
	}

	/**
	 * Return how many retries were scheduled.
	 * @return the number since the group exists
	 */
	public long retries() {
		return sample().retries;
	}

	/**
	 * Return the sum of all retry intervals.
	 * @return the sum since the group exists
	 */
	public Duration retryDelay() {
		return Duration.ofMillis(sample().retryDelayMillis);
	}

	/**
	 * Return the current retry interval, the longest one where there are several.
	 * @return the interval, zero when not retrying
	 */
	public Duration retryInterval() {
		return Duration.ofMillis(sample().retryInterval);
	}

	/**
	 * Return the state, that of the socket that is worst off where there are several.
	 * @return the state
	 */
	public ZmqEndpointState state() {
		return sample().state;
	}

	/**
	 * Return when the state began.
	 * @return the begin of {@link #state()}
	 */
	public Instant since() {
		return clock().instantAt(sample().since);
	}

	/**
	 * Return how often binding, accepting or closing failed.
	 * @return the number since the group exists, by kind of failure
	 */
	public Map<ZmqFailure, Long> failures() {
		return Map.copyOf(sample().failures);
	}

	/**
	 * Return how often a handshake came to this.
	 * @param handshake what came of the handshake
	 * @return the number since the group exists
	 */
	public long handshakes(ZmqHandshake handshake) {
		return sample().handshakes[handshake.ordinal()];
	}

	/**
	 * Hand durations to a target from now on, and those measured before the first target
	 * came.
	 * @param target where durations go
	 */
	public void addTimings(ZmqEndpointTimings target) {
		EarlyTimings early;
		synchronized (this.timings) {
			this.timings.add(target);
			early = this.early;
			this.early = null;
		}
		if (early != null) {
			early.replay(target);
		}
	}

	void record(Timing timing, long nanoseconds) {
		if (this.timings.isEmpty() && keep(timing, nanoseconds)) {
			return;
		}
		for (ZmqEndpointTimings target : this.timings) {
			try {
				timing.record(target, nanoseconds);
			}
			catch (Throwable ex) {
				this.errors.event();
			}
		}
	}

	private boolean keep(Timing timing, long nanoseconds) {
		synchronized (this.timings) {
			EarlyTimings early = this.early;
			return early != null && early.add(timing, nanoseconds);
		}
	}

	@Override
	void joined(EndpointTracker endpoint) {
		endpoint.joined(this);
	}

	@Override
	boolean hasEnded(EndpointTracker endpoint) {
		return endpoint.socket().hasEnded();
	}

	@Override
	void keep(EndpointTracker endpoint) {
		EndpointSample last = new EndpointSample();
		endpoint.socket().sample(endpoint, last);
		this.gone.addCounters(last);
	}

	@Override
	void changed() {
		this.sample = null;
	}

	@Override
	boolean isUnused() {
		return this.gone.isZero();
	}

	private EndpointSample sample() {
		EndpointSample sample;
		synchronized (lock()) {
			long now = clock().nanoTime();
			EndpointSample latest = this.sample;
			if (latest != null && now - this.sampledAt < SAMPLE_AGE) {
				return latest;
			}
			sample = new EndpointSample();
			sample.since = emptySince();
			sample.addCounters(this.gone);
			for (EndpointTracker member : members()) {
				member.socket().sample(member, sample);
			}
			this.sample = sample;
			this.sampledAt = now;
		}
		members().forEach((member) -> member.socket().reportTimings());
		return sample;
	}

	@Override
	public String toString() {
		return this.key.toString();
	}

	/**
	 * What the sockets of a group share.
	 */
	record Key(String socket, String socketType, String endpoint, ZmqEndpointRole role) {

		// by hand, since what the compiler makes takes milliseconds of each start

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof Key key && this.socket.equals(key.socket) && this.endpoint.equals(key.endpoint)
					&& this.socketType.equals(key.socketType) && this.role == key.role;
		}

		@Override
		public int hashCode() {
			return 31 * (31 * this.socket.hashCode() + this.endpoint.hashCode()) + this.role.hashCode();
		}

	}

}
