package io.github.zmqmonitor.internal.traffic;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLongArray;

import io.github.zmqmonitor.model.ZmqMessages.DropReason;
import org.jspecify.annotations.Nullable;

/**
 * The messages that a socket has dropped. Safe for use by any thread; nobody waits here.
 */
public final class SocketDrops {

	private final DropProfile profile;

	private final AtomicLongArray counts = new AtomicLongArray(DropReason.values().length);

	private final UnroutableMessages unroutable = new UnroutableMessages();

	/** Why a STREAM drops what it is given next. One thread at a time sends. */
	private DropReason interruption = DropReason.PEER_GONE;

	/** The number of the message that was reported last. One thread at a time sends. */
	long message;

	/**
	 * Create counts.
	 * @param type the type of the socket in upper case
	 */
	public SocketDrops(String type) {
		this(DropProfile.of(type));
	}

	private SocketDrops(DropProfile profile) {
		this.profile = profile;
	}

	/**
	 * Create counts for a socket whose drops are not counted: what its subscribers differ
	 * in is a lower bound.
	 * @param type the type of the socket in upper case
	 * @return the counts, {@code null} if nothing can be known of this type
	 */
	public static @Nullable SocketDrops atLeast(String type) {
		return isCompared(type) ? new SocketDrops(DropProfile.COMPARED_PUBLISHER) : null;
	}

	private static boolean isCompared(String type) {
		return type.equals("PUB") || type.equals("XPUB");
	}

	/**
	 * The reasons that sockets of a type can have.
	 * @param type the type in upper case
	 * @param counted whether drops are counted where they happen
	 */
	public static Set<DropReason> reasons(String type, boolean counted) {
		if (counted) {
			return Collections.unmodifiableSet(DropProfile.of(type).reasons());
		}
		return isCompared(type) ? Collections.unmodifiableSet(DropProfile.COMPARED_PUBLISHER.reasons()) : Set.of();
	}

	/** Whether there can have been more drops than are counted. */
	public boolean isLowerBound() {
		return this.profile == DropProfile.COMPARED_PUBLISHER;
	}

	/**
	 * Whether messages go out, and not subscriptions only.
	 */
	public boolean sends() {
		return this.profile.sends();
	}

	/**
	 * Whether messages come in, and not subscriptions only.
	 */
	public boolean receives() {
		return this.profile.receives();
	}

	/**
	 * Whether the queue to a peer can be full without the application being told.
	 */
	public boolean overflows() {
		return this.profile == DropProfile.PUBLISHER || this.profile == DropProfile.ROUTER;
	}

	/**
	 * Count a message on the thread that runs the socket: for a reason that no other
	 * thread counts at the same time. No thread waits for the others to see it.
	 */
	public void addOne(DropReason reason) {
		int index = reason.ordinal();
		this.counts.setRelease(index, this.counts.getPlain(index) + 1);
	}

	public void add(DropReason reason, long messages) {
		this.counts.getAndAdd(reason.ordinal(), messages);
	}

	/**
	 * From now on {@link #lose()} counts for a reason. Called by one thread at a time.
	 */
	public void interrupt(DropReason reason) {
		this.interruption = reason;
	}

	/** Count a message for the reason that was given last. */
	public void lose() {
		addOne(this.interruption);
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
		for (DropReason reason : this.profile.reasons()) {
			snapshot.put(reason, count(reason));
		}
		return snapshot;
	}

}
