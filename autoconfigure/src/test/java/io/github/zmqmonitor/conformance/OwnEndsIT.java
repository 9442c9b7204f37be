package io.github.zmqmonitor.conformance;

import java.time.Duration;

import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.monitor.MonitorFixture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections with libzmq that this side ends, of which no event tells.
 */
class OwnEndsIT {

	@RegisterExtension
	final Scenario scenario = new Scenario();

	@AutoClose
	private LibzmqPeer peer;

	@BeforeEach
	void startPeer() {
		this.peer = LibzmqPeer.start();
	}

	@Test
	void disconnectWithoutALaterCallLeavesTheConnectionAndShowsIt() {
		String address = this.peer.bound("server", "ROUTER", "tcp://127.0.0.1:*");
		ZMQ.Socket client = this.scenario.client(SocketType.DEALER, "client");
		client.connect(address);
		this.peer.exchange(client, "server");
		long ends = this.scenario.endpoint("client").disconnected();
		client.disconnect(address);
		await().during(Duration.ofSeconds(1))
			.untilAsserted(() -> this.scenario.assertAll("client", address, ZmqEndpointState.CLOSED, 1));
		assertEnds("client", ends, 0);
		client.recv(ZMQ.DONTWAIT);
		this.scenario.awaitAll("client", address, ZmqEndpointState.CLOSED, 0);
		assertEnds("client", ends, 1);
	}

	@Test
	void disconnectWithoutALaterCallIsDisconnectedWhenThePeerGoes() {
		String address = this.peer.bound("server", "ROUTER", "tcp://127.0.0.1:*");
		ZMQ.Socket client = this.scenario.client(SocketType.DEALER, "client");
		client.connect(address);
		this.peer.exchange(client, "server");
		long ends = this.scenario.endpoint("client").disconnected();
		client.disconnect(address);
		this.peer.command("close", "server");
		this.scenario.awaitAll("client", address, ZmqEndpointState.CLOSED, 0);
		assertEnds("client", ends + 1, 0);
	}

	@Test
	void disconnectWhileRetryingWithALaterCallEndsTheRetries() {
		String address = "tcp://127.0.0.1:" + MonitorFixture.freePort();
		ZMQ.Socket client = retrying(address);
		client.disconnect(address);
		this.scenario.awaitAll("client", address, ZmqEndpointState.CLOSED, 0);
		client.recv(ZMQ.DONTWAIT);
		long attempts = settledAttempts();
		this.peer.bound("server", "ROUTER", address);
		await().during(Duration.ofSeconds(1))
			.untilAsserted(() -> this.scenario.assertAll("client", address, ZmqEndpointState.CLOSED, 0));
		assertThat(this.scenario.endpoint("client").attempts()).isEqualTo(attempts);
		client.connect(address);
		this.scenario.awaitAll("client", address, ZmqEndpointState.CONNECTED, 1);
	}

	@Test
	void disconnectWhileRetryingWithoutALaterCallGoesOnRetryingAndShowsWhatComesOfIt() {
		String address = "tcp://127.0.0.1:" + MonitorFixture.freePort();
		ZMQ.Socket client = retrying(address);
		client.disconnect(address);
		long retries = this.scenario.endpoint("client").retries();
		await().untilAsserted(() -> {
			this.scenario.assertAll("client", address, ZmqEndpointState.CLOSED, 0);
			assertThat(this.scenario.endpoint("client").retries()).isGreaterThan(retries + 2);
			assertThat(this.scenario.endpoint("client").retryInterval()).isNull();
		});
		this.peer.bound("server", "ROUTER", address);
		this.scenario.awaitAll("client", address, ZmqEndpointState.CLOSED, 1);
		await().untilAsserted(() -> {
			client.recv(ZMQ.DONTWAIT);
			this.scenario.assertAll("client", address, ZmqEndpointState.CLOSED, 0);
		});
	}

	private ZMQ.Socket retrying(String address) {
		ZMQ.Socket client = this.scenario.client(SocketType.DEALER, "client");
		client.setReconnectIVL(50);
		client.connect(address);
		this.scenario.awaitAll("client", address, ZmqEndpointState.RETRYING, 0);
		return client;
	}

