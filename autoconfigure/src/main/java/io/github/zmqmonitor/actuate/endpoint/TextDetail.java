package io.github.zmqmonitor.actuate.endpoint;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.zmqmonitor.internal.support.Words;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqEventSnapshot;
import io.github.zmqmonitor.model.ZmqHint;
import io.github.zmqmonitor.model.ZmqMessages;
import io.github.zmqmonitor.model.ZmqMessages.DropReason;
import io.github.zmqmonitor.model.ZmqPeerSnapshot;
import io.github.zmqmonitor.model.ZmqQueueSnapshot;
import io.github.zmqmonitor.model.ZmqSocketSnapshot;
import io.github.zmqmonitor.model.ZmqSocketSnapshot.EndedConnection;
import io.github.zmqmonitor.model.ZmqSocketSnapshot.Subscriptions;
import io.github.zmqmonitor.model.ZmqSocketSnapshot.Topic;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one socket beyond its lines in the table: queues, peers, hints and
 * what has happened, the newest first.
 */
final class TextDetail {

	private final StringBuilder text;

	private final Instant now;

	TextDetail(StringBuilder text, Instant now) {
		this.text = text;
		this.now = now;
	}

	void append(ZmqSocketSnapshot socket) {
		if (socket.recentEvents() == null) {
			return;
		}
		line("");
		line("%s (%s), created %s ago%s", socket.name(), socket.id(), TextFormat.age(socket.createdAt(), this.now),
				socket.monitored() ? "" : ", no longer monitored");
		if (socket.messages() != null && socket.queues() != null) {
			appendQueue("sent", socket.messages().sent(), socket.queues().sent());
			appendQueue("received", socket.messages().received(), socket.queues().received());
		}
		appendDropped(socket);
		socket.endpoints().forEach(this::appendPeers);
		appendSubscriptions(socket.subscriptions());
		if (socket.endedConnections() != null) {
			socket.endedConnections().forEach(this::appendEnded);
		}
		if (socket.hints() != null) {
			socket.hints().forEach(this::appendHint);
		}
		List<ZmqEventSnapshot> events = new ArrayList<>(socket.recentEvents());
		Collections.reverse(events);
		events.forEach(this::appendEvent);
	}

	private void appendQueue(String direction, long messages, ZmqQueueSnapshot queue) {
		Double utilization = queue.utilization();
		line("  %-8s  %d messages, %d waiting%s%s", direction, messages, queue.size(), (utilization != null)
				? String.format(Locale.ROOT, ", fullest queue at %.0f %%", utilization * 100) : "",
				(queue.full() > 0) ? ", " + queue.full() + " full" : "");
	}

	private void appendDropped(ZmqSocketSnapshot socket) {
		ZmqMessages messages = socket.messages();
		Map<DropReason, Long> dropped = (messages != null) ? messages.dropped() : null;
		if (messages != null && dropped != null && dropped.values().stream().anyMatch((count) -> count > 0)) {
			wrap("dropped", dropped.entrySet()
				.stream()
				.filter((reason) -> reason.getValue() > 0)
				.map((reason) -> "%d %s".formatted(reason.getValue(), reason.getKey().id().replace('_', ' ')))
				.collect(Collectors.joining(", ", (messages.droppedLowerBound() != null) ? "at least " : "", "")));
		}
		if (socket.unroutable() != null) {
			socket.unroutable()
				.forEach((it) -> wrap("nobody", "is %s: %d messages, the last %s ago".formatted(it.identity(),
						it.messages(), TextFormat.age(it.lastAt(), this.now))));
		}
	}

	private void appendPeers(ZmqEndpointSnapshot endpoint) {
		if (endpoint.peers() != null) {
			endpoint.peers()
				.forEach((peer) -> wrap("peer",
						"%s%s of %s, for %s%s%s%s".formatted(peer.remote(), who(peer), endpoint.endpoint(),
								TextFormat.age(peer.since(), this.now), dropped(peer), topics(peer),
								TcpText.of(peer.tcp(), this.now))));
			if (endpoint.peersOmitted() != null) {
				line("  peer      and %d more of %s", endpoint.peersOmitted(), endpoint.endpoint());
			}
		}
	}

