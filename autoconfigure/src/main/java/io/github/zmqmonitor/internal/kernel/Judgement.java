package io.github.zmqmonitor.internal.kernel;

import io.github.zmqmonitor.internal.kernel.KernelConnection.Timer;
import io.github.zmqmonitor.model.ZmqPeerSnapshot.StallReason;
import org.jspecify.annotations.Nullable;

/**
 * Whether a connection that has something to send stands still, and why. Its peer's
 * kernel answers, but takes nothing: the peer does not read. Or it does not answer: the
 * peer can't be reached. Nobody is judged who has taken anything a moment ago.
 *
 * @param reason why it stands still, {@code null} if it doesn't
 * @param since when that began at the latest, in nanoseconds of the clock of who reads;
 * with the tables also since when a window is closed that isn't judged yet
 * @param timerAt when the kernel acts next, by the same clock
 */
public record Judgement(@Nullable StallReason reason, long since, long timerAt) {

	private static final long REFUSED_MILLIS = 1000;

	private static final long UNANSWERED_MILLIS = 1000;

	/** A packet or two are lost now and then. */
	private static final int UNANSWERED = 2;

	private static final int DOUBLED = 2;

	/** The tables don't tell when anything was taken, only that a timer has doubled. */
	private static final int UNANSWERED_LISTED = 3;

	/** The tables tell times in hundredths of a second, rounded down. */
	private static final int TICK_MILLIS = 10;

	/** And so the time of which the others are multiples by up to a twentieth. */
	private static final int ROUNDED = 20;

	private static final long SHORTEST_MILLIS = 200;

	private static final long TOLERANCE = 30_000_000;

	private static final long MILLISECOND = 1_000_000;

	/**
	 * Judge a connection.
	 * @param before what was last said of it, {@code null} if nothing was
	 * @param now when it was read
	 */
	public static Judgement of(KernelConnection connection, @Nullable Judgement before, long now) {
		long timerAt = now + connection.timerMillis() * MILLISECOND;
		if (connection.unacknowledged() == 0) {
			return new Judgement(null, now, timerAt);
		}
		TcpInfo info = connection.info();
		if (info == null) {
			return listed(connection, before, timerAt, now);
		}
		long stillMillis = 0;
		StallReason reason = null;
		if (isUnanswered(connection, info)) {
			reason = StallReason.UNREACHABLE;
			stillMillis = info.answeredMillis();
		}
		else if (isRefused(connection, info)) {
			reason = StallReason.PEER_NOT_READING;
			stillMillis = (connection.timer() == Timer.WINDOW_PROBE) ? info.sentMillis() : REFUSED_MILLIS;
		}
		return judged(reason, before, now - stillMillis * MILLISECOND, timerAt);
	}

	private static Judgement judged(@Nullable StallReason reason, @Nullable Judgement before, long since,
			long timerAt) {
		if (reason != null && before != null && before.reason() == reason && before.since() - since < 0) {
			return new Judgement(reason, before.since(), timerAt);
		}
		return new Judgement(reason, since, timerAt);
	}

	private static boolean isUnanswered(KernelConnection connection, TcpInfo info) {
		return info.answeredMillis() >= UNANSWERED_MILLIS && switch (connection.timer()) {
			case RETRANSMIT -> connection.retransmits() >= UNANSWERED;
			case WINDOW_PROBE -> connection.probes() >= UNANSWERED;
			case NONE -> false;
		};
	}

	/**
	 * A window that is closed, or was closed again by a peer that has no room for what is
	 * on its way: then what it refuses is sent again and again.
	 */
	private static boolean isRefused(KernelConnection connection, TcpInfo info) {
		return switch (connection.timer()) {
			case WINDOW_PROBE -> info.sentMillis() >= REFUSED_MILLIS;
			case RETRANSMIT ->
				info.window() == 0 && info.backoff() >= DOUBLED && info.answeredMillis() <= info.sentMillis();
			case NONE -> false;
		};
	}

	/**
	 * What the tables tell. The time to the next probe doubles with each one that finds
	 * the window closed: so a long one means that it has been closed for long. Towards
	 * the end of that time it stays what it was.
	 */
	private static Judgement listed(KernelConnection connection, @Nullable Judgement before, long timerAt, long now) {
		if (connection.timer() == Timer.RETRANSMIT) {
			return judged((connection.retransmits() >= UNANSWERED_LISTED) ? StallReason.UNREACHABLE : null, before, now,
					timerAt);
		}
		if (connection.timer() != Timer.WINDOW_PROBE) {
			return judged(null, before, now, timerAt);
		}
		if (connection.probes() >= UNANSWERED) {
			return judged(StallReason.UNREACHABLE, before, now, timerAt);
		}
		long first = Math.max(connection.timeoutMillis(), SHORTEST_MILLIS);
		long closedAt = now - closedMillis(connection.timerMillis(), first) * MILLISECOND;
		if (before != null && before.since() - closedAt < 0 && before.sawThisClosed(connection, timerAt, first)) {
			closedAt = before.since();
		}
		return new Judgement((now - closedAt >= REFUSED_MILLIS * MILLISECOND) ? StallReason.PEER_NOT_READING : null,
				closedAt, timerAt);
	}

	private boolean sawThisClosed(KernelConnection connection, long timerAt, long first) {
		return Math.abs(timerAt - this.timerAt) <= TOLERANCE
				|| (this.reason == StallReason.PEER_NOT_READING && connection.timerMillis() > first);
	}

	/**
	 * For how long the window has been closed at least, by the time to the next probe.
	 */
	private static long closedMillis(long timerMillis, long first) {
		long interval = first;
		while (interval + interval / ROUNDED + TICK_MILLIS < timerMillis) {
			interval *= 2;
		}
		return interval - first + Math.max(0, interval - timerMillis);
	}

}
