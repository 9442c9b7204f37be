package io.github.zmqmonitor.autoconfigure.endpoint;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.jayway.jsonpath.JsonPath;
import io.github.zmqmonitor.Ways;
import io.github.zmqmonitor.autoconfigure.LocalServer;
import io.github.zmqmonitor.monitor.MonitorFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The examples in the documentation of the endpoint are answers of this application, and
 * that of the README is one of the application that it shows. Run it with
 * {@code -Dzmqmonitor.update-docs=true} to write those of the endpoint. Their values
 * differ from one run to the next; their fields may not. What the kernel tells depends on
 * the JVM, and is left out.
 */
class ZmqEndpointExamplesIT {

	private static final Path ROOT = Path.of(System.getProperty("zmqmonitor.root", ".."));

	private static final Path DOCUMENT = ROOT.resolve("docs/endpoint.md");

	private static final Path README = ROOT.resolve("README.md");

	private ConfigurableApplicationContext context;

	private LocalServer server;

	private ServerSocket taken;

	@BeforeAll
	static void needTheDefault() {
		Assumptions.assumeTrue(Ways.isAuto(), "skipped: the examples are answers of the default way");
	}

	@BeforeEach
	void start() throws IOException {
		this.taken = new ServerSocket(0);
		run(Application.class);
		ZMQ.Socket rival = this.context.getBean("rival", ZMQ.Socket.class);
		assertThatExceptionOfType(ZMQException.class)
			.isThrownBy(() -> rival.bind("tcp://127.0.0.1:" + this.taken.getLocalPort()));
		this.context.getBean("orders", ZMQ.Socket.class).send("order");
		assertThat(this.context.getBean("desk", ZMQ.Socket.class).recv()).isNotNull();
		await().untilAsserted(() -> assertThat(get("")).contains("\"retrying\"", "\"zmtp\"", "\"lastActivity\""));
	}

	private void run(Class<?> application) {
		this.context = new SpringApplicationBuilder(application).web(WebApplicationType.SERVLET)
			.run("--server.port=0", "--spring.main.banner-mode=off", "--management.endpoints.web.exposure.include=zmq",
					"--zmq.monitor.kernel.enabled=false");
		this.server = new LocalServer(this.context);
	}

	@AfterEach
	void stop() throws IOException {
		this.context.close();
		this.taken.close();
	}

	@Test
	void theListIsAsDocumented() throws Exception {
		check("list", get(""));
	}

	@Test
	void theDetailIsAsDocumented() throws Exception {
		check("detail", get("/desk"));
	}

	@Test
	void theRefusalIsAsDocumented() throws Exception {
		check("refusal", get("?state=broken"));
	}

	@Test
	void theQuickStartIsAsInTheReadme() throws Exception {
		this.context.close();
		run(QuickStart.class);
		await().untilAsserted(
				() -> assertThat(get("")).contains("\"connections\":2,").contains("\"type\":\"REQ\",\"mechanism\""));
		check(README, "quick start", get(""));
		String beans = Files.readString(Path.of("src/test/java", getClass().getName().replace('.', '/') + ".java"));
		beans = beans.substring(beans.indexOf("class QuickStart {"));
		String shown = Files.readString(README);
		shown = shown.substring(shown.indexOf("@Bean"), shown.indexOf("```", shown.indexOf("@Bean")));
		assertThat(beans.replaceAll("\\s+", " ")).contains(shown.strip().replaceAll("\\s+", " "));
	}

	@Test
	void everyFieldIsExplained() throws Exception {
		String explained = Files.readString(DOCUMENT);
		Set<String> fields = new TreeSet<>();
		for (String answer : List.of(get(""), get("/desk"))) {
			paths("", JsonPath.read(answer, "$"), fields);
		}
		assertThat(fields).hasSizeGreaterThan(40)
			.filteredOn((path) -> !path.startsWith(".summary.states."))
			.allSatisfy((path) -> assertThat(explained)
				.containsPattern("`(summary|messages|queues)?\\.?" + path.substring(path.lastIndexOf('.') + 1) + "`"));
	}

	private static void check(String example, String answer) throws IOException {
		check(DOCUMENT, example, answer);
	}

