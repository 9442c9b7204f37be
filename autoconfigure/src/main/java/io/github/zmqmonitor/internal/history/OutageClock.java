package io.github.zmqmonitor.internal.history;

import java.time.Instant;

import io.github.zmqmonitor.internal.support.MonitorClock;
import org.jspecify.annotations.Nullable;

/**
 * Since when an endpoint that connects is without a connection that is ready, and since
 * when no retry has answered a loss or a failed attempt. Times are nanoseconds of the
 * monitor's clock. Guarded by the tracker of the socket.
 */
public final class OutageClock {

	private boolean running;

	private long since;

	private long ended;

	private boolean retryPending;

	private long unansweredSince;

	private long retries;

	private boolean tried;

	private long triedAt;

	private boolean idle;

	private long idleSince;

	/**
	 * The application has called connect.
	 * @param away whether no connection is ready
	 */
	public void connecting(long now, boolean away) {
		this.idle = false;
		this.retryPending = false;
		if (away) {
			begin(now);
		}
	}

	public void begin(long now) {
		this.running = true;
		this.since = now;
		this.retries = 0;
	}

	/**
	 * An attempt was started. An endpoint that is known from events alone waits from its
	 * first attempt on.
	 */
	public void attemptStarted(long now, boolean first) {
		this.idle = false;
		this.retryPending = false;
		if (first && !this.running) {
			begin(now);
		}
	}

	/** The next attempt was scheduled. */
	public void retryScheduled(long now, boolean first) {
		attemptStarted(now, first);
		this.retries++;
	}

	/** There is a connection. */
	public void answered() {
		this.idle = false;
		this.retryPending = false;
	}

	public void awaitRetry(long now) {
		this.retryPending = true;
		this.unansweredSince = now;
	}

	public boolean awaitsRetry() {
		return this.retryPending;
	}

	/** Whether nothing has followed a loss or a failed attempt for so long. */
	public boolean isSilentFor(long nanoseconds, long now) {
		return this.retryPending && now - this.unansweredSince >= nanoseconds;
	}

	/**
	 * The library's own objects were looked at.
	 * @param trying whether there is an attempt, a retry to come or a connection
	 */
	public void confirm(boolean trying, long now) {
		if (trying) {
			this.tried = true;
			this.triedAt = now;
			this.idle = false;
		}
		else if (!this.idle) {
			this.tried = false;
			this.idle = true;
			this.idleSince = now;
		}
	}

	/**
	 * Whether the library has given up: it has been silent for so long and, where its own
	 * objects could be looked at since, they say so as well; or they have said so for so
	 * long.
	 */
	public boolean isGivenUp(long nanoseconds, long now) {
		if (this.idle && now - this.idleSince >= nanoseconds) {
			return true;
		}
		boolean slow = this.tried && this.triedAt - this.unansweredSince >= 0;
		return isSilentFor(nanoseconds, now) && !slow;
	}

	/** Since when nothing has followed. */
	public long givenUpSince() {
		return this.retryPending ? this.unansweredSince : this.idleSince;
	}

	/**
	 * A connection is ready.
	 * @return nanoseconds waited for it, negative if nothing was waiting
	 */
	public long end(long now) {
		long waited = this.running ? now - this.since : -1;
		this.running = false;
		this.ended++;
		return waited;
	}

	/** The connection that has ended the wait was not ready after all, or another's. */
	public void resume() {
		if (!this.running) {
			this.running = true;
			this.ended = Math.max(0, this.ended - 1);
		}
	}

	/** How often a connection has become ready that was waited for. */
	public long ended() {
		return this.ended;
	}

	/** Nobody waits any more. */
	public void over() {
		this.idle = false;
		this.running = false;
		this.retryPending = false;
	}

	/**
	 * Since when there has been no connection, {@code null} if there is one or none is
	 * needed.
	 */
	public @Nullable Instant since(MonitorClock clock) {
		return this.running ? clock.instantAt(this.since) : null;
	}

	/** How many retries were scheduled in this outage, or in the last one. */
	public long retries() {
		return this.retries;
	}

}
