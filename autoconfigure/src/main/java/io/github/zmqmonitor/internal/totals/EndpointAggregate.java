package io.github.zmqmonitor.internal.totals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.zmqmonitor.internal.rules.SocketRules;
import io.github.zmqmonitor.internal.state.EndpointTotals;
import io.github.zmqmonitor.internal.state.EndpointTracker;
import io.github.zmqmonitor.internal.state.EndpointTotals.MeasuredDuration;
import io.github.zmqmonitor.internal.state.EndpointTotals.MeasuredDuration.Timing;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.internal.support.MonitorErrors;
import io.github.zmqmonitor.model.ZmqEndpointRole;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqHandshake;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints of all sockets that share name, type, endpoint and role, added up. What
 * sockets have counted stays when they are closed.
 */
public final class EndpointAggregate extends Aggregate<EndpointTracker, EndpointTotals> {

	private static final int FIRST_CAPACITY = 64;

	private static final int CAPACITY = 8192;

	private final Key key;

	private final SocketRules rules;

	private final MonitorErrors errors;

	private final boolean judged;

	private final List<EndpointDurations> targets = new CopyOnWriteArrayList<>();

	private final List<MeasuredDuration> collected = new ArrayList<>(0);

	EndpointAggregate(Key key, SocketRules rules, MonitorClock clock, MonitorErrors errors, Runnable read,
			boolean judged) {
		super(clock, read);
		this.key = key;
		this.rules = rules;
		this.errors = errors;
		this.judged = judged;
	}

	public Key key() {
		return this.key;
	}

	/** Whether the sockets report this outcome of a handshake at all. */
	public boolean expects(ZmqHandshake handshake) {
		return switch (handshake) {
			case SUCCEEDED -> this.rules.readiness() == ZmqEventType.HANDSHAKE_SUCCEEDED;
			case FAILED_NO_DETAIL -> this.rules.reportsNames();
			default -> true;
		};
	}

	/** Whether the kernel may say which connections stand still. */
	public boolean isJudged() {
		return this.judged;
	}

	/** When the state began, in milliseconds since the epoch. */
	public long sinceMillis() {
		return clock().instantAt(totals().since).toEpochMilli();
	}

	/** Hand durations to a target from now on. */
	public void addDurations(EndpointDurations target) {
		this.targets.add(target);
	}

	/** Hand no more durations to a target. */
	public void removeDurations(EndpointDurations target) {
		this.targets.remove(target);
	}

	/**
	 * Keep a duration until somebody reads. As long as nobody wants any, a few are kept.
	 */
	void collect(MeasuredDuration duration) {
		synchronized (this.collected) {
			if (this.collected.size() < (this.targets.isEmpty() ? FIRST_CAPACITY : CAPACITY)) {
				this.collected.add(duration);
			}
		}
	}

	/**
	 * Record what was collected: only here, since what a target does is not known.
	 */
	@Override
	void read() {
		List<MeasuredDuration> taken;
		synchronized (this.collected) {
			if (this.targets.isEmpty() || this.collected.isEmpty()) {
				return;
			}
			taken = List.copyOf(this.collected);
			this.collected.clear();
		}
		taken.forEach((duration) -> record(duration.timing(), duration.nanoseconds()));
	}

	private void record(Timing timing, long nanoseconds) {
		for (EndpointDurations target : this.targets) {
			try {
				if (timing == Timing.CONNECTION_DURATION) {
					target.closed(nanoseconds);
				}
				else {
					target.connected(timing == Timing.INITIAL, nanoseconds);
				}
			}
			catch (Throwable ex) {
				this.errors.instrumentation("A duration could not be recorded", ex);
			}
		}
	}

	@Override
	void inherit(Aggregate<EndpointTracker, EndpointTotals> before) {
		if (before != this && before instanceof EndpointAggregate other) {
			List<MeasuredDuration> taken;
			synchronized (other.collected) {
				taken = List.copyOf(other.collected);
				other.collected.clear();
			}
			taken.forEach(this::collect);
		}
	}

	@Override
	EndpointTotals zero() {
		return new EndpointTotals();
	}

	@Override
	void begin(EndpointTotals sample, long emptySince) {
		sample.since = emptySince;
	}

	@Override
	void add(EndpointTotals sum, EndpointTotals totals) {
		sum.addCounters(totals);
	}

	@Override
	void addNow(EndpointTotals sum, EndpointTracker endpoint) {
		endpoint.socket().addTo(sum, endpoint);
	}

	@Override
	void subtract(EndpointTotals sum, EndpointTotals totals) {
		sum.subtractCounters(totals);
	}

	@Override
	void settle(EndpointTotals totals) {
		totals.settle();
	}

	@Override
	boolean isZero(EndpointTotals totals) {
		return totals.isZero();
	}

	@Override
	public String toString() {
		return this.key.toString();
	}

	/**
	 * What the endpoints of an aggregate share; name and endpoint are {@code other}
	 * beyond the limit. Compared by hand: for what a record does by itself the JVM makes
	 * some fifteen classes.
	 */
	public record Key(String socket, String socketType, String endpoint, ZmqEndpointRole role) {

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof Key key && this.socket.equals(key.socket) && this.socketType.equals(key.socketType)
					&& this.endpoint.equals(key.endpoint) && this.role == key.role;
		}

		@Override
		public int hashCode() {
			return 31 * this.socket.hashCode() + this.endpoint.hashCode();
		}

	}

}
