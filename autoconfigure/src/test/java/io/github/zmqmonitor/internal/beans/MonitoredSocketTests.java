package io.github.zmqmonitor.internal.beans;

import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

import io.github.zmqmonitor.ProvokesErrors;
import io.github.zmqmonitor.model.ZmqEndpointRole;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqEventSnapshot;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqSocketSnapshot;
import io.github.zmqmonitor.monitor.MonitorFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

import static io.github.zmqmonitor.monitor.MonitorFixture.assertBalanced;
import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static io.github.zmqmonitor.monitor.MonitorFixture.freePort;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Sockets over real connections: what the application does, and what it then shows.
 */
class MonitoredSocketTests {

	@RegisterExtension
	final MonitorFixture fixture = new MonitorFixture();

	@Test
	void aSocketIsNamedAfterItsContextAndType() {
		this.fixture.socket(SocketType.ROUTER);
		ZmqSocketSnapshot socket = this.fixture.only("test.router");
		assertThat(socket.id()).matches("router-\\d+");
		assertThat(socket.context()).isEqualTo("test");
		assertThat(socket.type()).isEqualTo("ROUTER");
		assertThat(socket.monitored()).isTrue();
		assertThat(socket.endpoints()).isEmpty();
		assertThat(this.fixture.only(socket.id()).name()).isEqualTo("test.router");
	}

	@Test
	void renamingKeepsWhatWasCounted() {
		ZMQ.Socket server = this.fixture.socket(SocketType.ROUTER);
		server.bind("tcp://127.0.0.1:*");
		connect(server.getLastEndpoint());
		this.fixture.awaitConnections("test.router", 1);
		this.fixture.monitor().monitor("orders", server);
		assertThat(this.fixture.endpoint("orders").accepted()).isEqualTo(1);
	}

	@Test
	void bindShowsTheEndpointAsWrittenAndItsAddress() {
		ZMQ.Socket server = this.fixture.socket(SocketType.ROUTER, "server");
		server.bind("tcp://*:*");
		ZmqEndpointSnapshot endpoint = this.fixture.endpoint("server");
		assertThat(endpoint.endpoint()).isEqualTo("tcp://*:*");
		assertThat(endpoint.address()).isEqualTo(server.getLastEndpoint());
		assertThat(endpoint.state()).isEqualTo(ZmqEndpointState.LISTENING);
		assertThat(endpoint.role()).isEqualTo(ZmqEndpointRole.BIND);
		assertThat(endpoint.transport()).isEqualTo("tcp");
		assertThat(endpoint.established()).isNull();
		assertThat(endpoint.retries()).isNull();
	}

	@Test
	void bindToRandomPortKeepsOneEndpoint() {
		ZMQ.Socket server = this.fixture.socket(SocketType.ROUTER, "server");
		int port = server.bindToRandomPort("tcp://127.0.0.1");
		ZmqEndpointSnapshot endpoint = this.fixture.endpoint("server");
		assertThat(endpoint.endpoint()).isEqualTo("tcp://127.0.0.1:*");
		assertThat(endpoint.address()).isEqualTo("tcp://127.0.0.1:" + port);
		assertThat(endpoint.state()).isEqualTo(ZmqEndpointState.LISTENING);
	}

	@Test
	void aTakenPortIsAFailedEndpointWithTheErrno() throws Exception {
		try (ServerSocket taken = new ServerSocket(0)) {
			ZMQ.Socket server = this.fixture.socket(SocketType.ROUTER, "server");
			String address = "tcp://127.0.0.1:" + taken.getLocalPort();
			assertThatExceptionOfType(ZMQException.class).isThrownBy(() -> server.bind(address));
			ZmqEndpointSnapshot endpoint = this.fixture.endpoint("server");
			assertThat(endpoint.endpoint()).isEqualTo(address);
			assertThat(endpoint.state()).isEqualTo(ZmqEndpointState.FAILED);
			assertThat(endpoint.lastError().operation()).isEqualTo("bind");
			assertThat(endpoint.lastError().error()).isEqualTo("EADDRINUSE");
			assertThat(endpoint.lastError().count()).isEqualTo(1);
		}
	}

