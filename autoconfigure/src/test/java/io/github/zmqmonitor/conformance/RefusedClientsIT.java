package io.github.zmqmonitor.conformance;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

import io.github.zmqmonitor.events.ZmqEventLogger;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqErrorSnapshot;
import io.github.zmqmonitor.model.ZmqMonitorSettings;
import io.github.zmqmonitor.monitor.MonitorFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zeromq.SocketType;
import org.zeromq.ZAuth;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What becomes of a client that a server refuses, on the side that gives up and on the
 * side that refuses, with libzmq on the other side or JeroMQ on both.
 */
@ExtendWith(OutputCaptureExtension.class)
class RefusedClientsIT {

	@AutoClose
	private static LibzmqPeer peer;

	@TempDir
	private Path directory;

	private ZAuth guard;

	@RegisterExtension
	final Scenario scenario = new Scenario(
			new ZmqMonitorSettings(100, Duration.ofMinutes(10), 64, Duration.ofSeconds(1), 1024, true,
					ZmqMonitorSettings.Naming.CALLER, Duration.ofSeconds(1), ZmqMonitorSettings.Kernel.DEFAULTS));

	@BeforeAll
	static void startPeer() {
		peer = LibzmqPeer.start();
	}

	@BeforeEach
	void log() {
		this.scenario.monitor().addListener(new ZmqEventLogger());
	}

	@AfterEach
	void noSecretIsShown(CapturedOutput output) throws IOException {
		peer.reset();
		if (this.guard != null) {
			this.guard.close();
		}
		String shown = this.scenario.monitor().snapshot().toString() + output.getAll();
		for (String socket : new String[] { "client", "server" }) {
			shown += this.scenario.answer(socket);
		}
		assertThat(shown).doesNotContain(Refusal.SECRETS);
	}

	@ParameterizedTest
	@EnumSource
	void aClientOfLibzmq(Refusal refusal) {
		ZMQ.Socket client = this.scenario.client(SocketType.PUSH, "client");
		refusal.prepareClient(client);
		client.connect(refusal.libzmqServer(peer));
		switch (refusal) {
			case WRONG_PASSWORD -> assertGivenUp(true, null);
			case NO_PASSWORD, NO_KEY -> assertGivenUp(false, null);
			case UNKNOWN_KEY -> assertGivenUp(true, "400");
			case DENIED -> assertGivenUpAtLast("400");
			case WRONG_TYPE -> assertGivenUpOrRetried();
			case WRONG_KEY -> assertRetriedForEver();
		}
	}

	@ParameterizedTest
	@EnumSource
	void aClientOfJeroMq(Refusal refusal) {
		ZMQ.Socket server = guardedServer(refusal);
		ZMQ.Socket client = this.scenario.client(SocketType.PUSH, "client");
		refusal.prepareClient(client);
		client.connect(server.getLastEndpoint());
		switch (refusal) {
			case WRONG_KEY -> assertGivenUp(true, null);
			case NO_PASSWORD, NO_KEY -> assertGivenUp(false, null);
			case WRONG_PASSWORD, UNKNOWN_KEY -> assertGivenUp(true, "400");
			case DENIED -> assertGivenUpAtLast("400");
			case WRONG_TYPE -> assertGivenUpOrRetried();
		}
		assertRefused(refusal);
	}

	@ParameterizedTest
	@EnumSource
	void aServerForClientsOfLibzmq(Refusal refusal) {
		ZMQ.Socket server = guardedServer(refusal);
		refusal.libzmqClient(peer, server.getLastEndpoint());
		await().untilAsserted(() -> assertThat(this.scenario.endpoint("server").disconnected()).isPositive());
		peer.command("close", "client");
		assertRefused(refusal);
	}

	private ZMQ.Socket guardedServer(Refusal refusal) {
		this.guard = refusal.guard(this.scenario.context(), this.directory);
		ZMQ.Socket server = this.scenario.socket(refusal.serverType(), "server");
		refusal.prepareServer(server);
		server.bind("tcp://127.0.0.1:*");
		return server;
	}

	/**
	 * Assert that JeroMQ has ended the client's endpoint for ever, at once.
	 * @param greeted whether a greeting was accepted before
	 * @param status the status of a failed authentication that was told, or {@code null}
	 */
	private void assertGivenUp(boolean greeted, String status) {
		assertGivenUpAtLast(status);
		assertThat(handshakes("client", "greeted")).isEqualTo(greeted ? 1 : 0);
	}

