package io.github.zmqmonitor.internal.support;

import java.time.Instant;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * One reading of time for an event: {@link System#nanoTime()}. Instants are derived from
 * it by an anchor, so that they don't waver between two readings; the anchor follows the
 * wall clock when that has been set.
 */
public final class MonitorClock {

	private static final long TOLERATED_MILLIS = 1000;

	private final @Nullable LongSupplier nanos;

	private final @Nullable LongSupplier wallMillis;

	private volatile Anchor anchor;

	/** Create a clock that goes as the system's. */
	public MonitorClock() {
		this.nanos = null;
		this.wallMillis = null;
		this.anchor = new Anchor(nanoTime(), wallMillis());
	}

	public MonitorClock(LongSupplier nanos, LongSupplier wallMillis) {
		this.nanos = nanos;
		this.wallMillis = wallMillis;
		this.anchor = new Anchor(nanos.getAsLong(), wallMillis.getAsLong());
	}

	public long nanoTime() {
		LongSupplier nanos = this.nanos;
		return (nanos != null) ? nanos.getAsLong() : System.nanoTime();
	}

	private long wallMillis() {
		LongSupplier wallMillis = this.wallMillis;
		return (wallMillis != null) ? wallMillis.getAsLong() : System.currentTimeMillis();
	}

	/** Follow the wall clock if it was set since the anchor was made. */
	public void follow() {
		long now = nanoTime();
		long wall = wallMillis();
		if (Math.abs(this.anchor.millisAt(now) - wall) > TOLERATED_MILLIS) {
			this.anchor = new Anchor(now, wall);
		}
	}

	/** The instant of now on this clock, to compare with those of events. */
	public Instant now() {
		return instantAt(nanoTime());
	}

	public Instant instantAt(long nanoTime) {
		return Instant.ofEpochMilli(this.anchor.millisAt(nanoTime));
	}

	private record Anchor(long nanos, long millis) {

		long millisAt(long nanoTime) {
			return this.millis + Math.floorDiv(nanoTime - this.nanos, 1_000_000L);
		}

	}

}