	@Test
	void anEndpointThatCanBeBoundAtLastIsListening() throws Exception {
		ZMQ.Socket server = this.fixture.socket(SocketType.ROUTER, "server");
		String address;
		try (ServerSocket taken = new ServerSocket(0)) {
			address = "tcp://127.0.0.1:" + taken.getLocalPort();
			assertThatExceptionOfType(ZMQException.class).isThrownBy(() -> server.bind(address));
		}
		server.bind(address);
		assertThat(this.fixture.endpoint("server").state()).isEqualTo(ZmqEndpointState.LISTENING);
	}

	@Test
	void aNameThatCannotBeResolvedFailsAsInPlainJeroMq() {
		ZMQ.Socket socket = this.fixture.socket(SocketType.DEALER, "client");
		assertThatExceptionOfType(ZMQException.class).isThrownBy(() -> socket.connect("tcp://no.such.host.invalid:1"));
		assertThatIllegalArgumentException().isThrownBy(() -> socket.connect("tcp://127.0.0.1:port"));
		assertFailed(this.fixture.endpoint("client", "tcp://no.such.host.invalid:1"), "connect", "UNKNOWN_HOST");
		assertFailed(this.fixture.endpoint("client", "tcp://127.0.0.1:port"), "connect", "EINVAL");
		ZMQ.Socket server = this.fixture.socket(SocketType.ROUTER, "server");
		assertThatIllegalArgumentException().isThrownBy(() -> server.bind("tcp://127.0.0.1:port"));
		assertFailed(this.fixture.endpoint("server"), "bind", "EINVAL");
	}

	private static void assertFailed(ZmqEndpointSnapshot endpoint, String operation, String error) {
		assertThat(endpoint.state()).isEqualTo(ZmqEndpointState.FAILED);
		assertThat(endpoint.lastError().operation()).isEqualTo(operation);
		assertThat(endpoint.lastError().error()).isEqualTo(error);
	}

	@Test
	void connectShowsBothEndsOfTheConnection() {
		ZMQ.Socket server = this.fixture.bound(SocketType.ROUTER, "server");
		ZMQ.Socket client = this.fixture.socket(SocketType.DEALER, "client");
		client.connect(server.getLastEndpoint());
		this.fixture.awaitState("client", ZmqEndpointState.CONNECTED);
		this.fixture.awaitConnections("server", 1);
		ZmqEndpointSnapshot there = this.fixture.endpoint("server");
		ZmqEndpointSnapshot here = this.fixture.endpoint("client");
		assertThat(here.peers().get(0).local()).isEqualTo(there.peers().get(0).remote());
		assertThat(here.peers().get(0).remote()).isEqualTo(there.peers().get(0).local());
		assertThat(here.attempts()).isEqualTo(1);
		assertThat(here.established()).isEqualTo(1);
		await().untilAsserted(() -> assertThat(this.fixture.endpoint("client").peers().get(0).zmtp()).isEqualTo("3"));
		assertBalanced(here);
		assertBalanced(there);
	}

	@Test
	void aServerThatIsNotThereIsRetried() {
		ZMQ.Socket client = this.fixture.socket(SocketType.DEALER, "client");
		client.setReconnectIVL(20);
		client.connect("tcp://127.0.0.1:" + freePort());
		await().untilAsserted(() -> assertThat(this.fixture.endpoint("client").retries()).isGreaterThan(3));
		ZmqEndpointSnapshot endpoint = this.fixture.endpoint("client");
		assertThat(endpoint.state()).isEqualTo(ZmqEndpointState.RETRYING);
		assertThat(endpoint.retryInterval().toMillis()).isBetween(1L, 39L);
		assertThat(endpoint.connections()).isZero();
		assertThat(endpoint.awaySince()).isNotNull();
	}

	@Test
	void aServerThatReturnsIsConnectedAgain() {
		ZMQ.Socket client = this.fixture.socket(SocketType.DEALER, "client");
		client.setReconnectIVL(20);
		ZMQ.Socket server = this.fixture.socket(SocketType.ROUTER, "server");
		String address = "tcp://127.0.0.1:" + freePort();
		server.bind(address);
		client.connect(address);
		this.fixture.awaitState("client", ZmqEndpointState.CONNECTED);
		server.close();
		this.fixture.awaitState("client", ZmqEndpointState.RETRYING);
		ZMQ.Socket again = this.fixture.socket(SocketType.ROUTER, "again");
		await().ignoreExceptions().until(() -> again.bind(address));
		this.fixture.awaitState("client", ZmqEndpointState.CONNECTED);
		ZmqEndpointSnapshot endpoint = this.fixture.endpoint("client");
		// perhaps once more, with a listener that was being closed
		assertThat(endpoint.disconnected()).isPositive();
		assertThat(endpoint.established()).isEqualTo(endpoint.disconnected() + 1);
		assertThat(endpoint.retryInterval()).isNull();
		assertBalanced(endpoint);
	}

