package io.github.zmqmonitor.internal.traffic;

import java.util.EnumSet;
import java.util.Set;

import io.github.zmqmonitor.model.ZmqMessages.DropReason;

/**
 * What types of sockets do with messages, and why they drop some.
 */
enum DropProfile {

	PUBLISHER(true, false, EnumSet.of(DropReason.QUEUE_FULL, DropReason.PEER_GONE, DropReason.DISCARDED)),

	/** What can be known of a publisher by comparing its subscribers. */
	COMPARED_PUBLISHER(true, false, EnumSet.of(DropReason.QUEUE_FULL)),

	ROUTER(true, true, EnumSet.allOf(DropReason.class)),

	BALANCER(true, true, EnumSet.of(DropReason.PEER_GONE, DropReason.DISCARDED, DropReason.TOO_LARGE)),

	STREAM(true, true, EnumSet.complementOf(EnumSet.of(DropReason.TOO_LARGE))),

	PUSH(true, false, EnumSet.of(DropReason.PEER_GONE, DropReason.DISCARDED)),

	SCATTER(true, false, EnumSet.of(DropReason.DISCARDED)),

	RECEIVER(false, true, EnumSet.of(DropReason.DISCARDED, DropReason.TOO_LARGE)),

	OTHER(true, true, EnumSet.of(DropReason.DISCARDED, DropReason.TOO_LARGE));

	private final boolean sends;

	private final boolean receives;

	private final Set<DropReason> reasons;

	DropProfile(boolean sends, boolean receives, Set<DropReason> reasons) {
		this.sends = sends;
		this.receives = receives;
		this.reasons = reasons;
	}

	static DropProfile of(String type) {
		return switch (type) {
			case "PUB", "XPUB", "RADIO" -> PUBLISHER;
			case "ROUTER", "REP" -> ROUTER;
			case "DEALER", "REQ" -> BALANCER;
			case "SUB", "XSUB", "DISH", "PULL", "GATHER" -> RECEIVER;
			case "PUSH", "SCATTER", "STREAM" -> valueOf(type);
			default -> OTHER;
		};
	}

	/** Whether messages go out, and not subscriptions only. */
	boolean sends() {
		return this.sends;
	}

	/** Whether messages come in, and not subscriptions only. */
	boolean receives() {
		return this.receives;
	}

	Set<DropReason> reasons() {
		return this.reasons;
	}

}
