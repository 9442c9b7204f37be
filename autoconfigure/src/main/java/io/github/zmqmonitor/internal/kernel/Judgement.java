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
 * @param since when that began at the latest, in nanoseconds of the clock of who reads
 * @param timerAt when the kernel acts next, by the same clock
 */
public record Judgement(@Nullable StallReason reason, long since, long timerAt) {

	private static final long REFUSED_MILLIS = 1250;

	private static final long UNANSWERED_MILLIS = 1000;

	/** A packet or two are lost now and then. */
	private static final int UNANSWERED = 2;

	private static final int DOUBLED = 2;

	/** The tables don't tell when anything was taken, only that a timer has doubled. */
	private static final int UNANSWERED_LISTED = 3;

	private static final int MULTIPLE_LISTED = 4;

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
		TcpInfo info = connection.info();
		long stillMillis = 0;
		StallReason reason = null;
		if (connection.unacknowledged() == 0) {
			return new Judgement(null, now, timerAt);
		}
		if (info == null) {
			reason = listed(connection, before, timerAt);
		}
		else if (isUnanswered(connection, info)) {
			reason = StallReason.UNREACHABLE;
			stillMillis = info.answeredMillis();
		}
		else if (isRefused(connection, info)) {
			reason = StallReason.PEER_NOT_READING;
			stillMillis = (connection.timer() == Timer.WINDOW_PROBE) ? info.sentMillis() : REFUSED_MILLIS;
		}
		long since = now - stillMillis * MILLISECOND;
		if (before != null && before.reason() == reason && before.since() - since < 0) {
			since = before.since();
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
	private static @Nullable StallReason listed(KernelConnection connection, @Nullable Judgement before, long timerAt) {
		if (connection.timer() == Timer.RETRANSMIT) {
			return (connection.retransmits() >= UNANSWERED_LISTED) ? StallReason.UNREACHABLE : null;
		}
		if (connection.timer() != Timer.WINDOW_PROBE) {
			return null;
		}
		if (connection.probes() >= UNANSWERED) {
			return StallReason.UNREACHABLE;
		}
		long first = Math.max(connection.timeoutMillis(), SHORTEST_MILLIS);
		boolean judged = before != null && before.reason() == StallReason.PEER_NOT_READING;
		boolean same = before != null && Math.abs(timerAt - before.timerAt()) <= TOLERANCE;
		boolean closed = connection.timerMillis() > MULTIPLE_LISTED * first
				|| (judged && (same || connection.timerMillis() > first));
		return closed ? StallReason.PEER_NOT_READING : null;
	}

}