	@Test
	void aHostNameIsMatchedToItsAddress() {
		ZMQ.Socket server = this.fixture.bound(SocketType.ROUTER, "server");
		String named = server.getLastEndpoint().replace("127.0.0.1", "localhost");
		this.fixture.socket(SocketType.DEALER, "client").connect(named);
		this.fixture.awaitState("client", ZmqEndpointState.CONNECTED);
		ZmqEndpointSnapshot endpoint = this.fixture.endpoint("client");
		assertThat(endpoint.endpoint()).isEqualTo(named);
		assertThat(endpoint.address()).isEqualTo(server.getLastEndpoint());
	}

	@Test
	void twoNamesOfOneServerAreTwoEndpoints() {
		ZMQ.Socket server = this.fixture.bound(SocketType.ROUTER, "server");
		String address = server.getLastEndpoint();
		String named = address.replace("127.0.0.1", "localhost");
		ZMQ.Socket client = this.fixture.socket(SocketType.DEALER, "client");
		client.connect(address);
		client.connect(named);
		await().untilAsserted(() -> {
			for (String endpoint : List.of(address, named)) {
				assertThat(this.fixture.endpoint("client", endpoint).state()).isEqualTo(ZmqEndpointState.CONNECTED);
				assertThat(this.fixture.endpoint("client", endpoint).connections()).isEqualTo(1);
			}
		});
		this.fixture.awaitConnections("server", 2);
	}

	@Test
	void severalBindsAndConnectsOfOneSocketAreKeptApart() {
		ZMQ.Socket one = this.fixture.bound(SocketType.ROUTER, "one");
		ZMQ.Socket two = this.fixture.bound(SocketType.ROUTER, "two");
		ZMQ.Socket both = this.fixture.socket(SocketType.DEALER, "both");
		both.bind("tcp://127.0.0.1:*");
		both.connect(one.getLastEndpoint());
		both.connect(two.getLastEndpoint());
		await().untilAsserted(() -> assertThat(this.fixture.only("both").endpoints())
			.allSatisfy((endpoint) -> assertThat(endpoint.state()).isIn(ZmqEndpointState.LISTENING,
					ZmqEndpointState.CONNECTED)));
		assertThat(this.fixture.only("both").endpoints()).hasSize(3);
	}

	@Test
	void disconnectClosesTheEndpointAtOnceAndTheConnectionWhenTheSocketIsNextUsed() {
		ZMQ.Socket server = this.fixture.bound(SocketType.ROUTER, "server");
		ZMQ.Socket client = this.fixture.socket(SocketType.DEALER, "client");
		client.connect(server.getLastEndpoint());
		this.fixture.awaitState("client", ZmqEndpointState.CONNECTED);
		client.disconnect(server.getLastEndpoint());
		assertThat(this.fixture.endpoint("client").state()).isEqualTo(ZmqEndpointState.CLOSED);
		await().untilAsserted(() -> {
			client.recv(ZMQ.DONTWAIT);
			assertThat(this.fixture.endpoint("client").connections()).isZero();
		});
		assertThat(this.fixture.endpoint("client").closedLocally()).isEqualTo(1);
		assertBalanced(this.fixture.endpoint("client"));
		this.fixture.awaitConnections("server", 0);
		assertThat(this.fixture.endpoint("server").disconnected()).isEqualTo(1);
	}

	@Test
	void anEndpointThatIsConnectedAgainAtOnceIsConnected() {
		ZMQ.Socket server = this.fixture.bound(SocketType.ROUTER, "server");
		ZMQ.Socket client = this.fixture.socket(SocketType.DEALER, "client");
		String address = server.getLastEndpoint();
		client.connect(address);
		this.fixture.awaitConnections("client", 1);
		client.disconnect(address);
		client.connect(address);
		assertThat(this.fixture.endpoint("client").state()).isIn(ZmqEndpointState.CONNECTING,
				ZmqEndpointState.HANDSHAKING, ZmqEndpointState.CONNECTED);
		await().untilAsserted(() -> {
			client.recv(ZMQ.DONTWAIT);
			assertThat(this.fixture.endpoint("client").established()).isEqualTo(2);
			assertThat(this.fixture.endpoint("client").connections()).isEqualTo(1);
			assertThat(this.fixture.endpoint("client").state()).isEqualTo(ZmqEndpointState.CONNECTED);
		});
	}

