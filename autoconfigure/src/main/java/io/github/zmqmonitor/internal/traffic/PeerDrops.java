package io.github.zmqmonitor.internal.traffic;

import java.util.concurrent.atomic.AtomicLong;

import io.github.zmqmonitor.model.ZmqMessages.DropReason;

/**
 * The messages that did not go to one peer.
 */
public final class PeerDrops {

	private final SocketDrops socket;

	private long message;

	private final AtomicLong full = new AtomicLong();

	public PeerDrops(SocketDrops socket) {
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
	public void drop(DropReason reason) {
		if (reason == DropReason.QUEUE_FULL) {
			this.full.setRelease(this.full.getPlain() + 1);
		}
		this.socket.addOne(reason);
	}

	/** How many messages found the queue full. */
	public long full() {
		return this.full.get();
	}

}
