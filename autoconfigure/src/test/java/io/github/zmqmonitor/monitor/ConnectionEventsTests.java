package io.github.zmqmonitor.monitor;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import io.github.zmqmonitor.Ways;
import io.github.zmqmonitor.model.ZmqEndpointRole;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot.RetryReason;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqSocketEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What listeners are told of connections: both ends, how long they lived, and whether a
 * client or a probe was there.
 */
class ConnectionEventsTests {

	@RegisterExtension
	final MonitorFixture fixture = new MonitorFixture();

	private final List<ZmqSocketEvent> events = new CopyOnWriteArrayList<>();

	@BeforeEach
	void listen() {
		this.fixture.monitor().addListener(this.events::add);
	}

	@Test
	void bothEndsOfAConnectionAreToldWhenItEnds() {
		ZMQ.Socket server = this.fixture.bound(SocketType.ROUTER, "server");
		try (ZContext clients = new ZContext()) {
			this.fixture.monitor()
				.monitor("client", clients.createSocket(SocketType.DEALER))
				.connect(server.getLastEndpoint());
			this.fixture.awaitConnections("server", 1);
			this.fixture.awaitConnections("client", 1);
		}
		ZmqSocketEvent lost = last(ZmqEndpointRole.BIND, ZmqEventType.DISCONNECTED, "server",
				(event) -> event.connection().ready());
		ZmqSocketEvent made = last(ZmqEndpointRole.CONNECT, ZmqEventType.HANDSHAKE_PROTOCOL, "client",
				(event) -> event.peer().equals(lost.connection().local()));
		assertThat(lost.peer()).isEqualTo(made.connection().local());
		assertThat(lost.connection().age()).isPositive();
		assertThat(lost.connection().greeted()).isTrue();
		assertThat(lost.outage()).isNull();
	}

	@Test
	void eventsNameThePeerByTheIdentityThatItHasChosen() {
		ZMQ.Socket server = this.fixture.bound(SocketType.ROUTER, "server");
		for (String identity : List.of("", "desk-7", "caf\u00e9")) {
			ZMQ.Socket client = this.fixture.socket(SocketType.DEALER, "client" + identity.length());
			if (!identity.isEmpty()) {
				client.setIdentity(identity.getBytes(StandardCharsets.UTF_8));
			}
			client.connect(server.getLastEndpoint());
			client.send("hello");
			server.recv();
			assertThat(server.recvStr()).isEqualTo("hello");
			String shown = identity.isEmpty() ? null : identity.equals("desk-7") ? identity : "636166c3a9";
			await().untilAsserted(() -> assertThat(this.fixture.endpoint("server").peers())
				.anySatisfy((peer) -> assertThat(peer.identity()).isNotNull()));
			client.close();
			await().untilAsserted(() -> assertThat(this.events)
				.filteredOn((event) -> event.type() == ZmqEventType.DISCONNECTED && event.socketName().equals("server"))
				.last()
				.satisfies((event) -> assertThat(event.connection().identity()).isEqualTo(shown)));
			assertThat(this.fixture.only("server").recentEvents())
				.filteredOn((event) -> event.event() == ZmqEventType.DISCONNECTED)
				.last()
				.satisfies((event) -> assertThat(event.identity()).isEqualTo(shown))
				.satisfies((event) -> assertThat(event.withoutPeer().identity()).isNull());
		}
		if (Ways.isAuto()) {
			assertThat(this.events).filteredOn((event) -> event.type() == ZmqEventType.HANDSHAKE_SUCCEEDED)
				.extracting((event) -> event.connection().identity())
				.contains("desk-7", "636166c3a9");
		}
	}

	@Test
	void aProbeHasNotGreeted() throws Exception {
		ZMQ.Socket server = this.fixture.patient(SocketType.ROUTER, "server");
		String address = server.getLastEndpoint();
		new Socket("127.0.0.1", Integer.parseInt(address.substring(address.lastIndexOf(':') + 1))).close();
		ZmqSocketEvent.Connection probe = last(ZmqEndpointRole.BIND, ZmqEventType.DISCONNECTED, "server",
				(event) -> true)
			.connection();
		assertThat(probe.greeted()).isFalse();
		assertThat(probe.ready()).isFalse();
	}

	@Test
	void theOutageThatAConnectionEndsIsToldWithItsRetries() {
		String endpoint = "tcp://127.0.0.1:" + MonitorFixture.freePort();
		ZMQ.Socket client = this.fixture.socket(SocketType.DEALER, "client");
		client.connect(endpoint);
		await().until(() -> this.fixture.endpoint("client").retries() >= 3);
		ZmqEndpointSnapshot away = this.fixture.endpoint("client");
		assertThat(away.awayRetries()).isBetween(3L, away.retries());
		assertThat(away.retryReason()).isEqualTo(RetryReason.REFUSED);
		this.fixture.socket(SocketType.ROUTER, "server").bind(endpoint);
		this.fixture.awaitState("client", ZmqEndpointState.CONNECTED);
		await().until(() -> this.events.stream().anyMatch((event) -> event.outage() != null));
		ZmqSocketEvent event = this.events.stream().filter((it) -> it.outage() != null).findFirst().orElseThrow();
		assertThat(event.socketName()).isEqualTo("client");
		assertThat(event.outage().retries()).isGreaterThanOrEqualTo(3);
		assertThat(event.outage().duration()).isPositive();
		assertThat(event.connection().ready()).isTrue();
		assertThat(this.fixture.endpoint("client").retryReason()).isNull();
	}

	/**
	 * The last event of this kind: a handshake can stand still and be tried again.
	 */
	private ZmqSocketEvent last(ZmqEndpointRole role, ZmqEventType type, String name,
			Predicate<ZmqSocketEvent> condition) {
		List<ZmqSocketEvent> found = await().until(() -> this.events.stream()
			.filter((event) -> event.role() == role && event.type() == type && event.socketName().equals(name))
			.filter(condition)
			.toList(), (events) -> !events.isEmpty());
		return found.get(found.size() - 1);
	}

}
