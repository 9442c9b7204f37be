package io.github.zmqmonitor.internal.walk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.zmqmonitor.internal.walk.SubscriptionPicture.PeerTopics;
import io.github.zmqmonitor.model.ZmqSocketSnapshot.Subscriptions;
import io.github.zmqmonitor.model.ZmqSocketSnapshot.Topic;

/**
 * Takes a bounded number of topics, and of topics per peer, and counts the others. Gives
 * up counting after a number of steps.
 */
final class TopicCollector {

	private static final int LISTED = 100;

	private static final int LISTED_PER_PEER = 20;

	private static final int SHOWN_BYTES = 100;

	private final boolean own;

	private final boolean first;

	private final List<Topic> topics = new ArrayList<>();

	private final Map<Object, PeerTopics> peers = new HashMap<>();

	private int stepsLeft;

	private int total;

	private boolean complete = true;

	private boolean branches;

	/**
	 * Create a collector.
	 * @param own whether the socket's own subscriptions are collected, not those of peers
	 * @param first whether the first topic is enough
	 * @param steps how much may be looked at
	 */
	TopicCollector(boolean own, boolean first, int steps) {
		this.own = own;
		this.first = first;
		this.stepsLeft = steps;
	}

	/**
	 * Take steps.
	 * @return whether to go on
	 */
	boolean step(int steps) {
		this.stepsLeft -= steps;
		if (this.stepsLeft < 0) {
			this.complete = false;
		}
		return this.complete;
	}

	/** A node has several branches. */
	void branch() {
		this.branches = true;
	}

	/** Whether a node has several branches. */
	boolean branches() {
		return this.branches;
	}

	/** Give up. */
	void cut() {
		this.complete = false;
	}

	boolean isEmpty() {
		return this.total == 0 && this.complete;
	}

	void add(byte[] path, int length, Collection<?> subscribers) {
		if (this.first) {
			cut();
			return;
		}
		Object[] pipes = subscribers.toArray();
		if (!step(pipes.length)) {
			return;
		}
		String text = null;
		if (this.total++ < LISTED) {
			text = text(path, length);
			this.topics.add(new Topic(text, this.own ? null : (Integer) pipes.length));
		}
		for (Object pipe : pipes) {
			PeerTopics before = this.peers.get(pipe);
			if (before != null && before.listed().size() == LISTED_PER_PEER) {
				this.peers.put(pipe, new PeerTopics(before.listed(), before.omitted() + 1));
				continue;
			}
			text = (text != null) ? text : text(path, length);
			List<String> listed = (before != null) ? new ArrayList<>(before.listed()) : new ArrayList<>(1);
			listed.add(text);
			this.peers.put(pipe, new PeerTopics(listed, 0));
		}
	}

	private static String text(byte[] path, int length) {
		String text = Identities.text(Arrays.copyOf(path, Math.min(length, SHOWN_BYTES)));
		return (length > SHOWN_BYTES) ? text + "…" : text;
	}

	SubscriptionPicture picture() {
		return new SubscriptionPicture(
				new Subscriptions(List.copyOf(this.topics), this.complete ? (Integer) this.total : null),
				(this.own || !this.complete) ? null : this.peers);
	}

}
