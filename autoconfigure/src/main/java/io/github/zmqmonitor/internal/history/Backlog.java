package io.github.zmqmonitor.internal.history;

import org.jspecify.annotations.Nullable;

/**
 * Connections that the kernel has made and that a listener has not accepted.
 *
 * @param waiting how many there are
 * @param accepted how many the listener has ever accepted
 * @param since since when some wait and none was accepted, in nanoseconds of the
 * monitor's clock
 */
public record Backlog(long waiting, long accepted, long since) {

	/**
	 * What follows from another look.
	 * @param before what was known before, {@code null} for nothing
	 * @param now when it was looked at, in nanoseconds of the monitor's clock
	 */
	public static Backlog of(@Nullable Backlog before, long waiting, long accepted, long now) {
		if (before != null && before.waiting > 0 && waiting > 0 && before.accepted == accepted) {
			return new Backlog(waiting, accepted, before.since);
		}
		return new Backlog(waiting, accepted, now);
	}

}
