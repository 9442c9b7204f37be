package io.github.zmqmonitor.metrics;

import io.github.zmqmonitor.internal.libzmq.ZmqNativeRejection;
import io.github.zmqmonitor.internal.libzmq.ZmqNativeStatistics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Binds the numbers of a receiver for native sockets to registries. The sockets
 * themselves are in the meters of {@link ZmqMetrics}. Safe for use by any thread.
 */
public final class ZmqNativeMetrics implements MeterBinder {

	private final ZmqNativeStatistics statistics;

	/**
	 * Create a binder.
	 * @param statistics the numbers
	 */
	public ZmqNativeMetrics(ZmqNativeStatistics statistics) {
		this.statistics = statistics;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		RegistryMeters meters = new RegistryMeters(registry);
		for (ZmqNativeRejection reason : ZmqNativeRejection.values()) {
			meters.counter(ZmqMeter.NATIVE_REJECTED, Tags.of(ZmqTag.REASON.asString(), reason.id()), this.statistics,
					(statistics) -> statistics.rejected(reason));
		}
		meters.counter(ZmqMeter.NATIVE_MISSED, Tags.empty(), this.statistics, ZmqNativeStatistics::missed);
		meters.counter(ZmqMeter.NATIVE_LOST, Tags.empty(), this.statistics, ZmqNativeStatistics::lost);
	}

}
