package io.github.zmqmonitor.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.github.zmqmonitor.autoconfigure.LocalServer;
import io.github.zmqmonitor.monitor.MonitorFixture;
import org.junit.jupiter.api.Test;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every TCP listener and connection that the kernel shows for an application, but those
 * of HTTP, is in its endpoint, whichever way its sockets are made.
 */
class KernelTruthIT {

	@Test
	void theEndpointShowsWhatTheKernelShows() throws Exception {
		run("auto", (application) -> MonitorFixture.await().untilAsserted(() -> {
			KernelSockets kernel = application.kernel();
			KernelSockets shown = application.shown();
			assertThat(kernel.listeners()).hasSize(application.listeners);
			// both ends are in the application; nobody is connected to the back of a
			// proxy
			assertThat(kernel.connections()).hasSize(2 * (application.listeners - 1));
			assertThat(shown).isEqualTo(kernel);
		}));
	}

	@Test
	void byBeansTheKernelShowsMore() throws Exception {
		run("beans", (application) -> {
			MonitorFixture.await().until(() -> application.kernel().listeners().size() == application.listeners);
			assertThat(application.kernel().listeners()).containsAll(application.shown().listeners())
				.isNotEqualTo(application.shown().listeners());
		});
	}

	private static void run(String instrumentation, Check check) throws Exception {
		Needs.procfs();
		Process process = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-Xmx128m", "-cp",
				System.getProperty("java.class.path"), "-Dzmq.monitor.instrumentation=" + instrumentation,
				"-Dserver.port=0", "-Dmanagement.endpoints.web.exposure.include=zmq", Application.class.getName())
			.redirectErrorStream(true)
			.start();
		try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
			List<String> lines = new ArrayList<>();
			String line = output.readLine();
			while (line != null && !line.startsWith("RESULT ")) {
				lines.add(line);
				line = output.readLine();
			}
			assertThat(line).as(String.join("\n", lines)).isNotNull();
			String[] numbers = line.split(" ");
			check.check(new Started(process.pid(), Integer.parseInt(numbers[1]), Integer.parseInt(numbers[2])));
		}
		finally {
			process.destroyForcibly().waitFor();
		}
	}

	/**
	 * An application that is ready.
	 */
	private record Started(long process, int port, int listeners) {

		KernelSockets kernel() throws IOException {
			return KernelSockets.of(this.process, this.port);
		}

		KernelSockets shown() throws IOException, InterruptedException {
			Set<Integer> listeners = new TreeSet<>();
			Set<String> connections = new TreeSet<>();
			JsonNode answer = JsonMapper.shared().readTree(new LocalServer(this.port).body("/actuator/zmq"));
			for (JsonNode socket : answer.get("sockets")) {
				for (JsonNode endpoint : socket.get("endpoints")) {
					if (endpoint.get("transport").asString().equals("tcp")) {
						if (endpoint.get("role").asString().equals("bind")) {
							String address = endpoint.get("address").asString();
							listeners.add(Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)));
						}
						endpoint.get("peers")
							.forEach((peer) -> connections
								.add(peer.get("local").asString() + " " + peer.get("remote").asString()));
					}
				}
			}
			return new KernelSockets(listeners, connections);
		}

	}

	private interface Check {

		void check(Started application) throws Exception;

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		ZContext zContext() {
			return new ZContext();
		}

		@Bean
		ZMQ.Context oldContext() {
			return ZMQ.context(1);
		}

		public static void main(String[] arguments) throws Exception {
			List<Class<?>> sources = new ArrayList<>(SocketShapes.ALL);
			sources.add(0, Application.class);
			ConfigurableApplicationContext context = new SpringApplicationBuilder(sources.toArray(Class<?>[]::new))
				.run(arguments);
			System.out.println("RESULT " + context.getEnvironment().getProperty("local.server.port") + " "
					+ SocketShapes.listeners());
			// until the test ends the process, or has ended
			while (System.in.read() >= 0) {
				continue;
			}
			Runtime.getRuntime().halt(0);
		}

	}

}
