package io.github.zmqmonitor.internal.traffic;

import java.util.Arrays;

/**
 * An identity that nobody has.
 */
public final class MissingPeer {

	private static final int MAXIMUM_BYTES = 255;

	private final byte[] bytes;

	private final int length;

	private volatile long count = 1;

	private volatile long at;

	MissingPeer(byte[] bytes, long at) {
		this.bytes = Arrays.copyOf(bytes, Math.min(bytes.length, MAXIMUM_BYTES));
		this.length = bytes.length;
		this.at = at;
	}

	boolean is(byte[] other) {
		return this.length == other.length
				&& Arrays.equals(this.bytes, 0, this.bytes.length, other, 0, Math.min(other.length, MAXIMUM_BYTES));
	}

	@SuppressWarnings("NonAtomicVolatileUpdate")
	void again(long now) {
		this.count++;
		this.at = now;
	}

	/** Its first bytes, not to be changed. */
	public byte[] bytes() {
		return this.bytes;
	}

	/** How many messages it was used for since it is kept. */
	public long count() {
		return this.count;
	}

	/** When it was used last, by the monitor's clock. */
	public long at() {
		return this.at;
	}

}