	/**
	 * Assert that the client is not let in. Which side notices first differs from machine
	 * to machine, and whether JeroMQ tries again with it.
	 */
	private void assertGivenUpOrRetried() {
		await().untilAsserted(() -> {
			ZmqEndpointSnapshot endpoint = this.scenario.endpoint("client");
			assertThat(endpoint.disconnected()).isPositive();
			assertThat(endpoint.state()).isIn(ZmqEndpointState.ABANDONED, ZmqEndpointState.RETRYING);
			MonitorFixture.assertBalanced(endpoint);
		});
	}

	/**
	 * Assert the same, perhaps after some attempts: where the peer hangs up before this
	 * side has noticed the refusal itself, JeroMQ tries again.
	 */
	private void assertGivenUpAtLast(String status) {
		this.scenario.awaitAll("client", ZmqEndpointState.ABANDONED, 0);
		double greeted = handshakes("client", "greeted");
		assertThat(handshakes("client", "succeeded")).isZero();
		assertThat(handshakes("client", "failed")).isEqualTo((status != null) ? greeted : 0);
		assertThat(this.scenario.counter("zmq.handshakes", "client", "outcome", "failed", "reason", "auth"))
			.isEqualTo(handshakes("client", "failed"));
		ZmqErrorSnapshot error = this.scenario.endpoint("client").lastError();
		assertThat((error != null) ? error.error() : null).isEqualTo((status != null) ? "auth" : null);
		assertThat((error != null) ? error.detail() : null).isEqualTo(status);
		assertThat(this.scenario.json("client").at("/lastError/detail").asString(null)).isEqualTo(status);
		assertStill();
	}

	private void assertStill() {
		long attempts = this.scenario.endpoint("client").attempts();
		await().during(Duration.ofMillis(500))
			.untilAsserted(() -> assertThat(this.scenario.endpoint("client").attempts()).isEqualTo(attempts));
	}

	/**
	 * Assert that the client's connections end one after the other, without a reason and
	 * without an end.
	 */
	private void assertRetriedForEver() {
		Set<ZmqEndpointState> seen = EnumSet.noneOf(ZmqEndpointState.class);
		await().untilAsserted(() -> {
			seen.add(this.scenario.endpoint("client").state());
			assertThat(this.scenario.endpoint("client").disconnected()).isGreaterThan(20);
		});
		assertThat(seen).doesNotContain(ZmqEndpointState.ABANDONED);
		assertThat(this.scenario.endpoint("client").retries()).isGreaterThan(19);
		assertThat(this.scenario.endpoint("client").lastError()).isNull();
		assertThat(handshakes("client", "greeted")).isGreaterThan(15);
		assertThat(handshakes("client", "failed")).isZero();
	}

	/**
	 * Assert what the server tells of refused clients: a wrong key is a failed handshake,
	 * of all else no event tells.
	 */
	private void assertRefused(Refusal refusal) {
		// a client that is refused for its type may try again just now
		await().untilAsserted(() -> assertOnlyRefused(refusal));
	}

	private void assertOnlyRefused(Refusal refusal) {
		this.scenario.assertAll("server", this.scenario.endpoint("server").endpoint(), ZmqEndpointState.LISTENING, 0);
		long accepted = this.scenario.endpoint("server").accepted();
		assertThat(this.scenario.endpoint("server").disconnected()).isEqualTo(accepted);
		boolean unsecured = refusal == Refusal.NO_PASSWORD || refusal == Refusal.NO_KEY;
		assertThat(handshakes("server", "greeted")).isEqualTo(unsecured ? 0 : accepted);
		assertThat(handshakes("server", "succeeded")).isZero();
		boolean told = refusal == Refusal.WRONG_KEY;
		assertThat(this.scenario.counter("zmq.handshakes", "server", "outcome", "failed", "reason", "protocol"))
			.isEqualTo(told ? accepted : 0);
		assertThat(handshakes("server", "failed")).isEqualTo(told ? accepted : 0);
		assertThat(this.scenario.json("server").at("/lastError/detail").asString(""))
			.isEqualTo(told ? "ZMTP_CRYPTOGRAPHIC" : "");
	}

	private double handshakes(String socket, String outcome) {
		return this.scenario.counter("zmq.handshakes", socket, "outcome", outcome);
	}

	@Test
	void aClientThatIsRefusedByAnExceptionTellsNoSecret() {
		ZMQ.Socket client = this.scenario.client(SocketType.PUSH, "client");
		Refusal.plainClient(client, Refusal.PASSWORD);
		assertThatExceptionOfType(ZMQException.class).isThrownBy(() -> client.connect("tcp://no.such.host.invalid:1"))
			.satisfies((ex) -> assertThat(ex.toString()).doesNotContain(Refusal.SECRETS));
	}

}
