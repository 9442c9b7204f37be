package io.github.zmqmonitor.agent;

import java.lang.instrument.Instrumentation;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Lets zmq-monitor see sockets that are made before Spring Boot starts, and those of a
 * JeroMQ that is a named module: {@code java -javaagent:zmq-monitor-agent.jar ...}.
 * <p>
 * The agent knows nothing of sockets. What is changed, and all that is then called, is in
 * the library, as the application's class loader sees it; without the library nothing is
 * changed.
 */
public final class ZmqMonitorAgent {

	private ZmqMonitorAgent() {
	}

	/**
	 * Called by the JVM before the application's main method. Does nothing if a system
	 * property or an environment variable says that no class is to be changed.
	 * @param arguments ignored
	 * @param instrumentation what the JVM offers to agents
	 */
	public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
		if (!"false".equalsIgnoreCase(setting("enabled")) && !"beans".equalsIgnoreCase(setting("instrumentation"))) {
			instrumentation.addTransformer(new JeromqTransformer(instrumentation));
		}
	}

	private static @Nullable String setting(String name) {
		String property = System.getProperty("zmq.monitor." + name);
		return (property != null) ? property : System.getenv("ZMQ_MONITOR_" + name.toUpperCase(Locale.ROOT));
	}

}
