package io.github.zmqmonitor.conformance;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application with a JeroMQ that is too old starts and works, unmonitored, and is told
 * so once.
 */
class OldJeromqIT {

	@ParameterizedTest
	@ValueSource(strings = { "0.5.2", "0.5.4" })
	void anApplicationStartsUnmonitored(String version) throws Exception {
		File old = new File("target/old-jeromq/jeromq-" + version + ".jar").getAbsoluteFile();
		assertThat(old).exists();
		String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.map((entry) -> new File(entry).getName().startsWith("jeromq-") ? old.getPath() : entry)
			.collect(Collectors.joining(File.pathSeparator));
		Process process = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-cp", classPath,
				Application.class.getName())
			.redirectErrorStream(true)
			.start();
		try {
			List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
				.toList();
			assertThat(lines).contains("RESULT hello false");
			assertThat(lines).filteredOn((line) -> line.contains(" WARN ") || line.contains(" ERROR "))
				.singleElement()
				.asString()
				.contains("too old", "JeroMQ 0.6.0");
		}
		finally {
			process.destroyForcibly().waitFor();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		ZContext zContext() {
			return new ZContext();
		}

		public static void main(String[] arguments) {
			try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
				.web(WebApplicationType.NONE)
				.run("--management.endpoints.web.exposure.include=*")) {
				ZContext sockets = context.getBean(ZContext.class);
				ZMQ.Socket server = sockets.createSocket(SocketType.PULL);
				int port = server.bindToRandomPort("tcp://127.0.0.1");
				ZMQ.Socket client = sockets.createSocket(SocketType.PUSH);
				client.connect("tcp://127.0.0.1:" + port);
				client.send("hello");
				System.out.println("RESULT " + server.recvStr() + " " + context.containsBean("zmqMonitor"));
			}
		}

	}

}
