package io.github.zmqmonitor.monitor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.github.zmqmonitor.internal.totals.AggregateListener;
import io.github.zmqmonitor.internal.totals.EndpointAggregate;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot.RetryReason;
import io.github.zmqmonitor.model.ZmqEndpointState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import static io.github.zmqmonitor.monitor.MonitorFixture.assertBalanced;
import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The number of live connections against the number really open, over every way in which
 * a connection can end.
 */
class ConnectionTruthTests {

	@RegisterExtension
	final MonitorFixture fixture = new MonitorFixture();

	@Test
	void aThousandConnectionsThatComeAndGoLeaveTheTrueNumber() throws Exception {
		ZMQ.Socket server = this.fixture.patient(SocketType.ROUTER, "server");
		int port = Integer.parseInt(server.getLastEndpoint().substring("tcp://127.0.0.1:".length()));
		Random random = new Random(7);
		List<AutoCloseable> open = new ArrayList<>();
		try (ZContext clients = new ZContext()) {
			for (int i = 0; i < 1000; i++) {
				open.add((i % 2 == 0) ? rawClient(port) : zmqClient(clients, server.getLastEndpoint()));
				if (open.size() > 20) {
					open.remove(random.nextInt(open.size())).close();
				}
			}
			await().untilAsserted(() -> {
				assertThat(this.fixture.endpoint("server").accepted()).isEqualTo(1000);
				// a raw client is never ready
				assertThat(live(this.fixture.endpoint("server"))).isEqualTo(open.size());
			});
			assertBalanced(this.fixture.endpoint("server"));
			for (AutoCloseable connection : open) {
				connection.close();
			}
		}
		await().untilAsserted(() -> assertThat(live(this.fixture.endpoint("server"))).isZero());
		ZmqEndpointSnapshot endpoint = this.fixture.endpoint("server");
		assertThat(endpoint.disconnected()).isEqualTo(1000);
		assertThat(endpoint.closedLocally()).isZero();
	}

