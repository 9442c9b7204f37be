package io.github.zmqmonitor.internal.diagnostics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.github.zmqmonitor.internal.rules.SocketIdentity;
import io.github.zmqmonitor.model.ZmqEndpointRole;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqHint;
import io.github.zmqmonitor.monitor.MonitorFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is said of settings that don't do what they seem to.
 */
class DiagnosticsTests {

	@RegisterExtension
	final MonitorFixture fixture = new MonitorFixture();

	@Test
	void aSocketAsItComesHasNone() {
		ZMQ.Socket server = this.fixture.bound(SocketType.ROUTER, "server");
		this.fixture.socket(SocketType.DEALER, "client").connect(server.getLastEndpoint());
		this.fixture.awaitConnections("server", 1);
		assertThat(kinds("server")).isEmpty();
		assertThat(kinds("client")).isEmpty();
	}

	@Test
	void aHeartbeatTimeoutHasToBeBelowTheInterval() {
		ZMQ.Socket socket = this.fixture.socket(SocketType.DEALER, "socket");
		socket.setHeartbeatIvl(1000);
		socket.bind("tcp://127.0.0.1:*");
		assertThat(kinds("socket")).containsExactly(ZmqHint.Kind.HEARTBEAT_TIMEOUT);
		socket.setHeartbeatTimeout(1000);
		assertThat(message("socket")).contains("(1000 ms)").contains("setHeartbeatTimeout with less than 1000");
		socket.setHeartbeatTimeout(0);
		assertThat(message("socket")).contains("(none)");
		socket.setHeartbeatTimeout(999);
		assertThat(kinds("socket")).isEmpty();
	}

	@Test
	void reconnectIntervalsThatDoHarmAreHinted() {
		ZMQ.Socket socket = this.fixture.socket(SocketType.DEALER, "socket");
		socket.connect(this.fixture.bound(SocketType.ROUTER, "server").getLastEndpoint());
		socket.setReconnectIVL(0);
		assertThat(kinds("socket")).containsExactly(ZmqHint.Kind.RECONNECT_INTERVAL_ZERO);
		socket.setReconnectIVL(-1);
		assertThat(kinds("socket")).containsExactly(ZmqHint.Kind.RECONNECT_INTERVAL_NEGATIVE);
		assertThat(message("socket")).contains("setReconnectIVL(-1)");
		// the context could not be closed with 0
		socket.setReconnectIVL(100);
		assertThat(kinds("socket")).isEmpty();
	}

	@Test
	void aSocketThatOnlyBindsNeverReconnects() {
		ZMQ.Socket socket = this.fixture.bound(SocketType.ROUTER, "socket");
		socket.setReconnectIVL(0);
		assertThat(kinds("socket")).isEmpty();
	}

	@Test
	void infiniteLingerIsHintedUntilItIsSet() {
		ZMQ.Socket socket = this.fixture.socket(SocketType.PUSH, "socket");
		socket.setLinger(-1);
		socket.bind("tcp://127.0.0.1:*");
		assertThat(kinds("socket")).containsExactly(ZmqHint.Kind.LINGER_INFINITE);
		socket.setLinger(0);
		assertThat(kinds("socket")).isEmpty();
	}

	@Test
	void whatConcernsConnectionsIsNotSaidOfInproc() {
		ZMQ.Socket socket = this.fixture.socket(SocketType.PUSH, "socket");
		socket.setLinger(-1);
		socket.setReconnectIVL(0);
		socket.bind("inproc://pipe");
		assertThat(kinds("socket")).isEmpty();
	}

	@Test
	void aSocketThatIsNotUsedYetHasNone() {
		ZMQ.Socket socket = this.fixture.socket(SocketType.PUSH, "socket");
		socket.setHWM(0);
		assertThat(kinds("socket")).isEmpty();
	}

	@Test
	void queuesWithoutALimitAreHintedAndSoIsWhatWaitsInThem() {
		ZMQ.Socket socket = this.fixture.socket(SocketType.PUSH, "socket");
		socket.setSndHWM(0);
		socket.connect("tcp://127.0.0.1:" + MonitorFixture.freePort());
		assertThat(kinds("socket")).containsExactly(ZmqHint.Kind.QUEUES_UNLIMITED);
		assertThat(message("socket")).startsWith("setSndHWM(0) ");
		for (int i = 0; i < 1500; i++) {
			socket.send("message");
		}
		await().untilAsserted(() -> assertThat(kinds("socket")).containsExactly(ZmqHint.Kind.QUEUES_UNLIMITED,
				ZmqHint.Kind.QUEUES_GROWING));
		assertThat(hints("socket").get(1).message()).startsWith("1,500 messages wait").endsWith("by setSndHWM");
	}

