package io.github.zmqmonitor.internal.walk;

import java.lang.invoke.VarHandle;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The nodes of one of JeroMQ's two tries. A node stands for the bytes on the way to it.
 */
final class TrieFields {

	private static final int DEPTH = 1024;

	private final VarHandle next;

	private final VarHandle smallest;

	private final VarHandle count;

	private final VarHandle live;

	private final VarHandle subscribers;

	private final boolean own;

	private TrieFields(Class<?> node, Class<?> byteType, VarHandle subscribers, boolean own)
			throws ReflectiveOperationException {
		this.next = Capability.field(node, "next", Array.newInstance(node, 0).getClass());
		this.smallest = Capability.field(node, "min", byteType);
		this.count = Capability.field(node, "count", int.class);
		this.live = Capability.field(node, "liveNodes", int.class);
		this.subscribers = subscribers;
		this.own = own;
	}

	/** The trie of a socket's own subscriptions, which counts them. */
	static TrieFields own(Class<?> node) throws ReflectiveOperationException {
		return new TrieFields(node, byte.class, Capability.field(node, "refcnt", int.class), true);
	}

	/** The trie of the subscriptions of peers, which has their pipes. */
	static TrieFields peers(Class<?> node) throws ReflectiveOperationException {
		return new TrieFields(node, int.class, Capability.field(node, "pipes", Set.class), false);
	}

	void collect(Object root, TopicCollector topics) {
		visit(root, new byte[16], 0, topics);
	}

	private void visit(Object node, byte[] path, int depth, TopicCollector topics) {
		if (depth == DEPTH) {
			topics.cut();
		}
		int smallest = (int) this.smallest.getVolatile(node);
		@Nullable Object[] children = children(node);
		if (!topics.step((children != null) ? children.length : 1)) {
			return;
		}
		Collection<?> subscribers = subscribers(node);
		if (subscribers != null) {
			topics.add(path, depth, subscribers);
		}
		if (children == null) {
			return;
		}
		if (children.length > 1) {
			topics.branch();
		}
		byte[] name = (depth == path.length) ? Arrays.copyOf(path, 2 * depth) : path;
		for (int i = 0; i < children.length; i++) {
			Object child = children[i];
			if (child != null) {
				name[depth] = (byte) (smallest + i);
				visit(child, name, depth + 1, topics);
			}
		}
		if (smallest != (int) this.smallest.getVolatile(node)) {
			throw new ConcurrentModificationException();
		}
	}

	/**
	 * The children of a node, which has as many as it says, the first and the last place
	 * taken: while that is not so, the node is being changed.
	 */
	private @Nullable Object @Nullable [] children(Object node) {
		@Nullable Object @Nullable [] children = (Object[]) this.next.getVolatile(node);
		int length = (children != null) ? children.length : 0;
		int live = 0;
		for (int i = 0; i < length; i++) {
			live += (children[i] != null) ? 1 : 0;
		}
		if (length != (int) this.count.getVolatile(node) || live != (int) this.live.getVolatile(node)
				|| (length > 0 && (children[0] == null || children[length - 1] == null))) {
			throw new ConcurrentModificationException();
		}
		return children;
	}

	/**
	 * Who has subscribed to a node, {@code null} if it is no topic.
	 */
	private @Nullable Collection<?> subscribers(Object node) {
		if (this.own) {
			return ((int) this.subscribers.getVolatile(node) > 0) ? List.of() : null;
		}
		return (Set<?>) this.subscribers.getVolatile(node);
	}

}
