package io.github.zmqmonitor.metrics;

import java.util.concurrent.TimeUnit;

import io.github.zmqmonitor.internal.totals.EndpointDurations;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Records durations in timers that are already registered.
 *
 * @param initial takes the time to connect, {@code null} for none
 * @param reconnect takes the time to connect again, {@code null} for none
 * @param life takes how long connections lived
 */
record TimerDurations(@Nullable Timer initial, @Nullable Timer reconnect, Timer life) implements EndpointDurations {

	@Override
	public void connected(boolean initial, long nanoseconds) {
		Timer timer = initial ? this.initial : this.reconnect;
		if (timer != null) {
			timer.record(nanoseconds, TimeUnit.NANOSECONDS);
		}
	}

	@Override
	public void closed(long nanoseconds) {
		this.life.record(nanoseconds, TimeUnit.NANOSECONDS);
	}

}
