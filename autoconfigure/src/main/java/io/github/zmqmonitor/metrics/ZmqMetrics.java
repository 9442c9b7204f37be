package io.github.zmqmonitor.metrics;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.zmqmonitor.monitor.ZmqMonitor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Binds the meters of a {@link ZmqMonitor} to registries, whichever comes first. Counters
 * hold what happened before they were bound.
 * <p>
 * Meters are registered on the threads that bind registries, make sockets, bind or
 * connect, never on an I/O thread. Safe for use by any thread.
 */
public final class ZmqMetrics implements MeterBinder, AutoCloseable {

	private final ZmqMonitor monitor;

	private final List<MonitorMeters> bound = new CopyOnWriteArrayList<>();

	/**
	 * Create a binder.
	 * @param monitor the monitor whose meters to bind
	 */
	public ZmqMetrics(ZmqMonitor monitor) {
		this.monitor = monitor;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (MonitorMeters meters : this.bound) {
			if (meters.isIn(registry)) {
				return;
			}
		}
		this.bound.add(new MonitorMeters(this.monitor, registry));
	}

	/**
	 * Remove all meters from the registries that they were bound to.
	 */
	@Override
	public void close() {
		this.bound.forEach(MonitorMeters::removeAll);
		this.bound.clear();
	}

}
