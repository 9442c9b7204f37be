package io.github.zmqmonitor.conformance;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.zmqmonitor.health.ZmqHealthIndicator;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqEventSnapshot;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqSocketEvent;
import io.github.zmqmonitor.monitor.MonitorFixture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.zeromq.ZMQ;

import org.springframework.boot.health.contributor.Status;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sockets of a real libzmq, through the forwarder for Python, in the snapshot, in the
 * meters and in the endpoint's answer.
 */
class NativeIT {

	private static final String ANY = "tcp://127.0.0.1:*";

	@RegisterExtension
	final Scenario scenario = new Scenario();

	@RegisterExtension
	final NativeScenario natives = new NativeScenario(this.scenario, Duration.ofSeconds(15));

	@AutoClose
	private LibzmqPeer peer;

	@BeforeEach
	void startPeer() {
		this.peer = LibzmqPeer.start();
	}

	@Test
	void bothSidesOfAConnectionAreShown() {
		List<ZmqSocketEvent> told = new CopyOnWriteArrayList<>();
		this.scenario.monitor().addListener(told::add);
		String address = this.natives.bound(this.peer, "server", "ROUTER", ANY);
		this.natives.connected(this.peer, "client", "DEALER", address);
		this.scenario.awaitAll("server", ZmqEndpointState.LISTENING, 1);
		this.scenario.awaitAll("client", ZmqEndpointState.CONNECTED, 1);
		for (String name : List.of("server", "client")) {
			assertThat(this.scenario.answer(name).at("/sockets/0/origin").asString()).isEqualTo("native");
			assertThat(this.scenario.answer(name).at("/sockets/0/messages").isMissingNode()).isTrue();
			assertThat(this.scenario.registry().find("zmq.messages").tag("socket", name).meters()).isEmpty();
			await()
				.untilAsserted(() -> assertThat(this.scenario.counter("zmq.handshakes", name, "outcome", "succeeded"))
					.isEqualTo(1));
		}
		assertThat(this.scenario.json("server").get("endpoint").asString()).isEqualTo(address);
		assertThat(this.scenario.count("zmq.connect.time", "client", "phase", "initial")).isEqualTo(1);
		assertThat(this.scenario.only("client").recentEvents()).extracting(ZmqEventSnapshot::event)
			.containsExactly(ZmqEventType.CONNECT_DELAYED, ZmqEventType.CONNECTED, ZmqEventType.HANDSHAKE_SUCCEEDED);
		await().untilAsserted(() -> assertThat(told).extracting(ZmqSocketEvent::type).contains(ZmqEventType.ACCEPTED));
		assertThat(health()).isEqualTo(Status.UP);
	}

	@Test
	void aWildcardListenerOwnsItsConnections() {
		String address = this.natives.bound(this.peer, "server", "ROUTER", "tcp://*:*");
		this.peer.connected("client", "DEALER", address.replace("0.0.0.0", "127.0.0.1"));
		this.scenario.awaitAll("server", ZmqEndpointState.LISTENING, 1);
		await()
			.untilAsserted(() -> assertThat(this.scenario.counter("zmq.handshakes", "server", "outcome", "succeeded"))
				.isEqualTo(1));
		this.peer.command("close", "client");
		this.scenario.awaitAll("server", ZmqEndpointState.LISTENING, 0);
		assertThat(this.scenario.count("zmq.connection.duration", "server")).isEqualTo(1);
	}

	@Test
	void ipcIsFollowedToo() {
		String path = "ipc:///tmp/zmq-monitor-" + System.nanoTime();
		this.natives.bound(this.peer, "server", "PULL", path);
		this.natives.connected(this.peer, "client", "PUSH", path);
		this.scenario.awaitAll("server", ZmqEndpointState.LISTENING, 1);
		this.scenario.awaitAll("client", ZmqEndpointState.CONNECTED, 1);
		assertThat(this.scenario.json("client").get("transport").asString()).isEqualTo("ipc");
	}

	@Test
	void aKilledClientIsDisconnectedAndItsOwnSocketsGo() throws Exception {
		String address = this.natives.bound(this.peer, "server", "ROUTER", ANY);
		try (LibzmqPeer client = LibzmqPeer.start()) {
			this.natives.connected(client, "client", "DEALER", address);
			this.scenario.awaitAll("server", ZmqEndpointState.LISTENING, 1);
			this.scenario.awaitAll("client", ZmqEndpointState.CONNECTED, 1);
			client.kill();
			this.scenario.awaitAll("server", ZmqEndpointState.LISTENING, 0);
			assertThat(this.scenario.endpoint("server").disconnected()).isEqualTo(1);
			await().untilAsserted(() -> assertThat(this.scenario.monitor().snapshot("client").sockets()).isEmpty());
		}
		this.scenario.awaitAll("server", ZmqEndpointState.LISTENING, 0);
	}

