package io.github.zmqmonitor.metrics;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.zmqmonitor.internal.totals.EndpointAggregate;
import io.github.zmqmonitor.internal.totals.SocketAggregate;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqHint;
import io.github.zmqmonitor.model.ZmqOrigin;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import io.github.zmqmonitor.monitor.ZmqMonitorStatistics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * All meters of a monitor in one registry.
 */
final class MonitorMeters {

	/** The others are told only where queues are read. */
	private static final Set<ZmqHint.Kind> COUNTED_HINTS = EnumSet
		.complementOf(EnumSet.of(ZmqHint.Kind.QUEUES_GROWING, ZmqHint.Kind.MESSAGES_DROPPED));

	private final ZmqMonitor monitor;

	private final MeterRegistry registry;

	private final ZmqMonitorStatistics statistics;

	private final RegistryMeters meters;

	private final AggregateMeters<EndpointAggregate, EndpointMeters> endpoints;

	private final AggregateMeters<SocketAggregate, Removable> sockets;

	private final Set<String> socketTypes = ConcurrentHashMap.newKeySet();

	MonitorMeters(ZmqMonitor monitor, MeterRegistry registry) {
		this.monitor = monitor;
		this.registry = registry;
		this.statistics = monitor.statistics();
		this.meters = new RegistryMeters(registry);
		this.endpoints = new AggregateMeters<>((aggregate) -> new EndpointMeters(aggregate, registry),
				EndpointMeters::refresh);
		this.sockets = new AggregateMeters<>(this::socketMeters, (meters) -> {
		});
		registerEvents();
		registerMonitor();
		monitor.registry().endpoints().addListener(this.endpoints);
		monitor.registry().totals().addListener(this.sockets);
	}

	boolean isIn(MeterRegistry registry) {
		return this.registry == registry;
	}

	private void registerEvents() {
		for (ZmqEventType type : ZmqEventType.values()) {
			counter(ZmqMeter.MONITOR_EVENTS, ZmqTag.EVENT, type.name());
		}
		counter(ZmqMeter.MONITOR_EVENTS_DROPPED, ZmqTag.REASON, MonitorReading.LISTENER_QUEUE_FULL);
		counter(ZmqMeter.MONITOR_EVENTS_DROPPED, ZmqTag.REASON, MonitorReading.HOOK_QUEUE_FULL);
		counter(ZmqMeter.MONITOR_ERRORS, ZmqTag.STAGE, MonitorReading.EVENT);
		counter(ZmqMeter.MONITOR_ERRORS, ZmqTag.STAGE, MonitorReading.LISTENER);
		counter(ZmqMeter.MONITOR_ERRORS, ZmqTag.STAGE, MonitorReading.INSTRUMENTATION);
		counter(ZmqMeter.MONITOR_READINGS_SUSPENDED, ZmqTag.STAGE, MonitorReading.CONNECTIONS);
		counter(ZmqMeter.MONITOR_READINGS_SUSPENDED, ZmqTag.STAGE, MonitorReading.QUEUES);
		counter(ZmqMeter.MONITOR_READINGS_SUSPENDED, ZmqTag.STAGE, MonitorReading.KERNEL);
	}

	private void registerMonitor() {
		for (ZmqHint.Kind kind : COUNTED_HINTS) {
			this.meters.gauge(ZmqMeter.HINTS, Tags.of(ZmqTag.HINT.asString(), kind.id()), this.statistics,
					new MonitorReading(ZmqMeter.HINTS, kind.id()));
		}
		gauge(ZmqMeter.MONITOR_DETACHED);
		gauge(ZmqMeter.MONITOR_CONTEXTS_UNSEEN);
		gauge(ZmqMeter.MONITOR_ENDPOINTS);
		gauge(ZmqMeter.MONITOR_ENDPOINTS_LIMIT);
		counter(ZmqMeter.MONITOR_ENDPOINTS_OVERFLOW);
		if (this.monitor.readsQueues()) {
			counter(ZmqMeter.MONITOR_PIPES_MISSED);
		}
	}

	private void gauge(ZmqMeter meter) {
		this.meters.gauge(meter, Tags.empty(), this.statistics, new MonitorReading(meter, ""));
	}

	private void counter(ZmqMeter meter) {
		this.meters.counter(meter, Tags.empty(), this.statistics, new MonitorReading(meter, ""));
	}

	private void counter(ZmqMeter meter, ZmqTag tag, String value) {
		this.meters.counter(meter, Tags.of(tag.asString(), value), this.statistics, new MonitorReading(meter, value));
	}

	private Removable socketMeters(SocketAggregate sockets) {
		String type = sockets.key().socketType();
		if (this.socketTypes.add(type)) {
			this.meters.gauge(ZmqMeter.SOCKETS, Tags.of(ZmqTag.SOCKET_TYPE.asString(), type), this.statistics,
					new MonitorReading(ZmqMeter.SOCKETS, type));
		}
		boolean readable = this.monitor.readsQueues() && sockets.key().origin() == ZmqOrigin.JVM;
		return readable ? new SocketMeters(sockets, this.registry, this.monitor.countsDrops()) : Removable.NOTHING;
	}

	void removeAll() {
		this.monitor.registry().endpoints().removeListener(this.endpoints);
		this.monitor.registry().totals().removeListener(this.sockets);
		this.endpoints.removeAll();
		this.sockets.removeAll();
		this.meters.removeAll();
	}

}
