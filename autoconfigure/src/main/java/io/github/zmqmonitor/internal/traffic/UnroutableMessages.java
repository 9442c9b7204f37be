package io.github.zmqmonitor.internal.traffic;

import java.util.ArrayList;
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

	private final AtomicReferenceArray<@Nullable MissingPeer> identities = new AtomicReferenceArray<>(KEPT);

	/**
	 * Note a message.
	 * @param identity the identity, of which the first 255 bytes are kept
	 * @param now the monitor's clock
	 */
	public void add(byte[] identity, long now) {
		int oldest = 0;
		MissingPeer last = null;
		for (int i = 0; i < KEPT; i++) {
			MissingPeer known = this.identities.getPlain(i);
			if (known == null) {
				oldest = i;
				break;
			}
			if (known.is(identity)) {
				known.again(now);
				return;
			}
			if (last == null || known.at() - last.at() < 0) {
				last = known;
				oldest = i;
			}
		}
		this.identities.setRelease(oldest, new MissingPeer(identity, now));
	}

	/** The identities, the one that was used last first. */
	public List<MissingPeer> latest() {
		List<MissingPeer> latest = new ArrayList<>();
		for (int i = 0; i < KEPT; i++) {
			MissingPeer identity = this.identities.get(i);
			if (identity != null) {
				latest.add(identity);
			}
		}
		latest.sort(Comparator.comparingLong(MissingPeer::at).reversed());
		return latest;
	}

}
