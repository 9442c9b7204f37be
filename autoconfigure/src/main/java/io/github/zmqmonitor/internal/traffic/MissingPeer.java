package io.github.zmqmonitor.internal.traffic;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An identity that nobody has.
 */
public final class MissingPeer {

	private static final int MAXIMUM_BYTES = 255;

	private final byte[] bytes;

	private final int length;

	private final AtomicLong count = new AtomicLong(1);

	private final AtomicLong at;

	MissingPeer(byte[] bytes, long at) {
		this.bytes = Arrays.copyOf(bytes, Math.min(bytes.length, MAXIMUM_BYTES));
		this.length = bytes.length;
		this.at = new AtomicLong(at);
	}

	boolean is(byte[] other) {
		return this.length == other.length
				&& Arrays.equals(this.bytes, 0, this.bytes.length, other, 0, Math.min(other.length, MAXIMUM_BYTES));
	}

	/** Count another message. Called by one thread at a time. */
	void again(long now) {
		this.count.setRelease(this.count.getPlain() + 1);
		this.at.setRelease(now);
	}

	/** Its first bytes, not to be changed. */
	public byte[] bytes() {
		return this.bytes;
	}

	/** How many messages it was used for since it is kept. */
	public long count() {
		return this.count.get();
	}

	/** When it was used last, by the monitor's clock. */
	public long at() {
		return this.at.get();
	}

}