	@Test
	void aPublisherAtItsMarkLosesMessages() {
		ZMQ.Socket publisher = this.fixture.socket(SocketType.XPUB, "publisher");
		publisher.setSndHWM(10);
		publisher.bind("inproc://prices");
		ZMQ.Socket subscriber = this.fixture.socket(SocketType.SUB, "subscriber");
		subscriber.setRcvHWM(10);
		subscriber.connect("inproc://prices");
		subscriber.subscribe(ZMQ.SUBSCRIPTION_ALL);
		publisher.recv();
		for (int i = 0; i < 100; i++) {
			publisher.send("price");
		}
		await().untilAsserted(() -> assertThat(kinds("publisher")).containsExactly(ZmqHint.Kind.MESSAGES_DROPPED));
		assertThat(message("publisher")).contains("subscribers lose messages now");
		publisher.setXpubNoDrop(true);
		assertThat(kinds("publisher")).isEmpty();
	}

	@Test
	void anAbandonedEndpointIsExplained() {
		ZMQ.Socket server = this.fixture.bound(SocketType.ROUTER, "server");
		this.fixture.socket(SocketType.PUSH, "client").connect(server.getLastEndpoint());
		this.fixture.awaitState("client", ZmqEndpointState.ABANDONED);
		assertThat(hints("client")).hasSize(1).allSatisfy((hint) -> {
			assertThat(hint.kind()).isEqualTo(ZmqHint.Kind.ABANDONED);
			assertThat(hint.endpoint()).isEqualTo(server.getLastEndpoint());
		});
	}

	@Test
	void missingHeartbeatsAreHintedOnceAConnectionIsOld() {
		Instant now = Instant.parse("2026-11-22T10:00:00Z");
		SocketOptions options = new SocketOptions(0, 100, 0, -1, 1000, 1000, "NULL", false);
		assertThat(connectedSince(now.minusSeconds(59), "tcp", options, now)).isEmpty();
		assertThat(connectedSince(now.minusSeconds(60), "tcp", options, now))
			.containsExactly(ZmqHint.Kind.HEARTBEATS_OFF);
		assertThat(connectedSince(now.minusSeconds(60), "ipc", options, now)).isEmpty();
		SocketOptions heartbeats = new SocketOptions(0, 100, 1000, 500, 1000, 1000, "NULL", false);
		assertThat(connectedSince(now.minusSeconds(60), "tcp", heartbeats, now)).isEmpty();
	}

	@Test
	void theListOfSocketsHasNoHints() {
		ZMQ.Socket socket = this.fixture.socket(SocketType.PUSH, "socket");
		socket.setHWM(0);
		socket.bind("tcp://127.0.0.1:*");
		assertThat(this.fixture.sockets().get(0).hints()).isNull();
		assertThat(this.fixture.monitor().hints()).hasSize(1);
	}

	private List<ZmqHint.Kind> connectedSince(Instant since, String transport, SocketOptions options, Instant now) {
		ZmqEndpointSnapshot endpoint = new ZmqEndpointSnapshot(transport + "://host", null, null,
				ZmqEndpointRole.CONNECT, transport, ZmqEndpointState.CONNECTED, since, null, 1, 0, null, 1L, 0L, 0L,
				null, 1L, 0L, Duration.ZERO, null, null, List.of(), null);
		Diagnostics hints = new Diagnostics(new SocketIdentity("dealer-1", 1, "DEALER", null), "socket", options);
		return hints.addEndpoints(List.of(endpoint), now).all().stream().map(ZmqHint::kind).toList();
	}

	private List<ZmqHint> hints(String name) {
		return this.fixture.only(name).hints();
	}

	private List<ZmqHint.Kind> kinds(String name) {
		return hints(name).stream().map(ZmqHint::kind).toList();
	}

	private String message(String name) {
		return hints(name).get(0).message();
	}

}
