package io.github.zmqmonitor.autoconfigure;

import io.github.zmqmonitor.internal.instrument.JeromqInstrumentation;
import io.github.zmqmonitor.internal.jeromq.InstrumentedSockets;
import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.ClassUtils;

/**
 * Changes JeroMQ's classes before anybody loads them, unless properties say otherwise.
 */
class JeromqInstrumentationEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	private static final String PREFIX = "zmq.monitor.";

	private final Log logger;

	JeromqInstrumentationEnvironmentPostProcessor(DeferredLogFactory logFactory) {
		this.logger = logFactory.getLog(JeromqInstrumentationEnvironmentPostProcessor.class);
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		boolean wanted = environment.getProperty(PREFIX + "enabled", Boolean.class, true)
				&& "auto".equalsIgnoreCase(environment.getProperty(PREFIX + "instrumentation", "auto"));
		if (isUnsupported(ClassUtils.getDefaultClassLoader())) {
			this.logger.warn("This JeroMQ is too old to be monitored: zmq-monitor supports JeroMQ 0.6.0");
			return;
		}
		// class names only: to ask for a class of JeroMQ would load it
		if (wanted && !Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)) {
			Installation.install(ClassUtils.getDefaultClassLoader());
		}
		else {
			Installation.decline();
		}
	}

	/**
	 * Whether there is a JeroMQ without event hooks.
	 */
	static boolean isUnsupported(@Nullable ClassLoader loader) {
		return loader != null && loader.getResource("org/zeromq/ZContext.class") != null
				&& loader.getResource("zmq/ZMQ$EventConsummer.class") == null;
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	/**
	 * Refers to classes that an application without JeroMQ can't load.
	 */
	private static final class Installation {

		private static void install(@Nullable ClassLoader loader) {
			// first the classes, then what refers to them
			if (JeromqInstrumentation.install(loader).installed()) {
				InstrumentedSockets.install(loader);
			}
		}

		private static void decline() {
			if (JeromqInstrumentation.decline()) {
				InstrumentedSockets.forget();
			}
		}

	}

}
