package io.github.zmqmonitor.internal.walk;

import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;
import zmq.SocketBase;
import zmq.socket.pubsub.XPub;
import zmq.socket.pubsub.XSub;
import zmq.socket.radiodish.Dish;
import zmq.socket.radiodish.Radio;

/**
 * The topics of SUB, XSUB, PUB and XPUB, and the groups of DISH and RADIO.
 */
final class SubscriptionFields {

	static final @Nullable SubscriptionFields INSTANCE = Capability.open("subscriptions", "Subscriptions",
			SubscriptionFields::new);

	private static final int ATTEMPTS = 4;

	private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

	/** Longer than a thread that is ready to run usually waits for a processor. */
	private static final long LONG_PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

	private static final int STEPS = 100_000;

	private final VarHandle subscribed;

	private final VarHandle subscribers;

	private final VarHandle joined;

	private final VarHandle members;

	private final TrieFields own;

	private final TrieFields peers;

	private SubscriptionFields() throws ReflectiveOperationException {
		ClassLoader loader = XSub.class.getClassLoader();
		Class<?> trie = Class.forName("zmq.socket.pubsub.Trie", false, loader);
		Class<?> multiTrie = Class.forName("zmq.socket.pubsub.Mtrie", false, loader);
		this.subscribed = Capability.field(XSub.class, "subscriptions", trie);
		this.subscribers = Capability.field(XPub.class, "subscriptions", multiTrie);
		this.joined = Capability.field(Dish.class, "subscriptions", Set.class);
		this.members = Capability.field(Radio.class, "subscriptions", Map.class);
		this.own = TrieFields.own(trie);
		this.peers = TrieFields.peers(multiTrie);
	}

	/**
	 * Read until readings agree between which a thread that changes the trie has had time
	 * to go on: in the midst of a change bytes can be mistaken, for long if that thread
	 * waits for a processor just then. That needs a node with several branches. Takes
	 * milliseconds. Can throw.
	 * @return the subscriptions, {@code null} if the socket is of a type that has none or
	 * they change too fast
	 */
	@Nullable SubscriptionPicture read(SocketBase socket) {
		for (int i = 0; i < ATTEMPTS; i++) {
			TopicCollector topics = collect(socket, false);
			if (topics == null) {
				return null;
			}
			SubscriptionPicture picture = topics.picture();
			if (isStill(socket, picture, PAUSE) && (!topics.branches() || isStill(socket, picture, LONG_PAUSE))) {
				return picture;
			}
		}
		return null;
	}

	/**
	 * Read once. In the midst of a change bytes can be mistaken. Can throw.
	 * @return the subscriptions, {@code null} if the socket is of a type that has none
	 */
	@Nullable SubscriptionPicture glance(SocketBase socket) {
		TopicCollector topics = collect(socket, false);
		return (topics != null) ? topics.picture() : null;
	}

	private boolean isStill(SocketBase socket, SubscriptionPicture picture, long pause) {
		LockSupport.parkNanos(pause);
		return picture.equals(glance(socket));
	}

	/**
	 * Whether a socket has subscribed to nothing, {@code null} if it is of a type that
	 * does not subscribe. Can throw.
	 */
	@Nullable Boolean isIdle(SocketBase socket) {
		TopicCollector topics = (socket instanceof XSub || socket instanceof Dish) ? collect(socket, true) : null;
		return (topics != null) ? topics.isEmpty() : null;
	}

	private @Nullable TopicCollector collect(SocketBase socket, boolean first) {
		TopicCollector topics = new TopicCollector(socket instanceof XSub || socket instanceof Dish, first, STEPS);
		if (socket instanceof XSub) {
			this.own.collect(this.subscribed.getVolatile(socket), topics);
		}
		else if (socket instanceof XPub) {
			this.peers.collect(this.subscribers.getVolatile(socket), topics);
		}
		else if (socket instanceof Dish) {
			for (Object group : ((Set<?>) this.joined.getVolatile(socket)).toArray()) {
				add(group, List.of(), topics);
			}
		}
		else if (socket instanceof Radio) {
			((Map<?, ?>) this.members.getVolatile(socket))
				.forEach((group, pipes) -> add(group, (Collection<?>) pipes, topics));
		}
		else {
			return null;
		}
		return topics;
	}

	private static void add(Object group, Collection<?> pipes, TopicCollector topics) {
		byte[] name = String.valueOf(group).getBytes(StandardCharsets.UTF_8);
		topics.add(name, name.length, pipes);
	}

}
