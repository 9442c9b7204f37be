package io.github.zmqmonitor.internal.walk;

import java.util.List;
import java.util.Map;

import io.github.zmqmonitor.model.ZmqSocketSnapshot.Subscriptions;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of a socket, its own or those of its peers.
 *
 * @param all its topics
 * @param peers the topics of each peer by the socket's end of its pipe; {@code null} if
 * these are the socket's own or there are too many
 */
public record SubscriptionPicture(Subscriptions all, @Nullable Map<Object, PeerTopics> peers) {

	private static final PeerTopics NONE = new PeerTopics(List.of(), 0);

	/**
	 * The topics of a peer, {@code null} if they aren't known.
	 * @param pipe the socket's end of its pipe
	 */
	public @Nullable PeerTopics of(@Nullable Object pipe) {
		return (this.peers != null && pipe != null) ? this.peers.getOrDefault(pipe, NONE) : null;
	}

	/**
	 * The topics of a peer.
	 *
	 * @param listed the first of them
	 * @param omitted how many more there are
	 */
	public record PeerTopics(List<String> listed, int omitted) {

	}

}