	private static String who(ZmqPeerSnapshot peer) {
		String who = Stream.of(peer.type(), peer.identity(), peer.user())
			.filter(Objects::nonNull)
			.collect(Collectors.joining(" "));
		return who.isEmpty() ? "" : " (" + who + ")";
	}

	/**
	 * How many messages were dropped in all, {@code null} if that isn't counted.
	 */
	static @Nullable Long dropped(@Nullable ZmqMessages messages) {
		return (messages != null && messages.dropped() != null)
				? (Long) messages.dropped().values().stream().mapToLong(Long::longValue).sum() : null;
	}

	private static String dropped(ZmqPeerSnapshot peer) {
		Long dropped = dropped(peer.messages());
		return (dropped != null && dropped > 0) ? ", " + dropped + " dropped" : "";
	}

	private static String topics(ZmqPeerSnapshot peer) {
		List<String> topics = peer.topics();
		if (topics == null) {
			return "";
		}
		if (topics.isEmpty()) {
			return ", subscribed to nothing";
		}
		return ", subscribed to " + topics.stream().map(TextDetail::topic).collect(Collectors.joining(", "))
				+ ((peer.topicsOmitted() != null) ? " and " + peer.topicsOmitted() + " more" : "");
	}

	private static String topic(String topic) {
		return topic.isEmpty() ? "(everything)" : topic;
	}

	private void appendSubscriptions(@Nullable Subscriptions subscriptions) {
		if (subscriptions == null) {
			return;
		}
		String listed = subscriptions.topics().stream().map(TextDetail::describe).collect(Collectors.joining(", "));
		Integer total = subscriptions.total();
		String more = (total == null) ? " and more, too many to count" : (total > subscriptions.topics().size())
				? " and " + (total - subscriptions.topics().size()) + " more" : "";
		wrap("topics", listed.isEmpty() ? "none" + more : listed + more);
	}

	private static String describe(Topic topic) {
		return topic(topic.topic())
				+ ((topic.peers() != null) ? " (" + topic.peers() + ((topic.peers() == 1) ? " peer)" : " peers)") : "");
	}

	private void appendEnded(EndedConnection ended) {
		String peer = Stream.of(ended.type(), ended.identity(), ended.user())
			.filter((known) -> known != null)
			.collect(Collectors.joining(" "));
		wrap("ended", "%s of %s%s, after %s, %s ago%s".formatted(ended.remote(), ended.endpoint(),
				peer.isEmpty() ? "" : ", " + peer, TextFormat.age(ended.since(), ended.endedAt()),
				TextFormat.age(ended.endedAt(), this.now), (ended.reason() != null) ? ": " + ended.reason().id() : ""));
	}

	private void appendHint(ZmqHint hint) {
		wrap("hint", ((hint.endpoint() != null) ? hint.endpoint() + ": " : "") + hint.message());
	}

	private void wrap(String title, String message) {
		String prefix = "  %-8s  ".formatted(title);
		TerminalText.wrap(prefix, message, prefix.length()).forEach((line) -> line("%s", line));
	}

	private void appendEvent(ZmqEventSnapshot event) {
		String prefix = "  %-24s  ".formatted(event.at().truncatedTo(ChronoUnit.MILLIS));
		String repeats = (event.count() != null && event.since() != null) ? String.format(Locale.ROOT,
				", %,d times since %s", event.count(), event.since().truncatedTo(ChronoUnit.MILLIS)) : "";
		String text = event.event() + ((event.address() != null) ? " " + event.address() : "") + peer(event)
				+ ((event.value() != null) ? " " + event.value() : "") + repeats;
		TerminalText.wrap(prefix, text, prefix.length()).forEach((line) -> line("%s", line));
	}

	/**
	 * The peer, without its address if that is the event's own.
	 */
	private static String peer(ZmqEventSnapshot event) {
		boolean known = event.peer() == null || (event.address() != null && event.address().endsWith(event.peer()));
		return (known ? "" : " " + event.peer()) + ((event.identity() != null) ? " (" + event.identity() + ")" : "");
	}

	private void line(String format, @Nullable Object... values) {
		String line = String.format(Locale.ROOT, format, values).stripTrailing();
		this.text.append(TerminalText.cut(Words.printable(line), TerminalText.WIDTH)).append('\n');
	}

}
