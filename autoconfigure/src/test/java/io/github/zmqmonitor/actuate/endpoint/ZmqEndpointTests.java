package io.github.zmqmonitor.actuate.endpoint;

import java.io.IOException;
import java.net.Socket;
import java.security.Principal;
import java.util.List;
import java.util.Set;

import io.github.zmqmonitor.metrics.ZmqMetrics;
import io.github.zmqmonitor.monitor.MonitorFixture;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who is shown the addresses of peers, and what the table looks like.
 */
class ZmqEndpointTests {

	@RegisterExtension
	final MonitorFixture fixture = new MonitorFixture();

	@Test
	void peersAreShownToWhomTheSettingAllows() {
		connectedPair();
		assertThat(showsPeers(Show.ALWAYS, Set.of(), SecurityContext.NONE)).isTrue();
		assertThat(showsPeers(Show.NEVER, Set.of(), user("admin"))).isFalse();
		assertThat(showsPeers(Show.WHEN_AUTHORIZED, Set.of(), SecurityContext.NONE)).isFalse();
		assertThat(showsPeers(Show.WHEN_AUTHORIZED, Set.of(), user("anybody"))).isTrue();
		assertThat(showsPeers(Show.WHEN_AUTHORIZED, Set.of("admin"), user("anybody"))).isFalse();
		assertThat(showsPeers(Show.WHEN_AUTHORIZED, Set.of("admin"), user("admin"))).isTrue();
	}

