package io.github.zmqmonitor.internal.state;

import java.time.Duration;
import java.time.Instant;

import io.github.zmqmonitor.internal.support.MonitorClock;
import org.jspecify.annotations.Nullable;

/**
 * Since when an endpoint that connects is without a connection that is ready, and since
 * when no retry has answered a loss or a failed attempt. Times are nanoseconds of the
 * monitor's clock. Guarded by the {@link SocketTracker}.
 */
final class OutageClock {

	private boolean running;

	private long since;

	private long ended;

	private boolean retryPending;

	private long unansweredSince;

	private long retries;

	private boolean attempting;

	private long attemptAt;

	private long longestAttempt;

	private boolean reached;

	/**
	 * The application has called connect.
	 * @param away whether no connection is ready
	 */
	void connecting(long now, boolean away) {
		this.retryPending = false;
		if (away) {
			begin(now);
		}
	}

	void begin(long now) {
		this.running = true;
		this.since = now;
		this.retries = 0;
		this.attempting = false;
		this.longestAttempt = 0;
		this.reached = false;
	}

	/**
	 * An attempt was started. An endpoint that is known from events alone waits from its
	 * first attempt on.
	 */
	void attemptStarted(long now, boolean first) {
		this.retryPending = false;
		if (first && !this.running) {
			begin(now);
		}
		this.attempting = true;
		this.attemptAt = now;
	}

	/**
	 * The next attempt was scheduled.
	 */
	void retryScheduled(long now, boolean first) {
		this.retryPending = false;
		if (first && !this.running) {
			begin(now);
		}
		this.retries++;
	}

	/**
	 * There is a connection.
	 */
	void answered() {
		this.retryPending = false;
		this.attempting = false;
		this.reached = true;
	}

	void awaitRetry(long now) {
		this.longestAttempt = longestAttempt(now);
		this.attempting = false;
		this.retryPending = true;
		this.unansweredSince = now;
	}

	boolean awaitsRetry() {
		return this.retryPending;
	}

	boolean isSilentFor(long nanoseconds, long now) {
		return this.retryPending && now - this.unansweredSince >= nanoseconds;
	}

	long unansweredSince() {
		return this.unansweredSince;
	}

	/**
	 * A connection is ready.
	 * @return nanoseconds waited for it, negative if nothing was waiting
	 */
	long end(long now) {
		long waited = this.running ? now - this.since : -1;
		this.running = false;
		this.ended++;
		return waited;
	}

	/**
	 * How often a connection has become ready that was waited for.
	 */
	long ended() {
		return this.ended;
	}

	/**
	 * Nobody waits any more.
	 */
	void over() {
		this.running = false;
		this.retryPending = false;
	}

	/**
	 * Since when there has been no connection, {@code null} if there is one or none is
	 * needed.
	 */
	@Nullable Instant since(MonitorClock clock) {
		return this.running ? clock.instantAt(this.since) : null;
	}

	/**
	 * How many retries were scheduled in this outage, or in the last one.
	 */
	long retries() {
		return this.retries;
	}

	/**
	 * How long an attempt of this outage has lasted at most without an answer,
	 * {@code null} if one has reached the peer's machine or there is no outage.
	 */
	@Nullable Duration unanswered(long now) {
		return (this.running && !this.reached) ? Duration.ofNanos(longestAttempt(now)) : null;
	}

	private long longestAttempt(long now) {
		return this.attempting ? Math.max(this.longestAttempt, now - this.attemptAt) : this.longestAttempt;
	}

}
