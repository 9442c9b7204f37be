package io.github.zmqmonitor.monitor;

import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.zmqmonitor.Ways;
import io.github.zmqmonitor.model.ZmqEventSnapshot;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqMessages;
import io.github.zmqmonitor.model.ZmqSocketEvent;
import io.github.zmqmonitor.model.ZmqSocketEvent.EndReason;
import io.github.zmqmonitor.model.ZmqSocketSnapshot.EndedConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections that have ended, who ended them and who they were. Where sockets are found
 * by beans, JeroMQ doesn't tell why it ends a connection: then only our own ends have a
 * reason.
 */
class EndedConnectionsTests {

	@RegisterExtension
	final MonitorFixture fixture = new MonitorFixture();

	private final List<ZmqSocketEvent> events = new CopyOnWriteArrayList<>();

	@Test
	void aPeerThatLeavesIsRememberedWithWhatItWas() {
		ZMQ.Socket server = this.fixture.bound(SocketType.ROUTER, "server");
		ZMQ.Socket client = this.fixture.socket(SocketType.DEALER, "client");
		client.setIdentity("alice".getBytes(ZMQ.CHARSET));
		client.connect(server.getLastEndpoint());
		client.send("question");
		assertThat(server.recvStr()).isEqualTo("alice");
		assertThat(server.recvStr()).isEqualTo("question");
		await().untilAsserted(() -> assertThat(this.fixture.endpoint("server").peers()).singleElement()
			.satisfies((peer) -> assertThat(peer.messages()).returns(0L, ZmqMessages::sent)
				.returns(1L, ZmqMessages::received)));
		String remote = this.fixture.endpoint("server").peers().get(0).remote();
		assertThat(ended("server")).isEmpty();
		client.close();
		awaitEnded("server", 1);
		EndedConnection ended = ended("server").get(0);
		assertThat(ended.endpoint()).isEqualTo("tcp://127.0.0.1:*");
		assertThat(ended.remote()).isEqualTo(remote);
		assertThat(ended.type()).isEqualTo("DEALER");
		assertThat(ended.identity()).isEqualTo("alice");
		assertThat(ended.messages()).returns(0L, ZmqMessages::sent)
			.returns(1L, ZmqMessages::received)
			.returns(Ways.isAuto() ? null : Boolean.TRUE, ZmqMessages::lowerBound);
		assertThat(ended.reason()).isEqualTo(told(EndReason.REMOTE));
		assertThat(ended.life()).isBetween(Duration.between(ended.since(), ended.endedAt()).minusMillis(1),
				Duration.between(ended.since(), ended.endedAt()).plusMillis(1));
		assertThat(this.fixture.sockets().get(0).endedConnections()).isNull();
	}

	@Test
	void whatThisSideEndsIsLocal() {
		ZMQ.Socket server = this.fixture.bound(SocketType.ROUTER, "server");
		ZMQ.Socket client = this.fixture.socket(SocketType.DEALER, "client");
		client.connect(server.getLastEndpoint());
		this.fixture.awaitConnections("client", 1);
		client.disconnect(server.getLastEndpoint());
		await().untilAsserted(() -> {
			client.recv(ZMQ.DONTWAIT);
			assertThat(ended("client")).hasSize(1);
		});
		assertThat(ended("client").get(0).reason()).isEqualTo(EndReason.LOCAL);
		assertThat(ended("client").get(0).type()).isEqualTo("ROUTER");
		// its queues outlive a connection
		assertThat(ended("client").get(0).messages()).isNull();
		assertThat(this.fixture.only("client").recentEvents())
			.filteredOn((event) -> event.event() == ZmqEventType.DISCONNECTED)
			.singleElement()
			.satisfies((event) -> {
				assertThat(event.value()).isEqualTo("local");
				assertThat(event.address()).isEqualTo(server.getLastEndpoint());
				assertThat(event.peer()).isEqualTo(ended("client").get(0).remote());
				assertThat(event.at()).isEqualTo(ended("client").get(0).endedAt());
			});
	}

