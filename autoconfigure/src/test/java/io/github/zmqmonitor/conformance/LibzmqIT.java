package io.github.zmqmonitor.conformance;

import java.time.Duration;

import io.github.zmqmonitor.monitor.MonitorFixture;
import io.github.zmqmonitor.monitor.ZmqEndpointSnapshot;
import io.github.zmqmonitor.monitor.ZmqEndpointState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections with libzmq, in both directions.
 */
@Timeout(120)
class LibzmqIT {

	@RegisterExtension
	final Scenario scenario = new Scenario();

	private LibzmqPeer peer;

	@BeforeEach
	void startPeer() {
		this.peer = LibzmqPeer.start();
	}

	@AfterEach
	void stopPeer() {
		if (this.peer != null) {
			this.peer.close();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp://127.0.0.1:*", "tcp://*:*", "tcp://0.0.0.0:*", "tcp://localhost:*" })
	void acceptsOverIpV4(String endpoint) {
		ZMQ.Socket server = this.scenario.socket(SocketType.ROUTER, "server");
		server.bind(endpoint);
		this.peer.connected("client", "DEALER", local(server.getLastEndpoint()));
		this.scenario.awaitAll("server", ZmqEndpointState.LISTENING, 1);
		assertThat(this.scenario.json("server").endpoint()).isEqualTo(endpoint);
		this.peer.command("send", "client", "hello");
		server.recv();
		assertThat(server.recvStr()).isEqualTo("hello");
		this.peer.command("close", "client");
		this.scenario.awaitAll("server", ZmqEndpointState.LISTENING, 0);
		long disconnected = this.scenario.endpoint("server").disconnected();
		assertThat(disconnected).isPositive();
		assertThat(this.scenario.count("zmq.connection.duration", "server")).isEqualTo(disconnected);
	}

	@Test
	void acceptsOverIpV6() {
		ZMQ.Socket server = this.scenario.socket(SocketType.ROUTER, "server");
		server.setIPv6(true);
		server.bind("tcp://[::1]:*");
		int port = port(server.getLastEndpoint());
		this.peer.command("socket", "client", "DEALER");
		this.peer.command("option", "client", "IPV6", "1");
		this.peer.command("connect", "client", "tcp://[::1]:" + port);
		this.scenario.awaitAll("server", ZmqEndpointState.LISTENING, 1);
		assertThat(this.scenario.json("server").peers().get(0).remote()).startsWith("[0:0:0:0:0:0:0:1]:");
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "localhost" })
	void connectsOverIpV4(String host) {
		int port = port(this.peer.bound("server", "ROUTER", "tcp://127.0.0.1:*"));
		client(SocketType.DEALER, "client").connect("tcp://" + host + ":" + port);
		this.scenario.awaitAll("client", ZmqEndpointState.CONNECTED, 1);
		assertThat(this.scenario.count("zmq.connect.time", "client", "phase", "initial")).isEqualTo(1);
		assertThat(this.scenario.json("client").address()).isEqualTo("tcp://127.0.0.1:" + port);
		await().untilAsserted(
				() -> assertThat(this.scenario.counter("zmq.handshakes", "client", "outcome", "greeted")).isPositive());
	}

	@Test
	void connectsOverIpV6() {
		this.peer.command("socket", "server", "ROUTER");
		this.peer.command("option", "server", "IPV6", "1");
		int port = port(this.peer.command("bind", "server", "tcp://[::1]:*"));
		ZMQ.Socket client = client(SocketType.DEALER, "client");
		client.setIPv6(true);
		client.connect("tcp://[::1]:" + port);
		this.scenario.awaitAll("client", ZmqEndpointState.CONNECTED, 1);
		assertThat(this.scenario.json("client").endpoint()).isEqualTo("tcp://[::1]:" + port);
	}

	@Test
	void aKilledClientIsDisconnected() throws Exception {
		ZMQ.Socket server = this.scenario.bound(SocketType.ROUTER, "server");
		this.peer.connected("one", "DEALER", server.getLastEndpoint())
			.connected("two", "DEALER", server.getLastEndpoint());
		this.scenario.awaitAll("server", ZmqEndpointState.LISTENING, 2);
		this.peer.kill();
		this.scenario.awaitAll("server", ZmqEndpointState.LISTENING, 0);
		assertThat(this.scenario.endpoint("server").disconnected()).isGreaterThanOrEqualTo(2);
	}

	@Test
	void aServerThatRestartsIsRetriedAndConnectedAgain() throws Exception {
		String address = this.peer.bound("server", "ROUTER", "tcp://127.0.0.1:*");
		ZMQ.Socket client = client(SocketType.DEALER, "client");
		client.setReconnectIVL(50);
		client.setReconnectIVLMax(400);
		client.connect(address);
		this.scenario.awaitAll("client", ZmqEndpointState.CONNECTED, 1);
		client.send("hello");
		assertThat(this.peer.command("recv", "server")).isEqualTo("hello");
		this.peer.kill();
		this.scenario.awaitAll("client", ZmqEndpointState.RETRYING, 0);
		long outage = System.nanoTime();
		await().untilAsserted(() -> {
			ZmqEndpointSnapshot endpoint = this.scenario.endpoint("client");
			assertThat(endpoint.retryInterval().toMillis()).isBetween(350L, 450L);
			assertThat(endpoint.retries()).isGreaterThan(3);
		});
		try (LibzmqPeer again = LibzmqPeer.start()) {
			double minimum = (System.nanoTime() - outage) / 1e9;
			again.bound("server", "ROUTER", address);
			this.scenario.awaitAll("client", ZmqEndpointState.CONNECTED, 1);
			assertThat(this.scenario.count("zmq.connect.time", "client", "phase", "reconnect")).isPositive();
			assertThat(this.scenario.seconds("zmq.connect.time", "client", "phase", "reconnect"))
				.isBetween(minimum - 0.1, (System.nanoTime() - outage) / 1e9 + 1);
			assertThat(this.scenario.gauge("zmq.connect.retry.interval", "client")).isZero();
			assertThat(this.scenario.counter("zmq.connections.established", "client")).isGreaterThanOrEqualTo(2);
		}
	}

	@Test
	void aFrozenPeerIsNoticedByHeartbeatsWithATimeoutBelowTheInterval() {
		String address = this.peer.bound("server", "ROUTER", "tcp://127.0.0.1:*");
		ZMQ.Socket client = client(SocketType.DEALER, "client");
		client.setHeartbeatIvl(300);
		client.setHeartbeatTimeout(150);
		client.connect(address);
		this.scenario.awaitAll("client", ZmqEndpointState.CONNECTED, 1);
		this.peer.freeze();
		try {
			await().untilAsserted(() -> assertThat(this.scenario.endpoint("client").disconnected()).isPositive());
			MonitorFixture.assertBalanced(this.scenario.endpoint("client"));
		}
		finally {
			this.peer.thaw();
		}
		this.scenario.awaitAll("client", ZmqEndpointState.CONNECTED, 1);
	}

	@Test
	void aFrozenPeerStaysConnectedWithoutHeartbeats() {
		String address = this.peer.bound("server", "ROUTER", "tcp://127.0.0.1:*");
		client(SocketType.DEALER, "client").connect(address);
		this.scenario.awaitAll("client", ZmqEndpointState.CONNECTED, 1);
		this.peer.freeze();
		try {
			await().during(Duration.ofSeconds(2))
				.untilAsserted(() -> assertThat(this.scenario.endpoint("client").state())
					.isEqualTo(ZmqEndpointState.CONNECTED));
		}
		finally {
			this.peer.thaw();
		}
	}

	@Test
	void disconnectWhileRetryingClosesTheEndpoint() {
		ZMQ.Socket client = client(SocketType.DEALER, "client");
		String address = "tcp://127.0.0.1:" + MonitorFixture.freePort();
		client.connect(address);
		this.scenario.awaitAll("client", ZmqEndpointState.RETRYING, 0);
		client.disconnect(address);
		this.scenario.awaitAll("client", ZmqEndpointState.CLOSED, 0);
		client.connect(this.peer.bound("server", "ROUTER", address));
		this.scenario.awaitAll("client", ZmqEndpointState.CONNECTED, 1);
	}

	@Test
	void messagesWithLibzmqAreCounted() {
		String address = this.peer.bound("server", "PULL", "tcp://127.0.0.1:*");
		ZMQ.Socket client = client(SocketType.PUSH, "client");
		client.connect(address);
		for (int i = 0; i < 10; i++) {
			client.send("message-" + i);
			assertThat(this.peer.command("recv", "server")).isEqualTo("message-" + i);
		}
		await().untilAsserted(
				() -> assertThat(this.scenario.counter("zmq.messages", "client", "direction", "sent")).isEqualTo(10));
	}

	@Test
	void aRightPlainPasswordIsConnected() {
		ZMQ.Socket client = plainClient(plainServer("secret-of-plain"), "secret-of-plain");
		client.send("through");
		assertThat(this.peer.command("recv", "server")).isEqualTo("through");
		this.scenario.awaitAll("client", ZmqEndpointState.CONNECTED, 1);
		assertThat(this.scenario.only("client").toString()).doesNotContain("secret-of-plain");
	}

	@Test
	void aWrongPlainPasswordIsAbandoned() {
		plainClient(plainServer("secret-of-plain"), "wrong-of-plain");
		this.scenario.awaitAll("client", ZmqEndpointState.ABANDONED, 0);
		// libzmq's refusal makes JeroMQ hang up without a handshake event
		assertThat(this.scenario.counter("zmq.handshakes", "client", "outcome", "succeeded")).isZero();
		assertThat(this.scenario.json("client").toString()).doesNotContain("wrong-of-plain");
	}

	private String plainServer(String password) {
		this.peer.command("guard", password);
		this.peer.command("socket", "server", "PULL");
		this.peer.command("option", "server", "PLAIN_SERVER", "1");
		this.peer.command("option", "server", "ZAP_DOMAIN", "test");
		return this.peer.command("bind", "server", "tcp://127.0.0.1:*");
	}

	private ZMQ.Socket plainClient(String address, String password) {
		ZMQ.Socket client = client(SocketType.PUSH, "client");
		client.setPlainUsername("user");
		client.setPlainPassword(password);
		client.connect(address);
		return client;
	}

	@Test
	void aClientWithoutSecurityOnAPlainServerGivesUp() {
		this.peer.command("socket", "server", "PULL");
		this.peer.command("option", "server", "PLAIN_SERVER", "1");
		String address = this.peer.command("bind", "server", "tcp://127.0.0.1:*");
		ZMQ.Socket client = client(SocketType.PUSH, "client");
		client.connect(address);
		await().untilAsserted(() -> {
			assertThat(this.scenario.endpoint("client").disconnected()).isPositive();
			assertThat(this.scenario.endpoint("client").state()).isIn(ZmqEndpointState.ABANDONED,
					ZmqEndpointState.RETRYING);
		});
		MonitorFixture.assertBalanced(this.scenario.endpoint("client"));
	}

	@Test
	void aRightCurveKeyIsConnectedAndAWrongOneIsNot() {
		ZMQ.Curve.KeyPair server = ZMQ.Curve.generateKeyPair();
		ZMQ.Curve.KeyPair wrong = ZMQ.Curve.generateKeyPair();
		this.peer.command("socket", "server", "PULL");
		this.peer.command("option", "server", "CURVE_SERVER", "1");
		this.peer.command("option", "server", "CURVE_SECRETKEY", server.secretKey);
		String address = this.peer.command("bind", "server", "tcp://127.0.0.1:*");
		curveClient("right", server.publicKey, address);
		this.scenario.awaitAll("right", ZmqEndpointState.CONNECTED, 1);
		curveClient("wrong", wrong.publicKey, address);
		await().untilAsserted(() -> {
			assertThat(this.scenario.endpoint("wrong").state()).isIn(ZmqEndpointState.ABANDONED,
					ZmqEndpointState.RETRYING);
			assertThat(this.scenario.endpoint("wrong").disconnected()).isPositive();
		});
	}

	@Test
	void aSocketOfTheWrongTypeGivesUp() {
		String address = this.peer.bound("server", "ROUTER", "tcp://127.0.0.1:*");
		ZMQ.Socket client = client(SocketType.PUSH, "client");
		client.connect(address);
		await().untilAsserted(() -> assertThat(this.scenario.endpoint("client").disconnected()).isPositive());
		await().untilAsserted(() -> assertThat(this.scenario.endpoint("client").state())
			.isIn(ZmqEndpointState.ABANDONED, ZmqEndpointState.RETRYING));
	}

	private void curveClient(String name, String serverKey, String address) {
		ZMQ.Curve.KeyPair own = ZMQ.Curve.generateKeyPair();
		ZMQ.Socket client = client(SocketType.PUSH, name);
		client.setCurveServerKey(ZMQ.Curve.z85Decode(serverKey));
		client.setCurvePublicKey(ZMQ.Curve.z85Decode(own.publicKey));
		client.setCurveSecretKey(ZMQ.Curve.z85Decode(own.secretKey));
		client.connect(address);
	}

	/**
	 * A client that does not wait long for a handshake: now and then JeroMQ's side of one
	 * with libzmq stands still, with or without a monitor, until this time has passed.
	 */
	private ZMQ.Socket client(SocketType type, String name) {
		ZMQ.Socket client = this.scenario.socket(type, name);
		client.setHandshakeIvl(500);
		return client;
	}

	private static String local(String address) {
		return address.replace("0.0.0.0", "127.0.0.1");
	}

	private static int port(String address) {
		return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
	}

}
