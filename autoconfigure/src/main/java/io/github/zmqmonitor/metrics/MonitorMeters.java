package io.github.zmqmonitor.metrics;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

import io.github.zmqmonitor.monitor.ZmqEndpointGroup;
import io.github.zmqmonitor.monitor.ZmqEndpointGroupListener;
import io.github.zmqmonitor.monitor.ZmqEventType;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import io.github.zmqmonitor.monitor.ZmqMonitorStatistics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * All meters of a monitor in one registry.
 */
final class MonitorMeters implements ZmqEndpointGroupListener {

	private final MeterRegistry registry;

	private final ZmqMonitorStatistics statistics;

	private final RegistryMeters meters;

	private final Set<String> socketTypes = ConcurrentHashMap.newKeySet();

	private final Map<ZmqEndpointGroup, EndpointMeters> endpoints = new ConcurrentHashMap<>();

	MonitorMeters(ZmqMonitor monitor, MeterRegistry registry) {
		this.registry = registry;
		this.statistics = monitor.statistics();
		this.meters = new RegistryMeters(registry);
		registerEvents();
		registerMonitor();
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
	}

	private void dropped(String reason, ToLongFunction<ZmqMonitorStatistics> count) {
		this.meters.counter(ZmqMeter.MONITOR_EVENTS_DROPPED, tag(ZmqTag.REASON, reason), this.statistics, count);
	}

	private void error(String stage, ToLongFunction<ZmqMonitorStatistics> count) {
		this.meters.counter(ZmqMeter.MONITOR_ERRORS, tag(ZmqTag.STAGE, stage), this.statistics, count);
	}

	private void registerMonitor() {
		this.meters.gauge(ZmqMeter.MONITOR_DETACHED, Tags.empty(), this.statistics, ZmqMonitorStatistics::detached);
		this.meters.gauge(ZmqMeter.MONITOR_ENDPOINTS, Tags.empty(), this, MonitorMeters::endpoints);
		this.meters.gauge(ZmqMeter.MONITOR_ENDPOINTS_LIMIT, Tags.empty(), this.statistics,
				ZmqMonitorStatistics::endpointsLimit);
		this.meters.counter(ZmqMeter.MONITOR_ENDPOINTS_OVERFLOW, Tags.empty(), this.statistics,
				ZmqMonitorStatistics::endpointsOverflow);
	}

	private double endpoints() {
		int endpoints = this.statistics.endpoints();
		this.endpoints.values().forEach(EndpointMeters::refresh);
		return endpoints;
	}

	@Override
	public void added(ZmqEndpointGroup group) {
		this.endpoints.computeIfAbsent(group, (added) -> new EndpointMeters(added, this.registry));
	}

	@Override
	public void removed(ZmqEndpointGroup group) {
		EndpointMeters meters = this.endpoints.remove(group);
		if (meters != null) {
			meters.remove();
		}
	}

	@Override
	public void socketType(String socketType) {
		if (this.socketTypes.add(socketType)) {
			this.meters.gauge(ZmqMeter.SOCKETS, tag(ZmqTag.SOCKET_TYPE, socketType), this.statistics,
					(statistics) -> statistics.sockets(socketType));
		}
	}

	void removeAll() {
		this.endpoints.keySet().forEach(this::removed);
		this.meters.removeAll();
	}

	private static Tags tag(ZmqTag tag, String value) {
		return Tags.of(tag.asString(), value);
	}

}
