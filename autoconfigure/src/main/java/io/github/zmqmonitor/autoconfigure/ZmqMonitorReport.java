package io.github.zmqmonitor.autoconfigure;

import io.github.zmqmonitor.internal.instrument.InstrumentationOutcome;
import io.github.zmqmonitor.internal.instrument.JeromqInstrumentation;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import io.github.zmqmonitor.monitor.ZmqMonitorStatistics;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/**
 * Says once, when the application is ready, what is monitored and what is not.
 */
class ZmqMonitorReport implements ApplicationListener<ApplicationReadyEvent> {

	private static final Log logger = LogFactory.getLog(ZmqMonitor.class);

	private final ZmqMonitor monitor;

	ZmqMonitorReport(ZmqMonitor monitor) {
		this.monitor = monitor;
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		ZmqMonitorStatistics statistics = this.monitor.statistics();
		logger.info(describe(statistics.sockets(), statistics.contexts(), JeromqInstrumentation.outcome(),
				JeromqInstrumentation.dropsOff()));
		int unseen = statistics.contextsUnseen();
		if (unseen > 0) {
			logger.warn(unseen + " ZeroMQ " + ((unseen == 1) ? "context is" : "contexts are")
					+ " not monitored: made before Spring Boot started, or outside of beans; hand sockets to"
					+ " ZmqMonitor.monitor(name, socket), or start the JVM with the agent of zmq-monitor");
		}
	}

	static String describe(long sockets, int contexts, @Nullable InstrumentationOutcome outcome,
			@Nullable String dropsOff) {
		String found = "Monitoring " + sockets + " ZeroMQ " + ((sockets == 1) ? "socket" : "sockets") + " in "
				+ contexts + ((contexts == 1) ? " context" : " contexts");
		if (outcome != null && outcome.installed()) {
			return found + ", found by changed classes of JeroMQ"
					+ ((outcome.detail() != null) ? " (" + outcome.detail() + ")" : "") + ": every socket of this JVM"
					+ ((dropsOff != null) ? "; dropped messages are not counted (" + dropsOff + ")" : "");
		}
		return found
				+ ", found by beans: sockets of contexts that are no beans are not seen, and dropped messages are not"
				+ " counted, but for a lower bound of PUB and XPUB ("
				+ ((outcome == null) ? "zmq.monitor.instrumentation=beans" : reason(outcome)) + ")";
	}

	private static String reason(InstrumentationOutcome outcome) {
		String detail = (outcome.detail() != null) ? ": " + outcome.detail() : "";
		return switch (outcome.status()) {
			case INSTALLED, NOT_PRESENT -> "JeroMQ's classes are as they were";
			case ALREADY_LOADED -> "JeroMQ's classes were loaded before Spring Boot started" + detail;
			case UNSUPPORTED_VERSION -> "this JeroMQ looks different from 0.6.0" + detail;
			case NAMED_MODULE -> "JeroMQ is a named module";
			case OTHER_CLASS_LOADER -> "JeroMQ has another class loader" + detail;
			case NATIVE_IMAGE -> "this is a native image";
			case FAILED -> "JeroMQ's classes could not be changed" + detail;
		};
	}

}
