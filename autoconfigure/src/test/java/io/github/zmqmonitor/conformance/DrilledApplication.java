package io.github.zmqmonitor.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.zmqmonitor.autoconfigure.LocalServer;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A monitored application in a process of its own, whose sockets are made by commands and
 * which is looked at as an operator would: by HTTP and in its log.
 */
final class DrilledApplication implements AutoCloseable {

	private static final String ANSWER = "ANSWER ";

	private static final String LOG = "LOG ";

	private final CommandedProcess process;

	private final List<String> output = new CopyOnWriteArrayList<>();

	private final LocalServer server;

	private DrilledApplication(Process process) {
		this.process = new CommandedProcess(process, this::isAnswer);
		this.server = new LocalServer(Integer.parseInt(checked(this.process.answer())));
	}

	/**
	 * Start the application.
	 * @param hosts the only file in which it finds names of hosts, at each look
	 * @param natives where it takes the events of native sockets
	 */
	static DrilledApplication start(Path hosts, String natives) throws IOException {
		return new DrilledApplication(new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-Xmx128m",
				"-XX:TieredStopAtLevel=1", "-Djdk.net.hosts.file=" + hosts, "-Dsun.net.inetaddr.ttl=0",
				"-Dsun.net.inetaddr.negative.ttl=0", "-cp", System.getProperty("java.class.path"),
				Application.class.getName(), "--zmq.monitor.instrumentation=auto", "--server.port=0",
				"--management.endpoints.web.exposure.include=zmq,health",
				"--management.endpoint.health.show-details=always", "--zmq.monitor.health.disconnected-after=2s",
				"--zmq.monitor.native.endpoint=" + natives, "--logging.pattern.console=" + LOG + "%p %m%n",
				"--spring.main.banner-mode=off")
			.redirectErrorStream(true)
			.start());
	}

	private boolean isAnswer(String line) {
		boolean answer = line.startsWith(ANSWER);
		if (!answer) {
			this.output.add(line);
		}
		return answer;
	}

	private String checked(@Nullable String answer) {
		assertThat(answer).as(String.join("\n", this.output)).isNotNull();
		return answer.substring(ANSWER.length());
	}

	/**
	 * Let the application do something.
	 * @return its answer
	 */
	String command(String... words) {
		return checked(this.process.command(words));
	}

	/**
	 * Make a socket that connects.
	 * @param options see {@link Application}
	 */
	void connect(String name, String address, String... options) {
		assertThat(command("socket", name, "DEALER", String.join(" ", options))).isEqualTo("done");
		assertThat(command("connect", name, address)).isEqualTo("done");
	}

	/**
	 * What the endpoint says of an endpoint of a socket, the first one if it has more.
	 */
	JsonNode endpoint(String socket) {
		return socket(socket).at("/endpoints/0");
	}

	/** What the endpoint says of a socket, with all detail. */
	JsonNode socket(String name) {
		return JsonMapper.shared().readTree(get("/actuator/zmq/" + name)).at("/sockets/0");
	}

	String state(String socket) {
		return endpoint(socket).at("/state").asString();
	}

	/** The lines of a socket in the table, with single spaces. */
	List<String> rows(String socket) {
		return get("/actuator/zmq?name=" + socket, "Accept", "text/plain").lines()
			.filter((line) -> line.startsWith(socket + " "))
			.map((line) -> line.replaceAll(" +", " "))
			.toList();
	}

	/** The sockets for which health is down. */
	List<String> failing() {
		JsonNode health = JsonMapper.shared().readTree(get("/actuator/health")).at("/components/zmq");
		List<String> names = new ArrayList<>();
		health.at("/details/failing").forEach((failing) -> names.add(failing.get("socket").asString()));
		assertThat(health.at("/status").asString()).isEqualTo(names.isEmpty() ? "UP" : "DOWN");
		return names;
	}

	private String get(String path, String... headers) {
		try {
			return this.server.get(path, headers).body();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** The lines of a socket in the log, from their level on. */
	List<String> log(String socket) {
		return log().stream().filter((line) -> line.matches("[A-Z]+ +" + socket + " \\([a-z]+-\\d+\\).*")).toList();
	}

	/** The lines of all sockets. */
	List<String> log() {
		return this.output.stream()
			.filter((line) -> line.matches(LOG + "[A-Z]+ +\\S+ \\([a-z]+-\\d+\\).*"))
			.map((line) -> line.substring(LOG.length()).replaceAll(" +", " "))
			.toList();
	}

	/** All that it has written. */
	List<String> output() {
		return this.output;
	}

	/** Let it stand still, as a machine that is swapped out does. */
	void pause() {
		this.process.signal("STOP");
	}

	void resume() {
		this.process.signal("CONT");
	}

	/** End it in good order. */
	void stop() throws InterruptedException {
		this.process.signal("TERM");
		this.process.awaitEnd();
	}

	@Override
	public void close() {
		this.process.close();
	}

	/**
	 * Takes commands: {@code socket NAME TYPE [heartbeats] [patient] [short]
	 * [password=PASSWORD] [server-key=KEY] [secured]}, {@code connect} or
	 * {@code bind NAME ADDRESS}, {@code send NAME TEXT}, {@code receive NAME},
	 * {@code look NAME}, which receives without waiting, and {@code flood NAME}, which
	 * sends 30 MB without waiting.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		private final Map<String, ZMQ.Socket> sockets = new HashMap<>();

		@Bean
		ZContext zContext() {
			return new ZContext();
		}

		private String run(String[] words, ZContext context, ZmqMonitor monitor) {
			if (words[0].equals("socket")) {
				ZMQ.Socket socket = monitor.monitor(words[1], context.createSocket(SocketType.valueOf(words[2])));
				List<String> options = List.of(words).subList(3, words.length);
				socket.setReceiveTimeOut(30_000);
				if (!options.contains("patient")) {
					// now and then JeroMQ forgets to read a greeting, until this time has
					// passed
					socket.setHandshakeIvl(1000);
				}
				if (options.contains("short")) {
					socket.setHWM(10);
				}
				if (options.contains("heartbeats")) {
					socket.setHeartbeatIvl(1000);
					socket.setHeartbeatTimeout(500);
				}
				options.forEach((option) -> secure(socket, option.split("=", 2)));
				this.sockets.put(words[1], socket);
				return "done";
			}
			ZMQ.Socket socket = this.sockets.get(words[1]);
			try {
				return switch (words[0]) {
					case "connect" -> socket.connect(words[2]) ? "done" : "refused";
					case "bind" -> socket.bind(words[2]) ? "done" : "refused";
					case "send" -> socket.send(words[2]) ? "done" : "refused";
					case "receive" -> String.valueOf(socket.recvStr());
					case "look" -> "done " + socket.recvStr(ZMQ.DONTWAIT);
					case "flood" -> flood(socket);
					default -> "unknown";
				};
			}
			catch (ZMQException ex) {
				return "refused";
			}
		}

		private static void secure(ZMQ.Socket socket, String[] option) {
			switch (option[0]) {
				case "password" -> Refusal.plainClient(socket, option[1]);
				case "server-key" -> Refusal.curveClient(socket, option[1]);
				case "secured" -> Refusal.curveServer(socket);
				default -> {
				}
			}
		}

		private static String flood(ZMQ.Socket socket) {
			byte[] message = new byte[100_000];
			boolean all = true;
			for (int i = 0; i < 300; i++) {
				all &= socket.send(message, ZMQ.DONTWAIT);
			}
			return all ? "done" : "refused";
		}

		public static void main(String[] arguments) throws IOException {
			ConfigurableApplicationContext context = SpringApplication.run(Application.class, arguments);
			System.out.println(ANSWER + context.getEnvironment().getProperty("local.server.port"));
			Application application = context.getBean(Application.class);
			BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
			for (String line = commands.readLine(); line != null; line = commands.readLine()) {
				System.out.println(ANSWER + application.run(line.strip().split(" +"), context.getBean(ZContext.class),
						context.getBean(ZmqMonitor.class)));
			}
			// the test has ended
			Runtime.getRuntime().halt(0);
		}

	}

}