	@Test
	void aServerThatRestartsIsRetriedAndStartsAnew() throws Exception {
		LibzmqPeer server = LibzmqPeer.start();
		try {
			String address = this.natives.bound(server, "server", "ROUTER", ANY);
			String named = address.replace("127.0.0.1", "localhost");
			this.natives.socket(this.peer, "client", "DEALER");
			this.peer.command("option", "client", "RECONNECT_IVL", "50");
			this.peer.command("connect", "client", named);
			this.scenario.awaitAll("client", ZmqEndpointState.CONNECTED, 1);
			this.scenario.awaitAll("server", ZmqEndpointState.LISTENING, 1);
			String before = this.scenario.only("server").id();
			server.kill();
			this.scenario.awaitAll("client", ZmqEndpointState.RETRYING, 0);
			assertThat(this.scenario.json("client").get("endpoint").asString()).isEqualTo(named);
			await().untilAsserted(() -> assertThat(this.scenario.endpoint("client").retries()).isGreaterThan(3));
			this.scenario.assertRetryInterval("client", 50, 100);
			// a process that dies may listen for a moment longer than its connections
			// live
			long outages = this.scenario.count("zmq.connect.time", "client", "phase", "reconnect");
			server = LibzmqPeer.start();
			this.natives.bound(server, "server", "ROUTER", address);
			await().untilAsserted(() -> assertThat(this.scenario.only("server").id()).isNotEqualTo(before));
			this.scenario.awaitAll("client", ZmqEndpointState.CONNECTED, 1);
			this.scenario.awaitAll("server", ZmqEndpointState.LISTENING, 1);
			assertThat(this.scenario.count("zmq.connect.time", "client", "phase", "reconnect")).isEqualTo(outages + 1);
		}
		finally {
			server.close();
		}
	}

	@Test
	void aServerThatIsNotThereIsRetried() {
		String address = "tcp://127.0.0.1:" + MonitorFixture.freePort();
		this.natives.connected(this.peer, "client", "DEALER", address);
		this.scenario.awaitAll("client", ZmqEndpointState.RETRYING, 0);
		await().untilAsserted(() -> assertThat(this.scenario.endpoint("client").attempts()).isGreaterThan(2));
		this.peer.bound("server", "ROUTER", address);
		this.scenario.awaitAll("client", ZmqEndpointState.CONNECTED, 1);
	}

	@Test
	void aNameThatDoesNotResolveIsRetried() {
		this.natives.connected(this.peer, "client", "DEALER", "tcp://no.such.host.invalid:5555");
		this.scenario.awaitAll("client", ZmqEndpointState.RETRYING, 0);
	}

	@Test
	void withoutReconnectingALostConnectionIsAbandoned() {
		String address = this.peer.bound("server", "ROUTER", ANY);
		this.natives.socket(this.peer, "client", "DEALER");
		this.peer.command("option", "client", "RECONNECT_IVL", "-1");
		this.peer.command("connect", "client", address);
		this.scenario.awaitAll("client", ZmqEndpointState.CONNECTED, 1);
		this.peer.command("close", "server");
		this.scenario.awaitAll("client", ZmqEndpointState.ABANDONED, 0);
		assertThat(health()).isEqualTo(Status.DOWN);
	}

	@Test
	void aTakenPortIsAFailedEndpoint() {
		String address = this.peer.bound("other", "ROUTER", ANY);
		this.natives.socket(this.peer, "server", "ROUTER");
		this.peer.command("trybind", "server", address);
		this.scenario.awaitAll("server", ZmqEndpointState.FAILED, 0);
		assertThat(this.scenario.json("server").at("/lastError/error").asString()).isEqualTo("EADDRINUSE");
		assertThat(this.scenario.json("server").get("endpoint").asString()).isEqualTo(address);
		assertThat(health()).isEqualTo(Status.DOWN);
	}

	@Test
	void aListenerThatHasFoundAFreePortIsUp() {
		String taken = this.peer.bound("other", "ROUTER", ANY);
		this.natives.socket(this.peer, "server", "ROUTER");
		this.peer.command("trybind", "server", taken);
		this.scenario.awaitAll("server", ZmqEndpointState.FAILED, 0);
		String address = this.peer.command("bind", "server", ANY);
		this.scenario.awaitAll("server", ZmqEndpointState.LISTENING, 0);
		assertThat(this.scenario.json("server").get("endpoint").asString()).isEqualTo(address);
		assertThat(health()).isEqualTo(Status.UP);
	}

