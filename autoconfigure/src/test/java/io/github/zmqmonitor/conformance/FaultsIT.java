package io.github.zmqmonitor.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.zmqmonitor.monitor.MonitorFixture;
import io.github.zmqmonitor.monitor.ZmqEndpointSnapshot;
import io.github.zmqmonitor.monitor.ZmqEndpointState;
import io.github.zmqmonitor.monitor.ZmqEventType;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.zeromq.SocketType;
import org.zeromq.ZAuth;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Faults of the worst kind.
 */
@Timeout(120)
class FaultsIT {

	@RegisterExtension
	final Scenario scenario = new Scenario();

	@Test
	void aContextWithFiftyLiveSocketsCloses() {
		ZMQ.Socket server = this.scenario.bound(SocketType.ROUTER, "server");
		for (int i = 0; i < 50; i++) {
			this.scenario.socket(SocketType.DEALER, "client").connect(server.getLastEndpoint());
		}
		this.scenario.awaitConnections("server", 50);
		long begin = System.nanoTime();
		this.scenario.context().close();
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
		await().untilAsserted(() -> {
			assertThat(this.scenario.gauge("zmq.connections", "client")).isZero();
			assertThat(this.scenario.gauge("zmq.connections", "server")).isZero();
			assertThat(this.scenario.counter("zmq.connections.closed", "server")).isEqualTo(50);
		});
	}

	@Test
	void aThreadBlockedInReceiveIsInterruptedByTermination() throws Exception {
		ZMQ.Socket server = this.scenario.bound(SocketType.ROUTER, "server");
		Thread blocked = new Thread(() -> {
			try {
				server.recv();
			}
			catch (ZMQException ex) {
				server.close();
			}
		});
		blocked.start();
		await().until(() -> blocked.getState() == Thread.State.RUNNABLE || blocked.getState() == Thread.State.WAITING);
		this.scenario.context().getContext().term();
		blocked.join(5000);
		assertThat(blocked.isAlive()).isFalse();
		await().untilAsserted(() -> assertThat(this.scenario.sockets()).isEmpty());
	}

	@Test
	void aContextCanBeClosedAndMadeAgain() {
		for (int i = 0; i < 20; i++) {
			try (ZContext plain = new ZContext()) {
				ZMQ.Socket socket = this.scenario.monitor().monitor("again", plain).createSocket(SocketType.PUB);
				socket.bind("tcp://127.0.0.1:*");
				this.scenario.awaitState("again.pub", ZmqEndpointState.LISTENING);
			}
			await().untilAsserted(() -> assertThat(this.scenario.sockets()).isEmpty());
		}
		assertThat(this.scenario.monitor().statistics().endpoints()).isEqualTo(1);
	}

	@Test
	void aRetryIntervalOfZeroIsAbandoned() {
		ZMQ.Socket client = this.scenario.socket(SocketType.DEALER, "client");
		client.setReconnectIVL(0);
		client.connect("tcp://127.0.0.1:" + MonitorFixture.freePort());
		this.scenario.awaitAll("client", ZmqEndpointState.ABANDONED, 0);
		assertThat(this.scenario.endpoint("client").retries()).isZero();
	}

	@Test
	void aRetryIntervalBelowZeroIsAHotLoopThatCostsNoMemory() {
		ZMQ.Socket client = this.scenario.socket(SocketType.DEALER, "client");
		client.setReconnectIVL(-1);
		client.connect("tcp://127.0.0.1:" + MonitorFixture.freePort());
		await().untilAsserted(() -> assertThat(this.scenario.endpoint("client").retries()).isGreaterThan(1000));
		ZmqEndpointSnapshot endpoint = this.scenario.endpoint("client");
		assertThat(endpoint.state()).isEqualTo(ZmqEndpointState.RETRYING);
		assertThat(this.scenario.only("client").recentEvents()).hasSize(64);
		MonitorFixture.assertBalanced(endpoint);
	}

	@Test
	void tenThousandEndpointsAreAtMostTheLimitAndTheRestTogether() {
		ZMQ.Socket client = this.scenario.socket(SocketType.DEALER, "client");
		client.setReconnectIVL(600_000);
		for (int i = 0; i < 10_000; i++) {
			String address = "tcp://127.0.0.1:" + (10_000 + i);
			client.connect(address);
			client.disconnect(address);
		}
		assertThat(this.scenario.monitor().statistics().endpoints()).isEqualTo(100);
		assertThat(this.scenario.only("client").endpoints().size()).isLessThanOrEqualTo(300);
		double attempts = this.scenario.counter("zmq.connect.attempts", "client")
				+ this.scenario.counter("zmq.connect.attempts", "other");
		assertThat(attempts).isEqualTo(this.scenario.monitor().statistics().events(ZmqEventType.CONNECT_DELAYED));
	}