	/**
	 * Wait until no attempt has begun for forty intervals.
	 */
	private long settledAttempts() {
		long[] last = { -1 };
		await().pollInterval(Duration.ofSeconds(2)).until(() -> {
			long before = last[0];
			last[0] = this.scenario.endpoint("client").attempts();
			return last[0] == before;
		});
		return last[0];
	}

	@Test
	void closingAClientEndsItsConnectionLocally() {
		String address = this.peer.bound("server", "ROUTER", "tcp://127.0.0.1:*");
		ZMQ.Socket client = this.scenario.client(SocketType.DEALER, "client");
		client.connect(address);
		this.peer.exchange(client, "server");
		long ends = this.scenario.endpoint("client").disconnected();
		client.close();
		assertGone("client", ends, 1);
	}

	@Test
	void closingAServerEndsItsConnectionsLocally() {
		ZMQ.Socket server = this.scenario.bound(SocketType.ROUTER, "server");
		this.peer.connected("one", "DEALER", server.getLastEndpoint())
			.connected("two", "DEALER", server.getLastEndpoint());
		this.scenario.awaitAll("server", ZmqEndpointState.LISTENING, 2);
		server.close();
		assertGone("server", 0, 2);
	}

	@Test
	void unbindEndsTheEndpointAndItsConnectionsWithTheNextCall() {
		ZMQ.Socket server = this.scenario.bound(SocketType.ROUTER, "server");
		this.peer.connected("client", "DEALER", server.getLastEndpoint());
		this.scenario.awaitAll("server", ZmqEndpointState.LISTENING, 1);
		server.unbind(server.getLastEndpoint());
		this.scenario.awaitAll("server", ZmqEndpointState.CLOSED, 1);
		await().untilAsserted(() -> {
			server.recv(ZMQ.DONTWAIT);
			this.scenario.assertAll("server", "tcp://127.0.0.1:*", ZmqEndpointState.CLOSED, 0);
		});
	}

	@Test
	void closingTheContextEndsAllLocally() {
		ZMQ.Socket server = this.scenario.bound(SocketType.ROUTER, "server");
		this.peer.connected("one", "DEALER", server.getLastEndpoint());
		ZMQ.Socket client = this.scenario.client(SocketType.DEALER, "client");
		client.connect(this.peer.bound("server", "ROUTER", "tcp://127.0.0.1:*"));
		this.peer.exchange(client, "server");
		long ends = this.scenario.endpoint("client").disconnected();
		this.scenario.awaitAll("server", ZmqEndpointState.LISTENING, 1);
		this.scenario.context().close();
		assertGone("client", ends, 1);
		assertGone("server", 0, 1);
	}

	private void assertEnds(String socket, long disconnected, long local) {
		ZmqEndpointSnapshot endpoint = this.scenario.endpoint(socket);
		assertThat(endpoint.disconnected()).isEqualTo(disconnected);
		assertThat(endpoint.closedLocally()).isEqualTo(local);
		assertThat(this.scenario.json(socket).get("closedLocally").asLong()).isEqualTo(local);
		assertThat(this.scenario.counter("zmq.connections.closed", socket, "reason", "local")).isEqualTo(local);
	}

	/**
	 * Assert that a socket is gone from the picture, and its meters tell how it ended.
	 */
	private void assertGone(String socket, long disconnected, long local) {
		await().untilAsserted(() -> {
			assertThat(this.scenario.monitor().snapshot(socket).sockets()).isEmpty();
			assertThat(this.scenario.gauge("zmq.connections", socket)).isZero();
			assertThat(this.scenario.counter("zmq.connections.closed", socket, "reason", "local")).isEqualTo(local);
			assertThat(this.scenario.counter("zmq.connections.closed", socket, "reason", "disconnected"))
				.isEqualTo(disconnected);
			assertThat(this.scenario.count("zmq.connection.duration", socket)).isEqualTo(disconnected + local);
			assertThat(this.scenario.registry()
				.get("zmq.endpoint.state")
				.tags("socket", socket, "state", "closed")
				.gauge()
				.value()).isEqualTo(1);
		});
	}

}
