package io.github.zmqmonitor.conformance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

import io.github.zmqmonitor.events.ZmqEventLogger;
import io.github.zmqmonitor.Ways;
import io.github.zmqmonitor.model.ZmqEndpointState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.zeromq.SocketType;
import org.zeromq.ZAuth;
import org.zeromq.ZMQ;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients with the right password or key, with libzmq on either side.
 */
@ExtendWith(OutputCaptureExtension.class)
class AdmittedClientsIT {

	@TempDir
	private Path directory;

	@RegisterExtension
	final Scenario scenario = new Scenario();

	private LibzmqPeer peer;

	private ZAuth guard;

	@BeforeEach
	void startPeer() {
		this.peer = LibzmqPeer.start();
		this.guard = new ZAuth(this.scenario.context(), "guard");
		this.scenario.monitor().addListener(new ZmqEventLogger());
	}

	@AfterEach
	void noSecretIsShown(CapturedOutput output) throws IOException {
		if (this.peer != null) {
			this.peer.close();
			this.guard.close();
			assertThat(this.scenario.monitor().snapshot() + output.getAll() + this.scenario.answer("client")
					+ this.scenario.answer("server"))
				.doesNotContain(Refusal.SECRETS);
		}
	}

	@Test
	void thePasswordIsRightForLibzmq() {
		this.peer.command("guard", Refusal.PASSWORD);
		this.peer.command("socket", "server", "PULL");
		this.peer.command("option", "server", "PLAIN_SERVER", "1");
		this.peer.command("option", "server", "ZAP_DOMAIN", "test");
		ZMQ.Socket client = this.scenario.client(SocketType.PUSH, "client");
		Refusal.plainClient(client, Refusal.PASSWORD);
		assertConnects(client, "PLAIN");
	}

	@Test
	void theKeyIsRightForLibzmq() {
		this.peer.command("socket", "server", "PULL");
		this.peer.command("option", "server", "CURVE_SERVER", "1");
		this.peer.command("option", "server", "CURVE_SECRETKEY", Refusal.SERVER.secretKey);
		ZMQ.Socket client = this.scenario.client(SocketType.PUSH, "client");
		Refusal.curveClient(client, Refusal.SERVER.publicKey);
		assertConnects(client, "CURVE");
	}

	private void assertConnects(ZMQ.Socket client, String mechanism) {
		client.connect(this.peer.command("bind", "server", "tcp://127.0.0.1:*"));
		client.send("through");
		assertThat(this.peer.command("recv", "server")).isEqualTo("through");
		this.scenario.awaitAll("client", ZmqEndpointState.CONNECTED, 1);
		assertGreeted("client");
		assertPeer("client", "PULL", mechanism, null);
	}

	@Test
	void thePasswordOfLibzmqIsRight() {
		this.guard.configurePlain("*", Refusal.passwords(this.directory).toString());
		ZMQ.Socket server = this.scenario.socket(SocketType.PULL, "server");
		server.setPlainServer(true);
		this.peer.command("socket", "client", "PUSH");
		Refusal.libzmqPlain(this.peer, Refusal.PASSWORD);
		assertAccepts(server, "PLAIN", "user");
	}

	@Test
	void theKeyOfLibzmqIsRight() {
		this.guard.configureCurve(ZAuth.CURVE_ALLOW_ANY);
		ZMQ.Socket server = this.scenario.socket(SocketType.PULL, "server");
		Refusal.curveServer(server);
		this.peer.command("socket", "client", "PUSH");
		Refusal.libzmqCurve(this.peer, Refusal.SERVER.publicKey);
		assertAccepts(server, "CURVE", null);
	}

	private void assertAccepts(ZMQ.Socket server, String mechanism, String user) {
		server.setZapDomain("test");
		server.bind("tcp://127.0.0.1:*");
		this.peer.command("connect", "client", server.getLastEndpoint());
		this.peer.command("send", "client", "through");
		await().untilAsserted(() -> assertThat(waiting("server")).isEqualTo(1));
		assertThat(server.recvStr()).isEqualTo("through");
		await().untilAsserted(() -> assertThat(waiting("server")).isZero());
		this.peer.command("send", "client", "again");
		await().untilAsserted(() -> assertThat(waiting("server")).isEqualTo(1));
		assertThat(server.recvStr()).isEqualTo("again");
		this.scenario.awaitAll("server", ZmqEndpointState.LISTENING, 1);
		assertGreeted("server");
		assertPeer("server", "PUSH", mechanism, user);
	}

	private void assertPeer(String socket, String type, String mechanism, String user) {
		await().untilAsserted(
				() -> assertThat(this.scenario.endpoint(socket).peers()).singleElement().satisfies((peer) -> {
					assertThat(peer.ready()).isTrue();
					assertThat(peer.type()).isEqualTo(type);
					assertThat(peer.mechanism()).isEqualTo(mechanism);
					assertThat(peer.user()).isEqualTo(user);
				}));
	}

	/**
	 * Messages that wait to be received, without the user's name, which JeroMQ queues
	 * before the first.
	 */
	private long waiting(String socket) {
		return Objects.requireNonNull(this.scenario.only(socket).queues()).received().size();
	}

	/**
	 * JeroMQ tells that it was greeted; that security has let the client in is told by
	 * changed classes only.
	 */
	private void assertGreeted(String socket) {
		int told = Ways.isAuto() ? 1 : 0;
		assertThat(this.scenario.counter("zmq.handshakes", socket, "outcome", "greeted")).isEqualTo(1);
		assertThat(this.scenario.counter("zmq.handshakes", socket, "outcome", "succeeded")).isEqualTo(told);
		assertThat(this.scenario.counter("zmq.handshakes", socket)).isEqualTo(1 + told);
		assertThat(this.scenario.json(socket).has("lastError")).isFalse();
	}

}
