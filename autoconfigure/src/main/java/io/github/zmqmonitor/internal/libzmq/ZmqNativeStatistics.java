package io.github.zmqmonitor.internal.libzmq;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a receiver has refused and missed. Safe for use by any thread.
 */
public final class ZmqNativeStatistics {

	private final Map<ZmqNativeRejection, LongAdder> rejected = new EnumMap<>(ZmqNativeRejection.class);

	private final LongAdder missed = new LongAdder();

	private final LongAdder lost = new LongAdder();

	ZmqNativeStatistics() {
		for (ZmqNativeRejection reason : ZmqNativeRejection.values()) {
			this.rejected.put(reason, new LongAdder());
		}
	}

	void reject(ZmqNativeRejection reason) {
		counter(reason).increment();
	}

	void miss(long events) {
		this.missed.add(events);
	}

	void lose() {
		this.lost.increment();
	}

	/**
	 * Return how many messages were refused for a reason.
	 * @param reason the reason
	 * @return the number since the receiver exists
	 */
	public long rejected(ZmqNativeRejection reason) {
		return counter(reason).sum();
	}

	/**
	 * Return how many events of sources did not arrive: dropped by their forwarder, or
	 * sent when nobody listened.
	 * @return the number since the receiver exists, as far as forwarders count
	 */
	public long missed() {
		return this.missed.sum();
	}

	/**
	 * Return how many sources went without a goodbye: they fell silent, or others took
	 * their names.
	 * @return the number since the receiver exists
	 */
	public long lost() {
		return this.lost.sum();
	}

	private LongAdder counter(ZmqNativeRejection reason) {
		return Objects.requireNonNull(this.rejected.get(reason));
	}

}
