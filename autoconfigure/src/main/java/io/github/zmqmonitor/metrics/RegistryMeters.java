package io.github.zmqmonitor.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;

/**
 * Registers meters of the catalogue in one registry, and removes them together.
 */
final class RegistryMeters {

	static final Duration SHORTEST_LIFE = Duration.ofMillis(100);

	static final Duration SHORTEST_CONNECT = Duration.ofNanos(100_000);

	private static final Duration LONGEST = Duration.ofHours(24);

	private final MeterRegistry registry;

	private final List<Meter> registered = new ArrayList<>();

	RegistryMeters(MeterRegistry registry) {
		this.registry = registry;
	}

	<T> void gauge(ZmqMeter meter, Tags tags, T source, ToDoubleFunction<T> value) {
		add(Gauge.builder(meter.getName(), source, value)
			.description(meter.getDescription())
			.baseUnit(meter.getBaseUnit())
			.tags(tags)
			.strongReference(true)
			.register(this.registry));
	}

	<T> void timeGauge(ZmqMeter meter, Tags tags, T source, ToDoubleFunction<T> milliseconds) {
		add(TimeGauge.builder(meter.getName(), source, TimeUnit.MILLISECONDS, milliseconds)
			.description(meter.getDescription())
			.tags(tags)
			.strongReference(true)
			.register(this.registry));
	}

	<T> void counter(ZmqMeter meter, Tags tags, T source, ToDoubleFunction<T> count) {
		add(FunctionCounter.builder(meter.getName(), source, count)
			.description(meter.getDescription())
			.baseUnit(meter.getBaseUnit())
			.tags(tags)
			.register(this.registry));
	}

	<T> void functionTimer(ZmqMeter meter, Tags tags, T source, ToLongFunction<T> count,
			ToDoubleFunction<T> milliseconds) {
		add(FunctionTimer.builder(meter.getName(), source, count, milliseconds, TimeUnit.MILLISECONDS)
			.description(meter.getDescription())
			.tags(tags)
			.register(this.registry));
	}

	Timer timer(ZmqMeter meter, Tags tags, Duration shortest) {
		Timer timer = Timer.builder(meter.getName())
			.description(meter.getDescription())
			.tags(tags)
			.minimumExpectedValue(shortest)
			.maximumExpectedValue(LONGEST)
			.register(this.registry);
		add(timer);
		return timer;
	}

	private synchronized void add(Meter meter) {
		this.registered.add(meter);
	}

	synchronized void removeAll() {
		this.registered.forEach(this.registry::remove);
		this.registered.clear();
	}

}
