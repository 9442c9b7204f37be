package io.github.zmqmonitor.monitor;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import io.github.zmqmonitor.metrics.ZmqMetrics;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqMonitorSettings;
import io.github.zmqmonitor.model.ZmqMonitorSettings.Kernel;
import io.github.zmqmonitor.model.ZmqPeerSnapshot;
import io.github.zmqmonitor.model.ZmqPeerSnapshot.Tcp;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the kernel says of connections, in the rows of endpoints and peers.
 */
@EnabledOnOs(OS.LINUX)
class ConnectionBytesTests {

	private static final int MESSAGES = 100;

	private static final int SIZE = 1000;

	/** A flag and a length of eight bytes stand before a message. */
	private static final int FRAMED = SIZE + 9;

	@RegisterExtension
	final MonitorFixture fixture = new MonitorFixture(settings(true, Kernel.Netlink.ALWAYS, 1));

	@RegisterExtension
	final MonitorFixture tables = new MonitorFixture(settings(true, Kernel.Netlink.NEVER, 1_000_000));

	@RegisterExtension
	final MonitorFixture refused = new MonitorFixture(settings(true, Kernel.Netlink.NEVER, 1));

	@RegisterExtension
	final MonitorFixture off = new MonitorFixture(settings(false, Kernel.Netlink.ALWAYS, 1_000_000));

	@Test
	void bytesAreThoseThatWereSent() {
		needsNetlink();
		ZMQ.Socket server = this.fixture.bound(SocketType.PULL, "server");
		ZMQ.Socket client = this.fixture.socket(SocketType.PUSH, "client");
		client.connect(server.getLastEndpoint());
		long before = awaitQuiet();
		exchange(client, server);
		await().untilAsserted(() -> {
			assertThat(bytes("client").sent()).isEqualTo(before + MESSAGES * FRAMED);
			assertThat(bytes("server").received()).isEqualTo(before + MESSAGES * FRAMED);
		});
		assertThat(bytes("client").lowerBound()).isNull();
		Tcp tcp = tcp("client");
		assertThat(tcp.bytesSent()).isEqualTo(before + MESSAGES * FRAMED);
		assertThat(tcp.roundTrip()).isPositive();
		assertThat(tcp.unacknowledged()).isZero();
		assertThat(tcp.stalled()).isNull();
	}

	@Test
	void metersAddThemUp() {
		needsNetlink();
		MeterRegistry registry = new SimpleMeterRegistry();
		new ZmqMetrics(this.fixture.monitor()).bindTo(registry);
		ZMQ.Socket server = this.fixture.bound(SocketType.PULL, "server");
		for (String name : List.of("one", "other")) {
			this.fixture.socket(SocketType.PUSH, name).connect(server.getLastEndpoint());
		}
		this.fixture.awaitConnections("server", 2);
		await().untilAsserted(() -> {
			// meters of bytes come up when somebody reads others
			assertThat(registry.get("zmq.connections").tag("socket", "server").gauge().value()).isEqualTo(2);
			double received = bytes(registry, "server", "received");
			assertThat(received).isPositive().isEqualTo(bytes("server").received());
			assertThat(bytes(registry, "one", "sent") + bytes(registry, "other", "sent")).isEqualTo(received);
			assertThat(bytes(registry, "one", "received") + bytes(registry, "other", "received"))
				.isEqualTo(bytes(registry, "server", "sent"));
		});
	}

	private static double bytes(MeterRegistry registry, String socket, String direction) {
		FunctionCounter counter = registry.find("zmq.connection.bytes")
			.tags("socket", socket, "direction", direction)
			.functionCounter();
		assertThat(counter).isNotNull();
		return counter.count();
	}

	@Test
	void bytesOfConnectionsThatHaveEndedStay() {
		needsNetlink();
		String address = "tcp://127.0.0.1:" + MonitorFixture.freePort();
		ZMQ.Socket client = this.fixture.socket(SocketType.PUSH, "client");
		client.setReconnectIVL(20);
		ZMQ.Socket first = this.fixture.socket(SocketType.PULL, "server");
		first.bind(address);
		client.connect(address);
		exchange(client, first);
		long sent = awaitQuiet();
		assertThat(sent).isGreaterThan(MESSAGES * FRAMED);
		first.close();
		await().untilAsserted(() -> assertThat(this.fixture.endpoint("client").connections()).isZero());
		assertThat(bytes("client").sent()).isEqualTo(sent);
		assertThat(bytes("client").lowerBound()).isTrue();
		ZMQ.Socket second = this.fixture.socket(SocketType.PULL, "server");
		second.bind(address);
		exchange(client, second);
		awaitQuiet();
		// an attempt whose handshake stood still has sent something, too
		assertThat(bytes("client").sent()).isBetween(2 * sent, 2 * sent + MESSAGES);
	}