	@Test
	void unbindClosesTheEndpoint() {
		ZMQ.Socket server = this.fixture.bound(SocketType.ROUTER, "server");
		connect(server.getLastEndpoint());
		this.fixture.awaitConnections("server", 1);
		server.unbind(server.getLastEndpoint());
		this.fixture.awaitState("server", ZmqEndpointState.CLOSED);
		await().untilAsserted(() -> {
			server.recv(ZMQ.DONTWAIT);
			assertBalanced(this.fixture.endpoint("server"));
		});
	}

	@Test
	void aSocketThatIsClosedIsGone() {
		ZMQ.Socket server = this.fixture.bound(SocketType.ROUTER, "server");
		ZMQ.Socket client = this.fixture.socket(SocketType.DEALER, "client");
		client.connect(server.getLastEndpoint());
		this.fixture.awaitConnections("server", 1);
		client.close();
		await().untilAsserted(
				() -> assertThat(this.fixture.sockets()).extracting(ZmqSocketSnapshot::name).containsExactly("server"));
		this.fixture.awaitConnections("server", 0);
		client.close();
	}

	@Test
	void inprocIsUntracked() {
		this.fixture.socket(SocketType.PULL, "sink").bind("inproc://work");
		this.fixture.socket(SocketType.PUSH, "source").connect("inproc://work");
		for (String name : List.of("sink", "source")) {
			ZmqEndpointSnapshot endpoint = this.fixture.endpoint(name);
			assertThat(endpoint.state()).isEqualTo(ZmqEndpointState.UNTRACKED);
			assertThat(endpoint.connections()).isNull();
			assertThat(endpoint.since()).isNull();
		}
	}

	@Test
	void ipcIsTracked() {
		this.fixture.socket(SocketType.PULL, "sink").bind(MonitorFixture.freeIpcEndpoint());
		this.fixture.socket(SocketType.PUSH, "source").connect(this.fixture.endpoint("sink").endpoint());
		this.fixture.awaitState("source", ZmqEndpointState.CONNECTED);
		this.fixture.awaitConnections("sink", 1);
		assertThat(this.fixture.endpoint("sink").transport()).isEqualTo("ipc");
	}

	@Test
	void theSameIpcNameIsBoundTwiceOnlyOnce() {
		String name = MonitorFixture.freeIpcEndpoint();
		this.fixture.socket(SocketType.PULL, "one").bind(name);
		ZMQ.Socket two = this.fixture.socket(SocketType.PULL, "two");
		assertThatExceptionOfType(ZMQException.class).isThrownBy(() -> two.bind(name));
		assertThat(this.fixture.endpoint("two").state()).isEqualTo(ZmqEndpointState.FAILED);
	}

	@Test
	void recentEventsTellThePast() {
		ZMQ.Socket server = this.fixture.bound(SocketType.ROUTER, "server");
		connect(server.getLastEndpoint());
		await().untilAsserted(
				() -> assertThat(this.fixture.only("server").recentEvents()).extracting(ZmqEventSnapshot::event)
					.containsExactly(ZmqEventType.LISTENING, ZmqEventType.ACCEPTED, ZmqEventType.HANDSHAKE_PROTOCOL));
	}

	@Test
	void aSilentClientIsInItsHandshake() throws Exception {
		ZMQ.Socket server = this.fixture.patient(SocketType.ROUTER, "server");
		int port = Integer.parseInt(server.getLastEndpoint().substring("tcp://127.0.0.1:".length()));
		try (Socket client = new Socket("127.0.0.1", port)) {
			await().untilAsserted(() -> assertThat(this.fixture.endpoint("server").handshaking()).isEqualTo(1));
			ZmqEndpointSnapshot endpoint = this.fixture.endpoint("server");
			assertThat(endpoint.state()).isEqualTo(ZmqEndpointState.LISTENING);
			assertThat(endpoint.connections()).isZero();
			assertThat(endpoint.peers()).singleElement()
				.matches((peer) -> !peer.ready())
				.matches((peer) -> peer.remote().equals("127.0.0.1:" + client.getLocalPort()));
			MonitorFixture.assertBalanced(endpoint);
		}
		await().untilAsserted(() -> assertThat(this.fixture.endpoint("server").handshaking()).isZero());
	}