	@Test
	void endpointsThatShareAnAddressAreKeptApart() {
		String address = this.peer.bound("server", "ROUTER", ANY);
		String named = address.replace("127.0.0.1", "localhost");
		this.natives.connected(this.peer, "client", "DEALER", address);
		this.peer.command("connect", "client", named);
		await().untilAsserted(() -> assertThat(this.scenario.only("client").endpoints())
			.allMatch((endpoint) -> endpoint.state() == ZmqEndpointState.CONNECTED && endpoint.connections() == 1)
			.extracting(ZmqEndpointSnapshot::endpoint)
			.containsExactlyInAnyOrder(address, named));
		this.peer.command("close", "server");
		await().untilAsserted(() -> assertThat(this.scenario.only("client").endpoints()).hasSize(2)
			.allMatch((endpoint) -> endpoint.connections() == 0 && endpoint.disconnected() == 1)
			.allSatisfy(MonitorFixture::assertBalanced));
	}

	@Test
	void unbindClosesTheEndpointAndCloseTakesTheSocketAway() {
		String address = this.natives.bound(this.peer, "server", "ROUTER", ANY);
		this.peer.connected("client", "DEALER", address);
		this.scenario.awaitAll("server", ZmqEndpointState.LISTENING, 1);
		this.peer.command("unbind", "server", address);
		this.scenario.awaitAll("server", ZmqEndpointState.CLOSED, 1);
		this.peer.command("close", "server");
		await().untilAsserted(() -> assertThat(this.scenario.monitor().snapshot("server").sockets()).isEmpty());
	}

	@Test
	void aConnectionThatItsOwnSideHasEndedGoesWhenItsDescriptorComesAgain() {
		String address = this.natives.bound(this.peer, "server", "ROUTER", ANY);
		this.natives.connected(this.peer, "client", "DEALER", address);
		this.scenario.awaitAll("server", ZmqEndpointState.LISTENING, 1);
		for (int i = 0; i < 5; i++) {
			this.peer.command("disconnect", "client", address);
			this.peer.command("poll", "client");
			this.scenario.awaitAll("server", ZmqEndpointState.LISTENING, 0);
			this.peer.command("connect", "client", address);
			this.scenario.awaitAll("server", ZmqEndpointState.LISTENING, 1);
		}
		this.scenario.awaitAll("client", ZmqEndpointState.CONNECTED, 1);
		assertThat(this.scenario.endpoint("client").established()).isEqualTo(6);
	}

	@Test
	void aRightPlainPasswordIsConnected() {
		plainClient(plainServer(), "right");
		this.scenario.awaitAll("client", ZmqEndpointState.CONNECTED, 1);
		await()
			.untilAsserted(() -> assertThat(this.scenario.counter("zmq.handshakes", "server", "outcome", "succeeded"))
				.isEqualTo(1));
	}

	@Test
	void aWrongPlainPasswordIsAbandonedAndToldByBothSides() {
		plainClient(plainServer(), "wrong");
		this.scenario.awaitAll("client", ZmqEndpointState.ABANDONED, 0);
		for (String name : List.of("server", "client")) {
			await().untilAsserted(
					() -> assertThat(this.scenario.json(name).at("/lastError/error").asString()).isEqualTo("auth"));
			assertThat(this.scenario.json(name).at("/lastError/detail").asString()).contains("400");
			assertThat(this.scenario.counter("zmq.handshakes", name, "reason", "auth")).isEqualTo(1);
		}
		this.scenario.awaitAll("server", ZmqEndpointState.LISTENING, 0);
	}

	@Test
	void aClientWithoutSecurityIsAbandoned() {
		this.natives.connected(this.peer, "client", "PUSH", plainServer());
		this.scenario.awaitAll("client", ZmqEndpointState.ABANDONED, 0);
		assertThat(this.scenario.counter("zmq.handshakes", "client", "reason", "protocol")).isEqualTo(1);
	}

	@Test
	void aPeerOfTheWrongTypeIsAbandoned() {
		String address = this.natives.bound(this.peer, "server", "REP", ANY);
		this.natives.connected(this.peer, "client", "SUB", address);
		this.scenario.awaitAll("client", ZmqEndpointState.ABANDONED, 0);
	}

	private String plainServer() {
		this.peer.command("guard", "right");
		this.natives.socket(this.peer, "server", "PULL");
		this.peer.command("option", "server", "PLAIN_SERVER", "1");
		this.peer.command("option", "server", "ZAP_DOMAIN", "test");
		return this.peer.command("bind", "server", ANY);
	}