	@Test
	void whoHasNotFinishedTheHandshakeIsNoConnection() throws IOException {
		ZMQ.Socket server = this.fixture.patient(SocketType.ROUTER, "server");
		String address = server.getLastEndpoint();
		MeterRegistry registry = new SimpleMeterRegistry();
		try (ZmqMetrics metrics = new ZmqMetrics(this.fixture.monitor());
				Socket stranger = new Socket("127.0.0.1",
						Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)))) {
			metrics.bindTo(registry);
			ZMQ.Socket client = this.fixture.socket(SocketType.DEALER, "client");
			client.connect(address);
			await().untilAsserted(() -> {
				ZmqDescriptor.Summary summary = endpoint(Show.ALWAYS, Set.of()).sockets(null, null, null, null)
					.summary();
				assertThat(summary.connections()).as("of server and client").isEqualTo(2);
				assertThat(summary.handshaking()).isEqualTo(1);
				assertThat(registry.get("zmq.connections").tag("socket", "server").gauge().value()).isEqualTo(1);
				assertThat(registry.get("zmq.connections.handshaking").tag("socket", "server").gauge().value())
					.isEqualTo(1);
				assertThat(registry.get("zmq.connections.accepted").tag("socket", "server").functionCounter().count())
					.isEqualTo(2);
			});
			assertThat(stranger.isConnected()).isTrue();
		}
		finally {
			registry.close();
		}
	}

	@Test
	void fiveHundredSocketsMakeATableThatFitsATerminal() {
		for (int i = 0; i < 500; i++) {
			this.fixture.socket(SocketType.PUB, "a-name-that-is-rather-long-" + i)
				.connect("inproc://an-endpoint-whose-name-is-too-long-for-its-column-" + i);
		}
		String table = TextView.of(endpoint(Show.ALWAYS, Set.of()).sockets(null, null, null, null));
		assertThat(table.lines()).hasSize(503);
		assertThat(table.lines()).allSatisfy((line) -> assertThat(line.length()).isLessThanOrEqualTo(120));
	}

	@Test
	void whatIsTooLongIsCutInItsMiddleSoThatItsEndStays() {
		this.fixture.socket(SocketType.PUB, "a-name-that-is-much-too-long-for-any-table-of-a-terminal-number-1")
			.connect("tcp://127.0.0.1:" + MonitorFixture.freePort());
		String endpoint = this.fixture.sockets().get(0).endpoints().get(0).endpoint();
		this.fixture.socket(SocketType.PUB, "b")
			.bind("inproc://an-endpoint-whose-name-is-too-long-for-its-column-and-goes-on-and-on-to-its-end");
		List<String> table = TextView.of(endpoint(Show.ALWAYS, Set.of()).sockets(null, null, null, null))
			.lines()
			.toList();
		assertThat(table.get(3)).startsWith("a-name-that-").contains("…").contains("number-1 PUB").contains(endpoint);
		assertThat(table.get(4)).contains("inproc://an-").contains("to-its-end ");
	}

	@Test
	void theDetailFitsATerminalToo() {
		ZMQ.Socket socket = this.fixture.bound(SocketType.ROUTER, "line one\nline two");
		socket.setHWM(0);
		socket.setHeartbeatIvl(1000);
		String text = TextView.of(endpoint(Show.ALWAYS, Set.of()).socket("line one\nline two"));
		assertThat(text).contains("line one?line two").contains("  hint      setHWM(0)").contains("LISTENING");
		assertThat(text.lines()).allSatisfy((line) -> assertThat(line.length()).isLessThanOrEqualTo(120));
	}

	@Test
	void topicsAndEndedConnectionsFollowPeers() {
		ZMQ.Socket publisher = this.fixture.bound(SocketType.XPUB, "publisher");
		ZMQ.Socket gone = this.fixture.socket(SocketType.SUB, "gone");
		gone.connect(publisher.getLastEndpoint());
		this.fixture.awaitConnections("publisher", 1);
		gone.close();
		ZMQ.Socket subscriber = this.fixture.socket(SocketType.SUB, "subscriber");
		subscriber.connect(publisher.getLastEndpoint());
		subscriber.subscribe("prices");
		subscriber.subscribe(ZMQ.SUBSCRIPTION_ALL);
		await().untilAsserted(() -> {
			publisher.recv(ZMQ.DONTWAIT);
			assertThat(TextView.of(endpoint(Show.ALWAYS, Set.of()).socket("publisher")))
				.contains("  topics    (everything) (1 peer), prices (1 peer)\n")
				.containsPattern("subscribed to \\(everything\\), prices[,\n]")
				.containsPattern("  ended     127.0.0.1:[0-9]+ of tcp://127.0.0.1:\\*");
		});
		ZmqDescriptor hidden = endpoint(Show.NEVER, Set.of()).socket("publisher");
		assertThat(hidden.sockets().get(0).subscriptions()).isNull();
		assertThat(hidden.sockets().get(0).endedConnections()).isNull();
		assertThat(TextView.of(hidden)).doesNotContain("topics", "prices", "ended", "  peer ");
	}

	@ParameterizedTest
	@CsvSource({ "0,0", "99999,99999", "100000,100k", "123456,123k", "999499,999k", "999500,1.00M", "1234567,1.23M",
			"98765432100,98.8G", "9223372036854775807,9.22E" })
	void numbersTakeFiveCharacters(long number, String text) {
		assertThat(TextFormat.number(number)).isEqualTo(text);
	}

	@Test
	void nothingSecretIsShown() {
		ZMQ.Socket server = this.fixture.bound(SocketType.ROUTER, "server");
		ZMQ.Socket speaker = this.fixture.socket(SocketType.DEALER, "speaker");
		speaker.setIdentity("the-identity".getBytes(ZMQ.CHARSET));
		speaker.connect(server.getLastEndpoint());
		speaker.send("the-message");
		ZMQ.Socket plain = this.fixture.socket(SocketType.DEALER, "plain");
		plain.setPlainUsername("the-user");
		plain.setPlainPassword("the-password");
		plain.connect(server.getLastEndpoint());
		ZMQ.Curve.KeyPair keys = ZMQ.Curve.generateKeyPair();
		ZMQ.Socket curve = this.fixture.socket(SocketType.DEALER, "curve");
		curve.setCurvePublicKey(keys.publicKey.getBytes(ZMQ.CHARSET));
		curve.setCurveSecretKey(keys.secretKey.getBytes(ZMQ.CHARSET));
		curve.setCurveServerKey(keys.publicKey.getBytes(ZMQ.CHARSET));
		curve.connect("tcp://127.0.0.1:" + MonitorFixture.freePort());
		assertThat(server.recvStr()).isEqualTo("the-identity");
		for (String name : List.of("server", "speaker", "plain", "curve")) {
			ZmqDescriptor descriptor = endpoint(Show.ALWAYS, Set.of()).socket(name);
			for (String shown : List.of(descriptor.toString(), TextView.of(descriptor),
					this.fixture.monitor().hints().toString())) {
				assertThat(shown).doesNotContain("the-user", "the-password", "the-message", keys.publicKey,
						keys.secretKey);
			}
			assertThat(endpoint(Show.NEVER, Set.of()).socket(name).toString()).doesNotContain("the-identity");
		}
	}

	private boolean showsPeers(Show show, Set<String> roles, SecurityContext securityContext) {
		ZmqDescriptor descriptor = endpoint(show, roles).sockets(ZmqFilter.NONE, securityContext);
		return descriptor.sockets().get(0).endpoints().get(0).peers() != null;
	}

	private ZmqEndpoint endpoint(Show show, Set<String> roles) {
		return new ZmqEndpoint(this.fixture.monitor(), show, roles);
	}

	private void connectedPair() {
		ZMQ.Socket server = this.fixture.bound(SocketType.ROUTER, "server");
		this.fixture.socket(SocketType.DEALER, "client").connect(server.getLastEndpoint());
		this.fixture.awaitConnections("server", 1);
	}

	private static SecurityContext user(String role) {
		return new SecurityContext() {

			@Override
			public Principal getPrincipal() {
				return () -> "somebody";
			}

			@Override
			public boolean isUserInRole(String asked) {
				return asked.equals(role) || asked.equals("ROLE_" + role);
			}

		};
	}

}