	private static void check(Path document, String example, String answer) throws IOException {
		String text = Files.readString(document);
		Matcher matcher = Pattern
			.compile("(<!-- example: " + example + " -->\n *```json\n)(.*?)(\n *```)", Pattern.DOTALL)
			.matcher(text);
		assertThat(matcher.find()).as("the example '%s' is in %s", example, document).isTrue();
		if (Boolean.getBoolean("zmqmonitor.update-docs") && document == DOCUMENT) {
			Files.writeString(document, text.substring(0, matcher.start(2)) + format(JsonPath.read(answer, "$"), "")
					+ text.substring(matcher.end(2)));
			return;
		}
		Set<String> documented = new TreeSet<>();
		paths("", JsonPath.read(matcher.group(2), "$"), documented);
		Set<String> real = new TreeSet<>();
		paths("", JsonPath.read(answer, "$"), real);
		assertThat(documented).as("the example '%s' has the fields of the answer %s", example, answer).isEqualTo(real);
	}

	private static void paths(String path, Object value, Set<String> paths) {
		if (value instanceof Map<?, ?> map) {
			map.forEach((key, element) -> paths(path + "." + key, element, paths));
		}
		else if (value instanceof Collection<?> list) {
			list.forEach((element) -> paths(path, element, paths));
		}
		else {
			paths.add(path);
		}
	}

	/**
	 * Format JSON with what fits on a line in a line.
	 */
	private static String format(Object value, String indent) {
		String line = inline(value);
		if (line.length() + indent.length() <= 110 || !(value instanceof Map || value instanceof Collection)) {
			return line;
		}
		String deeper = indent + "  ";
		List<String> parts = new ArrayList<>();
		if (value instanceof Map<?, ?> map) {
			map.forEach((key, element) -> parts.add(deeper + "\"" + key + "\": " + format(element, deeper)));
			return "{\n" + String.join(",\n", parts) + "\n" + indent + "}";
		}
		((Collection<?>) value).forEach((element) -> parts.add(deeper + format(element, deeper)));
		return "[\n" + String.join(",\n", parts) + "\n" + indent + "]";
	}

	private static String inline(Object value) {
		List<String> parts = new ArrayList<>();
		if (value instanceof Map<?, ?> map) {
			map.forEach((key, element) -> parts.add("\"" + key + "\": " + inline(element)));
			return parts.isEmpty() ? "{}" : "{ " + String.join(", ", parts) + " }";
		}
		if (value instanceof Collection<?> list) {
			list.forEach((element) -> parts.add(inline(element)));
			return parts.isEmpty() ? "[]" : "[ " + String.join(", ", parts) + " ]";
		}
		return (value instanceof String) ? "\"" + value + "\"" : String.valueOf(value);
	}

	private String get(String path) throws Exception {
		return this.server.body("/actuator/zmq" + path);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		ZContext zContext() {
			return new ZContext();
		}

		@Bean
		ZMQ.Socket desk(ZContext context) {
			ZMQ.Socket socket = context.createSocket(SocketType.ROUTER);
			socket.setSndHWM(0);
			socket.bind("tcp://127.0.0.1:*");
			return socket;
		}

		@Bean
		ZMQ.Socket orders(ZContext context, ZMQ.Socket desk) {
			ZMQ.Socket socket = context.createSocket(SocketType.DEALER);
			socket.connect(desk.getLastEndpoint());
			return socket;
		}

		@Bean
		ZMQ.Socket quotes(ZContext context) {
			ZMQ.Socket socket = context.createSocket(SocketType.SUB);
			socket.connect("tcp://127.0.0.1:" + MonitorFixture.freePort());
			return socket;
		}

		@Bean
		ZMQ.Socket rival(ZContext context) {
			return context.createSocket(SocketType.PULL);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class QuickStart {

		@Bean
		ZContext zContext() {
			return new ZContext();
		}

		@Bean
		ZMQ.Socket server(ZContext context) {
			ZMQ.Socket socket = context.createSocket(SocketType.REP);
			socket.bind("tcp://127.0.0.1:*");
			return socket;
		}

		@Bean
		ZMQ.Socket client(ZContext context, ZMQ.Socket server) {
			ZMQ.Socket socket = context.createSocket(SocketType.REQ);
			socket.connect(server.getLastEndpoint());
			return socket;
		}

	}

}
