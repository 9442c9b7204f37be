package io.github.zmqmonitor.autoconfigure.endpoint;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.github.zmqmonitor.internal.instrument.InstrumentationOutcome;
import io.github.zmqmonitor.internal.instrument.JeromqInstrumentation;
import io.github.zmqmonitor.internal.jeromq.InstrumentedSockets;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import io.github.zmqmonitor.monitor.ZmqMonitorStatistics;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZContext;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/**
 * Says in {@code /actuator/info} which JeroMQ there is, how its sockets are found, and
 * what can be read of them.
 */
class ZmqInfoContributor implements InfoContributor {

	private static final String JEROMQ = "META-INF/maven/org.zeromq/jeromq/pom.properties";

	private final ZmqMonitor monitor;

	ZmqInfoContributor(ZmqMonitor monitor) {
		this.monitor = monitor;
	}

	@Override
	public void contribute(Info.Builder builder) {
		ZmqMonitorStatistics statistics = this.monitor.statistics();
		Map<String, Object> details = new LinkedHashMap<>();
		put(details, "jeromq", jeromq());
		put(details, "monitor", ZmqMonitor.class.getPackage().getImplementationVersion());
		put(details, "instrumentation", InstrumentedSockets.isInstalled() ? "auto" : "beans");
		put(details, "reason", reason());
		put(details, "sockets", statistics.sockets());
		put(details, "contexts", statistics.contexts());
		put(details, "contextsUnseen", statistics.contextsUnseen());
		put(details, "readsQueues", this.monitor.readsQueues());
		put(details, "countsDrops", this.monitor.countsDrops());
		builder.withDetail("zmq", details);
	}

	/**
	 * Why sockets are found by beans, {@code null} if they aren't or that was asked for.
	 */
	private static @Nullable String reason() {
		InstrumentationOutcome outcome = JeromqInstrumentation.outcome();
		return (outcome != null && !outcome.installed())
				? outcome.status().name().toLowerCase(Locale.ROOT).replace('_', ' ') : null;
	}

	/**
	 * The version of JeroMQ, which its manifest does not say to Java; {@code null} if it
	 * is not to be found.
	 */
	private static @Nullable String jeromq() {
		try {
			return PropertiesLoaderUtils.loadProperties(new ClassPathResource(JEROMQ, ZContext.class.getClassLoader()))
				.getProperty("version");
		}
		catch (IOException ex) {
			return null;
		}
	}

	private static void put(Map<String, Object> details, String name, @Nullable Object value) {
		if (value != null) {
			details.put(name, value);
		}
	}

}
