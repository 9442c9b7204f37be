package io.github.zmqmonitor.metrics;

import java.util.concurrent.TimeUnit;

import io.github.zmqmonitor.monitor.ZmqEndpointTimings;
import io.micrometer.core.instrument.Timer;

/**
 * Records durations in timers that are already registered.
 */
final class TimerTimings implements ZmqEndpointTimings {

	private final Timer initial;

	private final Timer reconnect;

	private final Timer life;

	TimerTimings(Timer initial, Timer reconnect, Timer life) {
		this.initial = initial;
		this.reconnect = reconnect;
		this.life = life;
	}

	@Override
	public void connected(boolean initial, long nanoseconds) {
		(initial ? this.initial : this.reconnect).record(nanoseconds, TimeUnit.NANOSECONDS);
	}

	@Override
	public void closed(long nanoseconds) {
		this.life.record(nanoseconds, TimeUnit.NANOSECONDS);
	}

}
