package io.github.zmqmonitor.actuate.endpoint;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

import io.github.zmqmonitor.model.ZmqMessages;
import io.github.zmqmonitor.model.ZmqPeerSnapshot;
import io.github.zmqmonitor.model.ZmqQueueSnapshot;
import io.github.zmqmonitor.model.ZmqQueues;
import org.jspecify.annotations.Nullable;

/**
 * A peer of a socket as a line of a table.
 *
 * @param socket the name of the socket, with its id where the name is shared
 * @param peer the peer
 */
record PeerRow(String socket, ZmqPeerSnapshot peer) {

	long dropped() {
		Long dropped = TextDetail.dropped(this.peer.messages());
		return (dropped != null) ? dropped : 0;
	}

	boolean hasUser() {
		return this.peer.user() != null;
	}

	/**
	 * The cells of the line.
	 * @param users whether to say who authentication has found
	 * @param drops whether to say how many messages were dropped
	 */
	List<String> cells(Instant now, boolean users, boolean drops) {
		ZmqMessages messages = this.peer.messages();
		ZmqQueues queues = this.peer.queues();
		List<String> cells = new ArrayList<>(
				Stream.of(this.socket, this.peer.remote(), this.peer.local(), this.peer.type(), this.peer.identity())
					.map(PeerRow::text)
					.toList());
		if (users) {
			cells.add(text(this.peer.user()));
		}
		cells.addAll(List.of(text(this.peer.mechanism()), text(this.peer.zmtp()), state(now),
				TextFormat.age(this.peer.since(), now),
				TextFormat.number((messages != null) ? (Long) messages.sent() : null),
				TextFormat.number((messages != null) ? (Long) messages.received() : null)));
		if (drops) {
			cells.add(TextFormat.number((messages != null) ? TextDetail.dropped(messages) : null));
		}
		cells.add((queues != null) ? queue(queues.sent()) : TextFormat.UNKNOWN);
		cells.add((queues != null) ? queue(queues.received()) : TextFormat.UNKNOWN);
		return cells;
	}

	private static String text(@Nullable String text) {
		return Objects.requireNonNullElse(text, TextFormat.UNKNOWN);
	}

	private String state(Instant now) {
		ZmqPeerSnapshot.Tcp tcp = this.peer.tcp();
		if (tcp != null && tcp.stalled() != null) {
			String reason = switch (tcp.stalled()) {
				case PEER_NOT_READING -> "not reading";
				case UNREACHABLE -> "unreachable";
			};
			return reason + " " + TextFormat.age(tcp.stalledSince(), now);
		}
		return this.peer.ready() ? "ready" : "handshaking";
	}

	private static String queue(ZmqQueueSnapshot queue) {
		Double utilization = queue.utilization();
		return (utilization != null) ? String.format(Locale.ROOT, "%.0f%%", Math.floor(utilization * 100))
				: TextFormat.number(queue.size());
	}

}
