package io.github.zmqmonitor.metrics;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqHint;
import io.github.zmqmonitor.monitor.ZmqMonitorStatistics;

/**
 * Reads the number of a meter of the monitor itself: one switch for all of them.
 *
 * @param meter the meter
 * @param tag the value of its tag, empty if it has none
 */
record MonitorReading(ZmqMeter meter, String tag) implements ToDoubleFunction<ZmqMonitorStatistics> {

	static final String LISTENER_QUEUE_FULL = "listener_queue_full";

	static final String HOOK_QUEUE_FULL = "hook_queue_full";

	static final String EVENT = "event";

	static final String LISTENER = "listener";

	static final String INSTRUMENTATION = "instrumentation";

	static final String CONNECTIONS = "connections";

	static final String QUEUES = "queues";

	static final String KERNEL = "kernel";

	@Override
	public double applyAsDouble(ZmqMonitorStatistics statistics) {
		return switch (this.meter) {
			case MONITOR_EVENTS -> statistics.events(ZmqEventType.valueOf(this.tag));
			case MONITOR_EVENTS_DROPPED ->
				this.tag.equals(HOOK_QUEUE_FULL) ? statistics.droppedFromHooks() : statistics.droppedFromListeners();
			case MONITOR_ERRORS -> switch (this.tag) {
				case EVENT -> statistics.eventErrors();
				case LISTENER -> statistics.listenerErrors();
				default -> statistics.instrumentationErrors();
			};
			case MONITOR_READINGS_SUSPENDED -> switch (this.tag) {
				case QUEUES -> statistics.queueReadingsSuspended();
				case KERNEL -> statistics.kernelReadingsSuspended();
				default -> statistics.connectionReadingsSuspended();
			};
			case MONITOR_DETACHED -> statistics.detached();
			case MONITOR_CONTEXTS_UNSEEN -> statistics.contextsUnseen();
			case MONITOR_ENDPOINTS -> statistics.endpoints();
			case MONITOR_ENDPOINTS_LIMIT -> statistics.endpointsLimit();
			case MONITOR_ENDPOINTS_OVERFLOW -> statistics.endpointsOverflow();
			case MONITOR_PIPES_MISSED -> statistics.pipesMissed();
			case HINTS -> statistics.hints(ZmqHint.Kind.valueOf(this.tag.toUpperCase(Locale.ROOT)));
			case SOCKETS -> statistics.sockets(this.tag);
			default -> throw new IllegalStateException("Not a meter of the monitor: " + this.meter);
		};
	}

}
