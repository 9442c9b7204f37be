package io.github.zmqmonitor.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many classes of the library, lambda expressions among them, an application with ten
 * sockets loads until it is ready: a count that stays the same however busy the machine
 * is.
 */
class LoadedClassesIT {

	private static final String OURS = "io.github.zmqmonitor.";

	/**
	 * Whoever needs more should know why: look at what is new in the list, and whether a
	 * reader of the endpoint could load it instead.
	 */
	private static final int MOST = 265;

	private static final int MOST_LAMBDAS = 28;

	@TempDir
	private Path directory;

	@Test
	void areFewAndNoneIsGenerated() throws Exception {
		List<String> loaded = start();
		List<String> ours = loaded.stream()
			.filter((name) -> name.startsWith(OURS) && !name.startsWith(getClass().getName()))
			.sorted()
			.toList();
		assertThat(ours).hasSizeBetween(100, MOST);
		assertThat(ours).filteredOn((name) -> name.contains("$$Lambda")).hasSizeLessThanOrEqualTo(MOST_LAMBDAS);
		assertThat(loaded)
			.noneMatch((name) -> (name.startsWith(OURS) || name.startsWith("zmq.") || name.startsWith("org.zeromq."))
					&& name.contains("CGLIB"));
	}

	private List<String> start() throws Exception {
		Path log = this.directory.resolve("classes.log");
		Process process = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-Xmx256m",
				"-Xlog:class+load:file=" + log + "::filecount=0", "-cp", System.getProperty("java.class.path"),
				Application.class.getName(), "--server.port=0", "--management.endpoints.web.exposure.include=*",
				"--logging.level.root=off")
			.redirectErrorStream(true)
			.start();
		try {
			assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).contains("READY");
			return names(log);
		}
		finally {
			process.destroyForcibly().waitFor();
		}
	}

	private static List<String> names(Path log) throws IOException {
		try (Stream<String> lines = Files.lines(log)) {
			return lines.filter((line) -> line.contains(" source: "))
				.map((line) -> line.substring(line.lastIndexOf(']') + 1, line.indexOf(" source: ")).strip())
				.toList();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		ZContext zContext() {
			ZContext context = new ZContext();
			for (int i = 0; i < 5; i++) {
				ZMQ.Socket server = context.createSocket(SocketType.ROUTER);
				server.bind("tcp://127.0.0.1:*");
				context.createSocket(SocketType.DEALER).connect(server.getLastEndpoint());
			}
			return context;
		}

		public static void main(String[] arguments) {
			new SpringApplicationBuilder(Application.class).run(arguments);
			System.out.println("READY");
			Runtime.getRuntime().halt(0);
		}

	}

}
