package io.github.zmqmonitor.internal.traffic;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLongArray;

import io.github.zmqmonitor.model.ZmqMessages.DropReason;

/**
 * The messages that a socket has dropped. Safe for use by any thread; nobody waits here.
 */
public final class SocketDrops {

	private final Kind kind;

	private final AtomicLongArray counts = new AtomicLongArray(DropReason.values().length);

	private final UnroutableMessages unroutable = new UnroutableMessages();

	/** The number of the message that was reported last. One thread at a time sends. */
	private long message;

	/**
	 * Create counts.
	 * @param type the type of the socket in upper case
	 */
	public SocketDrops(String type) {
		this.kind = Kind.of(type);
	}

	/**
	 * The reasons that sockets of a type can have.
	 * @param type the type in upper case
	 */
	public static Set<DropReason> reasons(String type) {
		return Collections.unmodifiableSet(Kind.of(type).reasons);
	}

	/**
	 * Whether messages go out, and not subscriptions only.
	 */
	public boolean sends() {
		return this.kind.sends;
	}

	/**
	 * Whether messages come in, and not subscriptions only.
	 */
	public boolean receives() {
		return this.kind.receives;
	}

	/**
	 * Whether queues can be full without the application being told.
	 */
	public boolean overflows() {
		return this.kind.reasons.contains(DropReason.QUEUE_FULL);
	}

	public void add(DropReason reason, long messages) {
		this.counts.getAndAdd(reason.ordinal(), messages);
	}

	public long count(DropReason reason) {
		return this.counts.get(reason.ordinal());
	}

	public UnroutableMessages unroutable() {
		return this.unroutable;
	}

	/** Add the counts to others. */
	public void addTo(TrafficTotals totals) {
		for (int i = 0; i < totals.dropped.length; i++) {
			totals.dropped[i] += this.counts.get(i);
		}
	}

	/** The counts for users. */
	public Map<DropReason, Long> snapshot() {
		Map<DropReason, Long> snapshot = new EnumMap<>(DropReason.class);
		for (DropReason reason : this.kind.reasons) {
			snapshot.put(reason, count(reason));
		}
		return snapshot;
	}

	/**
	 * The messages that did not go to one peer.
	 */
	public static final class Peer {

		private final SocketDrops socket;

		private long message;

		private volatile long full;

		public Peer(SocketDrops socket) {
			this.socket = socket;
		}

		/**
		 * Count a message that several of the peer's subscriptions match, once.
		 * @param next whether it is another one than was last reported for this socket
		 */
		public void dropMatching(DropReason reason, boolean next) {
			SocketDrops socket = this.socket;
			if (next) {
				socket.message++;
			}
			if (this.message != socket.message) {
				this.message = socket.message;
				drop(reason);
			}
		}

		/** Count a message. Called by one thread at a time. */
		@SuppressWarnings("NonAtomicVolatileUpdate")
		public void drop(DropReason reason) {
			if (reason == DropReason.QUEUE_FULL) {
				this.full++;
			}
			this.socket.add(reason, 1);
		}

		/** How many messages found the queue full. */
		public long full() {
			return this.full;
		}

	}

	/** What types of sockets do. */
	private enum Kind {

		PUBLISHER(true, false, EnumSet.of(DropReason.QUEUE_FULL, DropReason.PEER_GONE, DropReason.DISCARDED)),

		ROUTER(true, true, EnumSet.allOf(DropReason.class)),

		BALANCER(true, true, EnumSet.of(DropReason.PEER_GONE, DropReason.DISCARDED, DropReason.TOO_LARGE)),

		STREAM(true, true, EnumSet.of(DropReason.PEER_GONE, DropReason.DISCARDED)),

		PUSH(true, false, EnumSet.of(DropReason.PEER_GONE, DropReason.DISCARDED)),

		SCATTER(true, false, EnumSet.of(DropReason.DISCARDED)),

		RECEIVER(false, true, EnumSet.of(DropReason.DISCARDED, DropReason.TOO_LARGE)),

		OTHER(true, true, EnumSet.of(DropReason.DISCARDED, DropReason.TOO_LARGE));

		private final boolean sends;

		private final boolean receives;

		private final Set<DropReason> reasons;

		Kind(boolean sends, boolean receives, Set<DropReason> reasons) {
			this.sends = sends;
			this.receives = receives;
			this.reasons = reasons;
		}

		static Kind of(String type) {
			return switch (type) {
				case "PUB", "XPUB", "RADIO" -> PUBLISHER;
				case "ROUTER", "REP" -> ROUTER;
				case "DEALER", "REQ" -> BALANCER;
				case "SUB", "XSUB", "DISH", "PULL", "GATHER" -> RECEIVER;
				case "PUSH" -> PUSH;
				case "SCATTER" -> SCATTER;
				case "STREAM" -> STREAM;
				default -> OTHER;
			};
		}

	}

}
