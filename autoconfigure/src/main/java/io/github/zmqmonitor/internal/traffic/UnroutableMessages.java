package io.github.zmqmonitor.internal.traffic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

/**
 * The identities that a socket has sent messages to and nobody has: the ten that were
 * used last. One thread at a time notes them, any thread reads.
 */
public final class UnroutableMessages {

	private static final int KEPT = 10;

	private static final int MAXIMUM_BYTES = 255;

	private final AtomicReferenceArray<@Nullable Identity> identities = new AtomicReferenceArray<>(KEPT);

	/**
	 * Note a message.
	 * @param identity the identity, of which the first 255 bytes are kept
	 * @param now the monitor's clock
	 */
	public void add(byte[] identity, long now) {
		int oldest = 0;
		Identity last = null;
		for (int i = 0; i < KEPT; i++) {
			Identity known = this.identities.getPlain(i);
			if (known == null) {
				oldest = i;
				break;
			}
			if (known.is(identity)) {
				known.again(now);
				return;
			}
			if (last == null || known.at - last.at < 0) {
				last = known;
				oldest = i;
			}
		}
		this.identities.setRelease(oldest, new Identity(identity, now));
	}

	/** The identities, the one that was used last first. */
	public List<Identity> latest() {
		List<Identity> latest = new ArrayList<>();
		for (int i = 0; i < KEPT; i++) {
			Identity identity = this.identities.get(i);
			if (identity != null) {
				latest.add(identity);
			}
		}
		latest.sort(Comparator.comparingLong(Identity::at).reversed());
		return latest;
	}

	/**
	 * An identity that nobody has.
	 */
	public static final class Identity {

		private final byte[] bytes;

		private final int length;

		private volatile long count = 1;

		private volatile long at;

		Identity(byte[] bytes, long at) {
			this.bytes = Arrays.copyOf(bytes, Math.min(bytes.length, MAXIMUM_BYTES));
			this.length = bytes.length;
			this.at = at;
		}

		private boolean is(byte[] other) {
			return this.length == other.length
					&& Arrays.equals(this.bytes, 0, this.bytes.length, other, 0, Math.min(other.length, MAXIMUM_BYTES));
		}

		@SuppressWarnings("NonAtomicVolatileUpdate")
		private void again(long now) {
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

}
