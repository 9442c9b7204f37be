package io.github.zmqmonitor.conformance;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.zmqmonitor.internal.jeromq.InstrumentedSockets;
import io.github.zmqmonitor.internal.support.MonitorErrors;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqSocketSnapshot;
import io.github.zmqmonitor.monitor.MonitorFixture;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One group of JeroMQ's fields after the other can't be read: states and numbers that
 * events tell are right all the same, and what the group shows is absent. Each in a JVM
 * of its own.
 */
class MissingFieldsIT {

	@ParameterizedTest
	@CsvSource({ "auto, endpoints", "beans, endpoints", "auto, peers", "beans, peers", "auto, queues", "beans, queues",
			"auto, options", "beans, options", "auto, subscriptions", "auto, threads", "beans, exchanges",
			"auto, mailboxes" })
	void theRestIsThere(String way, String group) throws Exception {
		Process process = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-cp",
				System.getProperty("java.class.path"), "-Dzmq.monitor.readings.off=" + group,
				Application.class.getName(), way, group)
			.redirectErrorStream(true)
			.start();
		try (BufferedReader output = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
			List<String> lines = output.lines().toList();
			assertThat(process.waitFor(MonitorFixture.LIMIT.toMinutes(), TimeUnit.MINUTES)).isTrue();
			assertThat(lines).as(String.join("\n", lines)).endsWith("RESULT as expected");
			assertThat(lines).filteredOn((line) -> line.endsWith("zmq.monitor.readings.off names " + group)).hasSize(1);
		}
		finally {
			process.destroyForcibly().waitFor();
		}
	}

	/**
	 * Sockets whose states change.
	 */
	static final class Application {

		private final ZmqMonitor monitor = new ZmqMonitor();

		private final ZContext plain = new ZContext();

		private final ZContext context = this.monitor.monitor("test", this.plain);

		private final String group;

		private Application(String group) {
			this.group = group;
		}

		public static void main(String[] arguments) {
			if (arguments[0].equals("auto")) {
				InstrumentedSockets.install(Application.class.getClassLoader());
				assertThat(InstrumentedSockets.isInstalled()).isTrue();
			}
			Application application = new Application(arguments[1]);
			try {
				application.run();
				System.out.println("RESULT as expected");
			}
			catch (Throwable ex) {
				ex.printStackTrace(System.out);
			}
			System.exit(0);
		}

		private void run() {
			ZMQ.Socket server = socket(SocketType.ROUTER, "server");
			server.bind("tcp://127.0.0.1:*");
			String address = server.getLastEndpoint();
			ZMQ.Socket client = socket(SocketType.DEALER, "client");
			client.setReconnectIVL(20);
			client.connect(address);
			await("client", ZmqEndpointState.CONNECTED, 1);
			await("server", ZmqEndpointState.LISTENING, 1);
			client.send("hello");
			assertThat(server.recvStr()).isNotNull();
			assertThat(server.recvStr()).isEqualTo("hello");
			ZMQ.Socket sub = socket(SocketType.SUB, "sub");
			sub.subscribe("topic");
			assertThat(socket("sub").subscriptions() == null).isEqualTo(this.group.equals("subscriptions"));
			socket(SocketType.REQ, "asker");
			assertThat(socket("asker").hints()).isEmpty();
			assertThat(this.monitor.statistics().contextsUnseen()).isZero();
			assertShown();
			server.close();
			await("client", ZmqEndpointState.RETRYING, 0);
			MonitorFixture.await().untilAsserted(() -> assertThat(endpoint("client").retries()).isGreaterThan(2));
			List<ZMQ.Socket> again = new ArrayList<>();
			MonitorFixture.await().ignoreExceptions().until(() -> {
				again.add(socket(SocketType.ROUTER, "again"));
				return again.get(again.size() - 1).bind(address);
			});
			await("client", ZmqEndpointState.CONNECTED, 1);
			client.disconnect(address);
			assertThat(endpoint("client").state()).isEqualTo(ZmqEndpointState.CLOSED);
			this.context.close();
			MonitorFixture.await().untilAsserted(() -> assertThat(this.monitor.snapshot().sockets()).isEmpty());
			assertThat(MonitorErrors.total()).isZero();
			this.monitor.close();
		}

		private void assertShown() {
			ZmqSocketSnapshot server = socket("server");
			assertThat(server.messages() == null).as("messages").isEqualTo(this.group.equals("queues"));
			boolean peers = !this.group.equals("peers") && !this.group.equals("endpoints");
			assertThat(server.endpoints().get(0).peers()).singleElement()
				.satisfies((peer) -> assertThat(peer.type()).isEqualTo(peers ? "DEALER" : null));
		}

		private ZMQ.Socket socket(SocketType type, String name) {
			ZMQ.Socket socket = this.monitor.monitor(name, this.context.createSocket(type));
			socket.setHandshakeIvl(1000);
			return socket;
		}

		private void await(String socket, ZmqEndpointState state, int connections) {
			MonitorFixture.await().untilAsserted(() -> {
				assertThat(endpoint(socket).state()).isEqualTo(state);
				assertThat(endpoint(socket).connections()).isEqualTo(connections);
				MonitorFixture.assertBalanced(endpoint(socket));
			});
		}

		private ZmqEndpointSnapshot endpoint(String socket) {
			return socket(socket).endpoints().get(0);
		}

		private ZmqSocketSnapshot socket(String name) {
			return this.monitor.snapshot(name).sockets().get(0);
		}

	}

}
