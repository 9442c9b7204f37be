package io.github.zmqmonitor.conformance;

import java.io.BufferedReader;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.zmqmonitor.monitor.MonitorFixture;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application, in a process of its own, that devtools restarts in a new class loader.
 */
class DevtoolsIT {

	@Test
	void anApplicationThatRestartsIsMonitoredAnewAndLeavesNothingBehind() throws Exception {
		File devtools = new File("target/devtools/spring-boot-devtools.jar");
		assertThat(devtools).as("copied by the build").exists();
		String classPath = System.getProperty("java.class.path") + File.pathSeparator + devtools;
		Process process = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-cp", classPath,
				"-Dport=" + MonitorFixture.freePort(), "-Dspring.main.web-application-type=none",
				"-Dspring.main.banner-mode=off", Application.class.getName())
			.redirectErrorStream(true)
			.start();
		try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
			List<String> lines = output.lines().toList();
			assertThat(lines).filteredOn((line) -> line.startsWith("RESULT"))
				.as(String.join("\n", lines))
				.containsExactly("RESULT run 1 RestartClassLoader [application.pub] [listening] threads 2",
						"RESULT run 2 RestartClassLoader [application.pub] [listening] threads 2");
			assertThat(process.waitFor(MonitorFixture.LIMIT.toMinutes(), TimeUnit.MINUTES)).isTrue();
		}
		finally {
			process.destroyForcibly().waitFor();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		private static final String RUNS = "runs";

		@Bean
		ZContext zContext() {
			return new ZContext();
		}

		public static void main(String[] arguments) throws Exception {
			ConfigurableApplicationContext context = SpringApplication.run(Application.class, arguments);
			ZMQ.Socket socket = context.getBean(ZContext.class).createSocket(SocketType.PUB);
			socket.bind("tcp://127.0.0.1:" + System.getProperty("port"));
			int run = Integer.getInteger(RUNS, 0) + 1;
			System.setProperty(RUNS, Integer.toString(run));
			ZmqMonitor monitor = context.getBean(ZmqMonitor.class);
			System.out.println("RESULT run " + run + " " + Application.class.getClassLoader().getClass().getSimpleName()
					+ " " + monitor.snapshot().sockets().stream().map((it) -> it.name()).toList() + " "
					+ monitor.snapshot().sockets().stream().map((it) -> it.endpoints().get(0).state().id()).toList()
					+ " threads " + threads());
			if (run > 1) {
				System.exit(0);
			}
			Class<?> restarter = Class.forName("org.springframework.boot.devtools.restart.Restarter");
			restarter.getMethod("restart").invoke(restarter.getMethod("getInstance").invoke(null));
		}

		/**
		 * The threads of contexts, of which there is one.
		 */
		private static long threads() {
			return Thread.getAllStackTraces()
				.keySet()
				.stream()
				.filter((thread) -> thread.getName().startsWith("reaper-") || thread.getName().startsWith("iothread-"))
				.count();
		}

	}

}
