package io.github.zmqmonitor.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.zmqmonitor.ModuleProcess;
import io.github.zmqmonitor.model.ZmqSocketSnapshot;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * JeroMQ as a named module, in a process of its own, where its private fields can't be
 * read unless they are opened.
 */
class NamedModuleIT {

	private static final Pattern OPENS = Pattern.compile("--add-opens (\\S+)");

	@Test
	void messagesAreAbsentUntilWhatTheLogSaysIsOpened() throws Exception {
		String closed = run(List.of());
		assertThat(closed).contains("RESULT pipes=false messages=false connections=true monitored=true LISTENING");
		List<String> options = new ArrayList<>();
		for (Matcher matcher = OPENS.matcher(closed); matcher.find();) {
			options.addAll(List.of("--add-opens", matcher.group(1)));
		}
		assertThat(options).isNotEmpty();
		String opened = run(options);
		assertThat(opened).contains("RESULT pipes=true messages=true connections=true monitored=true LISTENING")
			.doesNotContain("--add-opens");
	}

	@Test
	void contextsAreReplacedWhereTwoOptionsAllowIt() throws Exception {
		assertThat(run(Contexts.class, List.of())).contains("RESULT sockets=0");
		assertThat(run(Contexts.class, List.of("--add-opens", "org.zeromq.jeromq/org.zeromq=ALL-UNNAMED", "--add-reads",
				"org.zeromq.jeromq=ALL-UNNAMED")))
			.contains("RESULT sockets=1");
	}

	private static String run(List<String> options) throws Exception {
		return run(Application.class, options);
	}

	private static String run(Class<?> application, List<String> options) throws Exception {
		List<String> all = new ArrayList<>(ModuleProcess.namedModule());
		all.addAll(options);
		return ModuleProcess.run(application, all);
	}

	static class Contexts {

		public static void main(String[] arguments) {
			try (ZmqMonitor monitor = new ZmqMonitor(); ZContext plain = new ZContext()) {
				ZContext context = monitor.monitor("context", plain);
				context.createSocket(SocketType.PUB).bind("tcp://127.0.0.1:*");
				System.out.println("RESULT sockets=" + monitor.snapshot().sockets().size());
			}
		}

	}

	static class Application {

		public static void main(String[] arguments) {
			MeterRegistry registry = new SimpleMeterRegistry();
			try (ZmqMonitor monitor = new ZmqMonitor(); ZContext context = new ZContext()) {
				new ZmqMetrics(monitor).bindTo(registry);
				ZMQ.Socket feed = monitor.monitor("feed", context.createSocket(SocketType.PUB));
				feed.bind("tcp://127.0.0.1:*");
				ZmqSocketSnapshot socket = monitor.snapshot().sockets().get(0);
				System.out.println("RESULT pipes=" + monitor.readsQueues() + " messages="
						+ (registry.find("zmq.messages").meter() != null) + " connections="
						+ (registry.find("zmq.connections").meter() != null) + " monitored=" + socket.monitored() + " "
						+ socket.endpoints().get(0).state());
			}
		}

	}

}