	private void plainClient(String address, String password) {
		this.natives.socket(this.peer, "client", "PUSH");
		this.peer.command("option", "client", "PLAIN_USERNAME", "user");
		this.peer.command("option", "client", "PLAIN_PASSWORD", password);
		this.peer.command("connect", "client", address);
	}

	@Test
	void aRightCurveKeyIsConnectedAndAWrongOneIsRetriedWithoutFlickering() {
		ZMQ.Curve.KeyPair server = ZMQ.Curve.generateKeyPair();
		this.natives.socket(this.peer, "server", "PULL");
		this.peer.command("option", "server", "CURVE_SERVER", "1");
		this.peer.command("option", "server", "CURVE_SECRETKEY", server.secretKey);
		String address = this.peer.command("bind", "server", ANY);
		curveClient("right", server.publicKey, address);
		this.scenario.awaitAll("right", ZmqEndpointState.CONNECTED, 1);
		curveClient("wrong", ZMQ.Curve.generateKeyPair().publicKey, address);
		await().untilAsserted(
				() -> assertThat(this.scenario.endpoint("wrong").state()).isEqualTo(ZmqEndpointState.RETRYING));
		long refused = this.scenario.endpoint("wrong").disconnected();
		await().untilAsserted(() -> {
			ZmqEndpointSnapshot endpoint = this.scenario.endpoint("wrong");
			assertThat(endpoint.state()).isEqualTo(ZmqEndpointState.RETRYING);
			assertThat(endpoint.disconnected()).isGreaterThan(refused + 5);
		});
		assertThat(this.scenario.endpoint("wrong").awaySince()).isNotNull();
		assertThat(this.scenario.counter("zmq.handshakes", "wrong", "reason", "no_detail")).isPositive();
		assertThat(this.scenario.counter("zmq.handshakes", "server", "reason", "protocol")).isPositive();
	}

	private void curveClient(String name, String serverKey, String address) {
		ZMQ.Curve.KeyPair own = ZMQ.Curve.generateKeyPair();
		this.natives.socket(this.peer, name, "PUSH");
		this.peer.command("option", name, "CURVE_SERVERKEY", serverKey);
		this.peer.command("option", name, "CURVE_PUBLICKEY", own.publicKey);
		this.peer.command("option", name, "CURVE_SECRETKEY", own.secretKey);
		this.peer.command("connect", name, address);
	}

	@Test
	void connectionsThatEndBeforeTheirBeginIsToldDoNotStay() {
		this.peer.command("threads", "4");
		String address = this.natives.bound(this.peer, "server", "ROUTER", ANY);
		for (long accepted = 200; accepted <= 2000; accepted += 200) {
			long expected = accepted;
			// no more at a time than the forwarder keeps for a receiver that is slow
			this.peer.command("churn", address, "200");
			await().untilAsserted(() -> assertThat(this.scenario.endpoint("server").accepted()).isEqualTo(expected));
			this.scenario.awaitAll("server", ZmqEndpointState.LISTENING, 0);
		}
		assertThat(this.natives.receiver().statistics().missed()).isZero();
		this.scenario.assertAll("server", address, ZmqEndpointState.LISTENING, 0);
	}

	@Test
	void anApplicationThatStartsLaterKnowsThatItDoesNotKnow() {
		String address = this.natives.bound(this.peer, "server", "ROUTER", ANY);
		this.scenario.awaitAll("server", ZmqEndpointState.LISTENING, 0);
		this.natives.stop();
		assertThat(this.scenario.sockets()).isEmpty();
		this.natives.start();
		this.peer.connected("client", "DEALER", address);
		await().untilAsserted(() -> {
			ZmqEndpointSnapshot endpoint = this.scenario.endpoint("server");
			assertThat(endpoint.state()).isEqualTo(ZmqEndpointState.LISTENING);
			assertThat(endpoint.connections()).isNull();
		});
		await().untilAsserted(() -> assertThat(this.natives.receiver().statistics().missed()).isPositive());
		assertThat(this.scenario.json("server").has("connections")).isFalse();
		assertThat(this.scenario.gauge("zmq.connections", "server")).isNaN();
	}

	@Test
	void aForwarderThatNobodyListensToIsInNobodysWay() {
		this.natives.stop();
		String address = this.natives.bound(this.peer, "server", "ROUTER", ANY);
		this.peer.command("churn", address, "1000");
		this.peer.connected("client", "DEALER", address);
		this.peer.command("send", "client", "hello");
		assertThat(this.peer.command("recv", "server")).isEqualTo("hello");
		this.natives.start();
		await().untilAsserted(() -> assertThat(this.natives.receiver().statistics().missed()).isPositive());
	}

	private Status health() {
		return new ZmqHealthIndicator(this.scenario.monitor(), null).health().getStatus();
	}

}
