package io.github.zmqmonitor.actuate.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

import io.github.zmqmonitor.model.ZmqPeerSnapshot;
import io.github.zmqmonitor.model.ZmqQueueSnapshot;
import io.github.zmqmonitor.model.ZmqQueues;
import org.jspecify.annotations.Nullable;

/**
 * The slowest peers first: those that stand still, then those with the fullest queues,
 * then those that have missed the most messages.
 */
final class PeerOrder {

	/** How long a slow peer may take nothing. */
	private static final Duration STILL = Duration.ofSeconds(10);

	/** What a queue without a limit is measured by: JeroMQ's default. */
	private static final double USUAL_LIMIT = 1000;

	private PeerOrder() {
	}

	static Comparator<PeerRow> at(Instant now) {
		return Comparator.comparing((PeerRow row) -> standsStill(row.peer(), now))
			.thenComparingDouble((row) -> fullness(row.peer().queues()))
			.thenComparingLong(PeerRow::dropped)
			.reversed();
	}

	private static boolean standsStill(ZmqPeerSnapshot peer, Instant now) {
		Instant since = (peer.tcp() != null) ? peer.tcp().stalledSince() : null;
		return since != null && Duration.between(since, now).compareTo(STILL) >= 0;
	}

	private static double fullness(@Nullable ZmqQueues queues) {
		return (queues != null) ? Math.max(fullness(queues.sent()), fullness(queues.received())) : 0;
	}

	private static double fullness(ZmqQueueSnapshot queue) {
		Double utilization = queue.utilization();
		return (utilization != null) ? utilization : queue.size() / USUAL_LIMIT;
	}

}
