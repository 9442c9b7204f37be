package io.github.zmqmonitor.internal.history;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.github.zmqmonitor.model.ZmqEndpointSnapshot.RetryReason;
import org.jspecify.annotations.Nullable;

/**
 * How an endpoint tries again, and why: what the library said, otherwise what can be told
 * from the events of the last attempt. Guarded by the tracker of the socket.
 */
public final class Retrying {

	/** The kernel of the other side refuses within a round trip; silence takes longer. */
	private static final long AT_ONCE = TimeUnit.SECONDS.toNanos(1);

	private @Nullable RetryReason reason;

	private @Nullable RetryReason next;

	private boolean pending;

	private long pendingSince;

	private int interval;

	/** An attempt waits for its answer. */
	public void attemptStarted(long now) {
		this.pending = true;
		this.pendingSince = now;
	}

	/**
	 * The library says why an attempt has failed, which counts however long it took: this
	 * process may have been slow to notice.
	 */
	public void attemptFailed(RetryReason told) {
		this.next = told;
	}

	/** The channel of an attempt was closed. */
	public void attemptClosed(long now) {
		if (this.next == null) {
			this.next = !this.pending ? RetryReason.LOCAL_ERROR
					: isLate(now) ? RetryReason.NO_ANSWER : RetryReason.REFUSED;
		}
	}

	private boolean isLate(long now) {
		return this.pending && now - this.pendingSince >= AT_ONCE;
	}

	/**
	 * A connection was lost.
	 * @param ready whether it was ready
	 */
	public void lost(boolean ready) {
		this.next = ready ? RetryReason.CONNECTION_LOST : RetryReason.HANDSHAKE;
	}

	/**
	 * A retry was scheduled: what has happened since the last one is the reason.
	 * @param interval when it follows, in milliseconds
	 */
	public void scheduled(int interval) {
		this.interval = interval;
		this.reason = this.next;
		opened();
	}

	/** A connection is open. */
	public void opened() {
		this.next = null;
		this.pending = false;
	}

	/** A connection is ready, or the application begins anew or wants none. */
	public void over() {
		opened();
		this.interval = 0;
	}

	/**
	 * The current interval, {@code null} if none is known.
	 */
	public @Nullable Duration interval() {
		return (this.interval > 0) ? Duration.ofMillis(this.interval) : null;
	}

	public int intervalMillis() {
		return this.interval;
	}

	public @Nullable RetryReason reason() {
		return this.reason;
	}

}
