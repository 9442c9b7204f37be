package io.github.zmqmonitor.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

import io.github.zmqmonitor.internal.totals.EndpointAggregate;
import io.github.zmqmonitor.internal.totals.SocketAggregate;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqOrigin;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import io.github.zmqmonitor.monitor.ZmqMonitorStatistics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * All meters of a monitor in one registry.
 */
final class MonitorMeters {

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
			this.meters.counter(ZmqMeter.MONITOR_EVENTS, tag(ZmqTag.EVENT, type.name()), this.statistics,
					(statistics) -> statistics.events(type));
		}
		dropped("listener_queue_full", ZmqMonitorStatistics::droppedFromListeners);
		dropped("hook_queue_full", ZmqMonitorStatistics::droppedFromHooks);
		error("event", ZmqMonitorStatistics::eventErrors);
		error("listener", ZmqMonitorStatistics::listenerErrors);
		error("instrumentation", ZmqMonitorStatistics::instrumentationErrors);
		suspended("connections", ZmqMonitorStatistics::connectionReadingsSuspended);
		suspended("queues", ZmqMonitorStatistics::queueReadingsSuspended);
	}

	private void dropped(String reason, ToDoubleFunction<ZmqMonitorStatistics> count) {
		this.meters.counter(ZmqMeter.MONITOR_EVENTS_DROPPED, tag(ZmqTag.REASON, reason), this.statistics, count);
	}

	private void error(String stage, ToDoubleFunction<ZmqMonitorStatistics> count) {
		this.meters.counter(ZmqMeter.MONITOR_ERRORS, tag(ZmqTag.STAGE, stage), this.statistics, count);
	}

	private void suspended(String stage, ToDoubleFunction<ZmqMonitorStatistics> count) {
		this.meters.counter(ZmqMeter.MONITOR_READINGS_SUSPENDED, tag(ZmqTag.STAGE, stage), this.statistics, count);
	}

	private void registerMonitor() {
		this.meters.gauge(ZmqMeter.MONITOR_DETACHED, Tags.empty(), this.statistics, ZmqMonitorStatistics::detached);
		this.meters.gauge(ZmqMeter.MONITOR_CONTEXTS_UNSEEN, Tags.empty(), this.statistics,
				ZmqMonitorStatistics::contextsUnseen);
		this.meters.gauge(ZmqMeter.MONITOR_ENDPOINTS, Tags.empty(), this.statistics, ZmqMonitorStatistics::endpoints);
		this.meters.gauge(ZmqMeter.MONITOR_ENDPOINTS_LIMIT, Tags.empty(), this.statistics,
				ZmqMonitorStatistics::endpointsLimit);
		this.meters.counter(ZmqMeter.MONITOR_ENDPOINTS_OVERFLOW, Tags.empty(), this.statistics,
				ZmqMonitorStatistics::endpointsOverflow);
		if (this.monitor.readsQueues()) {
			this.meters.counter(ZmqMeter.MONITOR_PIPES_MISSED, Tags.empty(), this.statistics,
					ZmqMonitorStatistics::pipesMissed);
		}
	}

	private Removable socketMeters(SocketAggregate sockets) {
		String type = sockets.key().socketType();
		if (this.socketTypes.add(type)) {
			this.meters.gauge(ZmqMeter.SOCKETS, tag(ZmqTag.SOCKET_TYPE, type), this.statistics,
					(statistics) -> statistics.sockets(type));
		}
		boolean readable = this.monitor.readsQueues() && sockets.key().origin() == ZmqOrigin.JVM;
		return readable ? new SocketMeters(sockets, this.registry) : Removable.NOTHING;
	}

	void removeAll() {
		this.monitor.registry().endpoints().removeListener(this.endpoints);
		this.monitor.registry().totals().removeListener(this.sockets);
		this.endpoints.removeAll();
		this.sockets.removeAll();
		this.meters.removeAll();
	}

	private static Tags tag(ZmqTag tag, String value) {
		return Tags.of(tag.asString(), value);
	}

}