	@Test
	void aFailedBindIsHistoryWhenAnotherSucceeds() throws Exception {
		ZMQ.Socket server = this.fixture.socket(SocketType.ROUTER, "server");
		try (ServerSocket taken = new ServerSocket(0)) {
			assertThatExceptionOfType(ZMQException.class)
				.isThrownBy(() -> server.bind("tcp://127.0.0.1:" + taken.getLocalPort()));
			server.bind("tcp://127.0.0.1:*");
		}
		assertThat(this.fixture.endpoint("server").endpoint()).isEqualTo("tcp://127.0.0.1:*");
	}

	@Test
	void listedPeersAreBoundedAndTheRestCounted() throws Exception {
		ZMQ.Socket server = this.fixture.patient(SocketType.ROUTER, "server");
		int port = Integer.parseInt(server.getLastEndpoint().substring("tcp://127.0.0.1:".length()));
		List<Socket> clients = new ArrayList<>();
		try {
			for (int i = 0; i < 120; i++) {
				clients.add(new Socket("127.0.0.1", port));
			}
			await().untilAsserted(() -> assertThat(this.fixture.endpoint("server").handshaking()).isEqualTo(120));
			assertThat(this.fixture.endpoint("server").connections()).isZero();
			ZmqEndpointSnapshot endpoint = this.fixture.endpoint("server");
			assertThat(endpoint.peers()).hasSize(100);
			assertThat(endpoint.peersOmitted()).isEqualTo(20);
		}
		finally {
			for (Socket client : clients) {
				client.close();
			}
		}
		await().untilAsserted(() -> assertThat(this.fixture.endpoint("server").disconnected()).isEqualTo(120));
		assertThat(this.fixture.endpoint("server").handshaking()).isZero();
	}

	@Test
	void aHookTakenAwayAtTheBaseLeavesASocketThatSaysSo() {
		ZMQ.Socket server = this.fixture.bound(SocketType.ROUTER, "server");
		server.base().setEventHook(null, 0);
		assertThat(this.fixture.only("server").monitored()).isFalse();
		assertThat(this.fixture.endpoint("server").connections()).isNull();
		assertThat(this.fixture.monitor().statistics().detached()).isEqualTo(1);
		server.close();
		await().untilAsserted(() -> assertThat(this.fixture.sockets()).isEmpty());
	}

	@Test
	void aSocketWithoutItsHookEndsWithItsContext() {
		this.fixture.bound(SocketType.ROUTER, "server").base().setEventHook(null, 0);
		this.fixture.context().close();
		await().untilAsserted(() -> assertThat(this.fixture.sockets()).isEmpty());
	}

	@Test
	void aRawSocketCanBeMonitoredByHand() {
		ZContext plain = new ZContext();
		try {
			ZMQ.Socket socket = this.fixture.monitor().monitor("raw", plain.createSocket(SocketType.PUB));
			socket.bind("tcp://127.0.0.1:*");
			assertThat(this.fixture.endpoint("raw").state()).isEqualTo(ZmqEndpointState.LISTENING);
			assertThat(this.fixture.only("raw").context()).isNull();
		}
		finally {
			plain.close();
		}
		await().untilAsserted(() -> assertThat(this.fixture.sockets()).isEmpty());
	}

	@Test
	@ProvokesErrors
	void aSocketThatHasAMonitorOfItsOwnIsLeftAlone() {
		ZContext plain = new ZContext();
		try {
			ZMQ.Socket raw = plain.createSocket(SocketType.PUB);
			raw.monitor("inproc://own", ZMQ.EVENT_ALL);
			assertThat(this.fixture.monitor().monitor("raw", raw)).isSameAs(raw);
			assertThat(this.fixture.monitor().statistics().instrumentationErrors()).isEqualTo(1);
			assertThat(this.fixture.sockets()).isEmpty();
		}
		finally {
			plain.close();
		}
	}

	private void connect(String address) {
		ZMQ.Socket client = this.fixture.socket(SocketType.DEALER, "peer");
		client.connect(address);
		this.fixture.awaitState("peer", ZmqEndpointState.CONNECTED);
	}

}