	@Test
	void theTablesTellOfQueuesOnly() {
		ZMQ.Socket server = this.tables.bound(SocketType.PULL, "server");
		this.tables.socket(SocketType.PUSH, "client").connect(server.getLastEndpoint());
		await().untilAsserted(() -> {
			ZmqEndpointSnapshot endpoint = this.tables.endpoint("server");
			assertThat(endpoint.peers()).singleElement().satisfies((peer) -> {
				assertThat(peer.tcp()).isNotNull();
				assertThat(peer.tcp().unread()).isZero();
				assertThat(peer.tcp().bytesSent()).isNull();
				assertThat(peer.tcp().roundTrip()).isNull();
			});
			assertThat(endpoint.bytes()).isNull();
			assertThat(endpoint.stalled()).isZero();
		});
	}

	@Test
	void nothingIsReadWhereThatIsSwitchedOff() {
		ZMQ.Socket server = this.off.bound(SocketType.PULL, "server");
		this.off.socket(SocketType.PUSH, "client").connect(server.getLastEndpoint());
		this.off.awaitConnections("server", 1);
		assertThat(this.off.endpoint("server").peers()).singleElement()
			.satisfies((peer) -> assertThat(peer.tcp()).isNull());
		assertThat(this.off.endpoint("server").bytes()).isNull();
		assertThat(this.off.endpoint("server").stalled()).isNull();
	}

	@Test
	void whatCanNotBeReadIsAbsentOrUnknown() {
		MeterRegistry registry = new SimpleMeterRegistry();
		new ZmqMetrics(this.refused.monitor()).bindTo(registry);
		ZMQ.Socket server = this.refused.bound(SocketType.PULL, "server");
		Supplier<Double> stalled = () -> registry.get("zmq.connections.stalled")
			.tags("socket", "server", "reason", "unreachable")
			.gauge()
			.value();
		assertThat(stalled.get()).isZero();
		this.refused.socket(SocketType.PUSH, "client").connect(server.getLastEndpoint());
		this.refused.awaitConnections("server", 1);
		await().untilAsserted(() -> assertThat(stalled.get()).isNaN());
		assertThat(this.refused.endpoint("server").peers()).singleElement()
			.satisfies((peer) -> assertThat(peer.tcp()).isNull());
		assertThat(this.refused.endpoint("server").stalled()).isNull();
		assertThat(registry.find("zmq.connection.bytes").functionCounters()).isEmpty();
	}

	private static void exchange(ZMQ.Socket client, ZMQ.Socket server) {
		for (int i = 0; i < MESSAGES; i++) {
			client.send(new byte[SIZE]);
		}
		for (int i = 0; i < MESSAGES; i++) {
			assertThat(server.recv()).hasSize(SIZE);
		}
	}

	/**
	 * Wait until what one side has sent has arrived and was counted on the other.
	 * @return how much the client has sent
	 */
	private long awaitQuiet() {
		this.fixture.awaitConnections("client", 1);
		this.fixture.awaitConnections("server", 1);
		await().untilAsserted(() -> {
			Tcp client = tcp("client");
			Tcp server = tcp("server");
			assertThat(client.bytesReceived()).isPositive().isEqualTo(server.bytesSent());
			assertThat(server.bytesReceived()).isPositive().isEqualTo(client.bytesSent());
			assertThat(client.unacknowledged() + client.unread() + server.unacknowledged() + server.unread()).isZero();
		});
		return bytes("client").sent();
	}

	private Tcp tcp(String name) {
		List<ZmqPeerSnapshot> peers = this.fixture.endpoint(name).peers();
		assertThat(peers).hasSize(1);
		assertThat(peers.get(0).tcp()).isNotNull();
		return peers.get(0).tcp();
	}

	private ZmqEndpointSnapshot.Bytes bytes(String name) {
		ZmqEndpointSnapshot.Bytes bytes = this.fixture.endpoint(name).bytes();
		assertThat(bytes).isNotNull();
		return bytes;
	}

	private static void needsNetlink() {
		Assumptions.assumeTrue(Runtime.version().feature() >= 22, "skipped: netlink needs Java 22 or later");
	}

	private static ZmqMonitorSettings settings(boolean enabled, Kernel.Netlink netlink, int maxLines) {
		return new ZmqMonitorSettings(100, Duration.ofMinutes(10), 64, Duration.ofSeconds(2), 1024, true,
				ZmqMonitorSettings.Naming.CALLER, Duration.ofMinutes(1), new Kernel(enabled, netlink, maxLines));
	}

}