	@Test
	void aWrongCurveKeyIsAbandoned() {
		try (ZAuth auth = new ZAuth(this.scenario.context(), "auth")) {
			auth.configureCurve(ZAuth.CURVE_ALLOW_ANY);
			ZMQ.Curve.KeyPair keys = ZMQ.Curve.generateKeyPair();
			ZMQ.Socket server = this.scenario.socket(SocketType.PULL, "server");
			server.setCurveServer(true);
			server.setZapDomain("global");
			server.setCurvePublicKey(ZMQ.Curve.z85Decode(keys.publicKey));
			server.setCurveSecretKey(ZMQ.Curve.z85Decode(keys.secretKey));
			server.bind("tcp://127.0.0.1:*");
			curveClient("right", keys, server);
			this.scenario.awaitAll("right", ZmqEndpointState.CONNECTED, 1);
			curveClient("wrong", ZMQ.Curve.generateKeyPair(), server);
			this.scenario.awaitAll("wrong", ZmqEndpointState.ABANDONED, 0);
			assertThat(this.scenario.only("wrong").toString()).doesNotContain(keys.secretKey);
		}
	}

	@Test
	void withoutDescriptorsFailuresAreCountedAndNothingGrows() throws Exception {
		Process starved = new ProcessBuilder("/bin/bash", "-c", "ulimit -n 400; exec \"$0\" -Xmx128m -cp \"$1\" \"$2\"",
				System.getProperty("java.home") + "/bin/java", System.getProperty("java.class.path"),
				Starved.class.getName())
			.redirectErrorStream(true)
			.start();
		try (BufferedReader output = new BufferedReader(
				new InputStreamReader(starved.getInputStream(), StandardCharsets.UTF_8))) {
			assertThat(output.lines()).contains("RESULT failures=true bounded=true errors=0 alive=true");
		}
		finally {
			starved.destroyForcibly().waitFor();
		}
	}

	private void curveClient(String name, ZMQ.Curve.KeyPair serverKeys, ZMQ.Socket server) {
		ZMQ.Curve.KeyPair own = ZMQ.Curve.generateKeyPair();
		ZMQ.Socket client = this.scenario.socket(SocketType.PUSH, name);
		client.setCurveServerKey(ZMQ.Curve.z85Decode(serverKeys.publicKey));
		client.setCurvePublicKey(ZMQ.Curve.z85Decode(own.publicKey));
		client.setCurveSecretKey(ZMQ.Curve.z85Decode(own.secretKey));
		client.connect(server.getLastEndpoint());
	}

	/**
	 * A process that runs out of descriptors while a client waits to be accepted.
	 */
	static final class Starved {

		public static void main(String[] arguments) throws Exception {
			ZmqMonitor monitor = new ZmqMonitor();
			ZContext plain = new ZContext();
			ZMQ.Socket server = monitor.monitor("test", plain).createSocket(SocketType.ROUTER);
			server.bind("tcp://127.0.0.1:*");
			String address = server.getLastEndpoint();
			int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
			await().until(() -> failures(monitor) == 0);
			List<Socket> sockets = new ArrayList<>();
			try {
				while (sockets.size() < 500) {
					sockets.add(new Socket("127.0.0.1", port));
				}
			}
			catch (IOException ex) {
				// as intended: no descriptor is left
			}
			await().until(() -> failures(monitor) > 10_000);
			boolean bounded = monitor.snapshot("test.router").sockets().get(0).recentEvents().size() <= 64;
			for (Socket socket : sockets) {
				socket.close();
			}
			await().until(() -> {
				ZmqEndpointSnapshot endpoint = monitor.snapshot().sockets().get(0).endpoints().get(0);
				return endpoint.connections() == 0 && endpoint.accepted() - endpoint.disconnected() == 0;
			});
			try (Socket again = new Socket("127.0.0.1", port)) {
				await().until(() -> monitor.snapshot().sockets().get(0).endpoints().get(0).connections() == 1);
				System.out.println("RESULT failures=true bounded=" + bounded + " errors="
						+ monitor.statistics().eventErrors() + " alive=" + again.isConnected());
			}
			plain.close();
			monitor.close();
		}

		private static long failures(ZmqMonitor monitor) {
			return monitor.snapshot().sockets().get(0).endpoints().get(0).acceptFailures();
		}

	}

}