	@Test
	void aHandshakeThatIsGivenUpEndsByTimeout() throws Exception {
		this.fixture.monitor().addListener(this.events::add);
		ZMQ.Socket server = this.fixture.socket(SocketType.ROUTER, "server");
		server.setHandshakeIvl(200);
		server.bind("tcp://127.0.0.1:*");
		try (Socket silent = connect(server)) {
			awaitEnded("server", 1);
			assertThat(ended("server").get(0).reason()).isEqualTo(told(EndReason.TIMEOUT));
			assertThat(ended("server").get(0).remote()).isEqualTo("127.0.0.1:" + silent.getLocalPort());
			assertThat(ended("server").get(0).type()).isNull();
		}
		awaitDisconnected(told(EndReason.TIMEOUT));
	}

	@Test
	void whoDoesNotSpeakZmtpEndsByProtocol() throws Exception {
		this.fixture.monitor().addListener(this.events::add);
		ZMQ.Socket server = this.fixture.bound(SocketType.ROUTER, "server");
		try (Socket client = connect(server)) {
			byte[] greeting = new byte[64];
			greeting[0] = (byte) 0xff;
			greeting[9] = 0x7f;
			greeting[10] = 3;
			System.arraycopy("STRANGE".getBytes(ZMQ.CHARSET), 0, greeting, 12, 7);
			client.getOutputStream().write(greeting);
			awaitEnded("server", 1);
			assertThat(ended("server").get(0).reason()).isEqualTo(told(EndReason.PROTOCOL));
		}
		awaitDisconnected(told(EndReason.PROTOCOL));
	}

	@Test
	void theLastSixtyFourAreKeptTheLatestFirst() throws Exception {
		ZMQ.Socket server = this.fixture.bound(SocketType.PULL, "server");
		int last = 0;
		for (int i = 1; i <= 70; i++) {
			int count = i;
			try (Socket client = connect(server)) {
				last = client.getLocalPort();
			}
			await().untilAsserted(() -> assertThat(this.fixture.endpoint("server").disconnected()).isEqualTo(count));
		}
		assertThat(ended("server")).hasSize(64);
		assertThat(ended("server").get(0).remote()).isEqualTo("127.0.0.1:" + last);
		assertThat(ended("server")).extracting(EndedConnection::endedAt)
			.isSortedAccordingTo((one, other) -> other.compareTo(one));
	}

	/**
	 * After unbind connections live on until the application next calls the socket.
	 */
	@Test
	void connectionsOfAnEndpointThatIsNoMoreAreStillSeen() {
		ZMQ.Socket server = this.fixture.bound(SocketType.ROUTER, "server");
		ZMQ.Socket client = this.fixture.socket(SocketType.DEALER, "client");
		client.setIdentity("bob".getBytes(ZMQ.CHARSET));
		client.connect(server.getLastEndpoint());
		client.send("question");
		assertThat(server.recvStr()).isEqualTo("bob");
		server.unbind(server.getLastEndpoint());
		await().untilAsserted(() -> {
			this.fixture.endpoint("server");
			server.recv(ZMQ.DONTWAIT);
			assertThat(ended("server")).singleElement().satisfies((ended) -> {
				assertThat(ended.identity()).isEqualTo("bob");
				assertThat(ended.reason()).isEqualTo(EndReason.LOCAL);
			});
		});
	}

	private void awaitDisconnected(EndReason reason) {
		ZmqSocketEvent.Value value = (reason != null) ? new ZmqSocketEvent.ConnectionEnd(reason) : null;
		await().untilAsserted(
				() -> assertThat(this.events).filteredOn((event) -> event.type() == ZmqEventType.DISCONNECTED)
					.extracting(ZmqSocketEvent::value)
					.containsExactly(value));
		assertThat(this.fixture.only("server").recentEvents())
			.filteredOn((event) -> event.event() == ZmqEventType.DISCONNECTED)
			.extracting(ZmqEventSnapshot::value)
			.containsExactly((reason != null) ? reason.id() : null);
	}

	private static EndReason told(EndReason reason) {
		return Ways.isAuto() ? reason : null;
	}

	private void awaitEnded(String socket, int count) {
		await().untilAsserted(() -> assertThat(ended(socket)).hasSize(count));
	}

	private List<EndedConnection> ended(String socket) {
		return this.fixture.only(socket).endedConnections();
	}

	private static Socket connect(ZMQ.Socket server) throws Exception {
		String endpoint = server.getLastEndpoint();
		return new Socket("127.0.0.1", Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1)));
	}

}