	@Test
	void anAttemptThatIsRefusedIsTheReasonOfTheRetry() throws Exception {
		int port;
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = taken.getLocalPort();
		}
		this.fixture.socket(SocketType.DEALER, "client").connect("tcp://127.0.0.1:" + port);
		await().untilAsserted(
				() -> assertThat(this.fixture.endpoint("client").retryReason()).isEqualTo(RetryReason.REFUSED));
	}

	@Test
	void aConnectionThatIsNeverReadyIsTheReasonOfTheRetry() throws Exception {
		Thread hangingUp;
		try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			hangingUp = new Thread(() -> hangUp(server));
			hangingUp.start();
			this.fixture.socket(SocketType.DEALER, "client").connect("tcp://127.0.0.1:" + server.getLocalPort());
			await().untilAsserted(
					() -> assertThat(this.fixture.endpoint("client").retryReason()).isEqualTo(RetryReason.HANDSHAKE));
		}
		hangingUp.join();
	}

	private static void hangUp(ServerSocket server) {
		try {
			while (true) {
				server.accept().close();
			}
		}
		catch (IOException ex) {
			// closed
		}
	}

	@Test
	void closingTheServerEndsItsConnectionsLocally() {
		ZMQ.Socket server = this.fixture.bound(SocketType.ROUTER, "server");
		connectClients(server, 10);
		List<EndpointAggregate> groups = new ArrayList<>();
		this.fixture.monitor().registry().endpoints().addListener(collecting(groups));
		server.close();
		EndpointAggregate group = group(groups, "server");
		await().untilAsserted(() -> assertThat(group.totals().ready).isZero());
		assertThat(group.totals().opened).isEqualTo(10);
		assertThat(group.totals().closedLocally).isEqualTo(10);
		assertThat(group.totals().disconnected).isZero();
		assertThat(group.totals().state).isEqualTo(ZmqEndpointState.CLOSED);
	}

	@Test
	void closingTheContextEndsAllConnectionsLocally() {
		ZMQ.Socket server = this.fixture.bound(SocketType.ROUTER, "server");
		connectClients(server, 25);
		List<EndpointAggregate> groups = new ArrayList<>();
		this.fixture.monitor().registry().endpoints().addListener(collecting(groups));
		this.fixture.context().close();
		await().untilAsserted(() -> {
			assertThat(this.fixture.sockets()).isEmpty();
			assertThat(groups).allSatisfy((group) -> assertThat(group.totals().ready).isZero());
		});
		assertThat(groups).allSatisfy((group) -> assertThat(group.totals().disconnected + group.totals().closedLocally)
			.isEqualTo(group.totals().opened));
	}

	@Test
	void unbindLeavesTheTrueNumber() {
		ZMQ.Socket server = this.fixture.bound(SocketType.ROUTER, "server");
		connectClients(server, 5);
		server.unbind(server.getLastEndpoint());
		await().untilAsserted(() -> {
			server.recv(ZMQ.DONTWAIT);
			ZmqEndpointSnapshot endpoint = this.fixture.endpoint("server");
			assertBalanced(endpoint);
			assertThat(endpoint.state()).isEqualTo(ZmqEndpointState.CLOSED);
		});
	}

	@Test
	void aKilledProcessIsDisconnected() throws Exception {
		ZMQ.Socket server = this.fixture.bound(SocketType.ROUTER, "server");
		Process client = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-cp",
				System.getProperty("java.class.path"), Client.class.getName(), server.getLastEndpoint())
			.redirectErrorStream(true)
			.start();
		try {
			await().untilAsserted(() -> assertThat(this.fixture.endpoint("server").connections()).isEqualTo(3));
			client.destroyForcibly().waitFor();
			await().untilAsserted(() -> assertThat(this.fixture.endpoint("server").connections()).isZero());
			assertThat(this.fixture.endpoint("server").disconnected()).isEqualTo(3);
		}
		finally {
			client.destroyForcibly().waitFor();
		}
	}

	@Test
	void closedSocketsOfOneNameKeepTheirCounts() {
		ZMQ.Socket server = this.fixture.bound(SocketType.ROUTER, "server");
		List<EndpointAggregate> groups = new ArrayList<>();
		this.fixture.monitor().registry().endpoints().addListener(collecting(groups));
		for (int i = 0; i < 50; i++) {
			try (ZMQ.Socket client = this.fixture.socket(SocketType.DEALER, "request")) {
				client.connect(server.getLastEndpoint());
				await().untilAsserted(() -> assertThat(this.fixture.endpoint("request").connections()).isEqualTo(1));
			}
			await().untilAsserted(() -> assertThat(this.fixture.sockets()).hasSize(1));
		}
		EndpointAggregate group = group(groups, "request");
		await().untilAsserted(() -> assertThat(group.totals().opened).isEqualTo(50));
		assertThat(group.totals().closedLocally).isEqualTo(50);
		assertThat(group.totals().ready).isZero();
	}

	private void connectClients(ZMQ.Socket server, int count) {
		for (int i = 0; i < count; i++) {
			this.fixture.socket(SocketType.DEALER, "client-" + i).connect(server.getLastEndpoint());
		}
		this.fixture.awaitConnections("server", count);
	}

	private static int live(ZmqEndpointSnapshot endpoint) {
		return endpoint.connections() + endpoint.handshaking();
	}

	private static AutoCloseable rawClient(int port) throws Exception {
		Socket socket = new Socket();
		socket.connect(new InetSocketAddress("127.0.0.1", port));
		return socket;
	}

	private static AutoCloseable zmqClient(ZContext context, String address) {
		ZMQ.Socket socket = context.createSocket(SocketType.DEALER);
		socket.setImmediate(false);
		socket.connect(address);
		socket.send("hello");
		return socket;
	}

	private static EndpointAggregate group(List<EndpointAggregate> groups, String socket) {
		return groups.stream().filter((group) -> group.key().socket().equals(socket)).findFirst().orElseThrow();
	}

	private static AggregateListener<EndpointAggregate> collecting(List<EndpointAggregate> groups) {
		return new AggregateListener<>() {

			@Override
			public void added(EndpointAggregate group) {
				groups.add(group);
			}

			@Override
			public void removed(EndpointAggregate group) {
				groups.remove(group);
			}

		};
	}

	/**
	 * A process of its own that can be killed.
	 */
	static final class Client {

		public static void main(String[] arguments) throws Exception {
			try (ZContext context = new ZContext()) {
				for (int i = 0; i < 3; i++) {
					context.createSocket(SocketType.DEALER).connect(arguments[0]);
				}
				// until the test ends, if nobody kills it before
				System.in.read();
			}
		}

	}

}
