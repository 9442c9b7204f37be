package io.github.zmqmonitor.conformance;

import java.time.Duration;
import java.util.List;

import io.github.zmqmonitor.health.ZmqHealthIndicator;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.monitor.MonitorFixture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

import org.springframework.boot.health.contributor.Status;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A libzmq peer that closes, is killed, frozen or restarted, on either side.
 */
class LibzmqIT {

	@RegisterExtension
	final Scenario scenario = new Scenario();

	@AutoClose
	private LibzmqPeer peer;

	@BeforeEach
	void startPeer() {
		this.peer = LibzmqPeer.start();
	}

	@Test
	void aClientThatClosesIsDisconnected() {
		ZMQ.Socket server = this.scenario.bound(SocketType.ROUTER, "server");
		this.peer.connected("client", "DEALER", server.getLastEndpoint());
		this.scenario.awaitAll("server", ZmqEndpointState.LISTENING, 1);
		this.peer.command("close", "client");
		this.scenario.awaitAll("server", ZmqEndpointState.LISTENING, 0);
		assertEnds("server", 1);
	}

	@Test
	void aKilledClientIsDisconnected() throws Exception {
		ZMQ.Socket server = this.scenario.bound(SocketType.ROUTER, "server");
		this.peer.connected("one", "DEALER", server.getLastEndpoint())
			.connected("two", "DEALER", server.getLastEndpoint());
		this.scenario.awaitAll("server", ZmqEndpointState.LISTENING, 2);
		this.peer.kill();
		this.scenario.awaitAll("server", ZmqEndpointState.LISTENING, 0);
		assertEnds("server", 2);
	}

	@Test
	void aServerThatIsKilledAndRestartsIsRetriedWithBackOffAndConnectedAgain() throws Exception {
		String address = this.peer.bound("server", "ROUTER", "tcp://127.0.0.1:" + MonitorFixture.freePort());
		ZMQ.Socket client = this.scenario.client(SocketType.DEALER, "client");
		client.setReconnectIVL(50);
		client.setReconnectIVLMax(400);
		List<Duration> intervals = this.scenario.retryIntervals("client");
		client.connect(address);
		this.peer.exchange(client, "server");
		long ends = this.scenario.endpoint("client").disconnected();
		long killed = System.nanoTime();
		this.peer.kill();
		this.scenario.awaitAll("client", ZmqEndpointState.RETRYING, 0);
		await().untilAsserted(() -> assertThat(intervals).hasSizeGreaterThan(5));
		long lost = System.nanoTime();
		// a process that dies may listen for a moment longer than its connections live
		long losses = this.scenario.endpoint("client").disconnected();
		assertThat(losses).isGreaterThan(ends);
		assertEnds("client", losses);
		long outages = outages();
		double before = (outages > 0) ? this.scenario.seconds("zmq.connect.time", "client", "phase", "reconnect") : 0;
		assertBackOff(List.copyOf(intervals));
		this.scenario.assertRetryInterval("client", 351, 449);
		assertThat(outages()).isEqualTo(outages);
		try (LibzmqPeer again = LibzmqPeer.start()) {
			double minimum = (System.nanoTime() - lost) / 1e9;
			again.bound("server", "ROUTER", address);
			this.scenario.awaitAll("client", ZmqEndpointState.CONNECTED, 1);
			double maximum = (System.nanoTime() - killed) / 1e9;
			assertThat(outages()).isEqualTo(outages + 1);
			assertThat(this.scenario.seconds("zmq.connect.time", "client", "phase", "reconnect") - before)
				.isBetween(minimum, maximum);
			assertThat(this.scenario.count("zmq.connect.time", "client", "phase", "initial")).isEqualTo(1);
			assertThat(this.scenario.endpoint("client").retryInterval()).isNull();
			again.exchange(client, "server");
		}
	}

	/**
	 * Each interval is its base, give or take less than the first one.
	 */
	private static void assertBackOff(List<Duration> intervals) {
		assertThat(intervals.get(0).toMillis()).isBetween(1L, 99L);
		assertThat(intervals.get(1).toMillis()).isBetween(51L, 149L);
		assertThat(intervals.get(2).toMillis()).isBetween(151L, 249L);
		assertThat(intervals.subList(3, intervals.size()))
			.allSatisfy((interval) -> assertThat(interval.toMillis()).isBetween(351L, 449L));
	}

	private long outages() {
		return this.scenario.count("zmq.connect.time", "client", "phase", "reconnect");
	}

	@Test
	void aFrozenServerIsNoticedByHeartbeatsWithATimeoutBelowTheInterval() {
		String address = this.peer.bound("server", "ROUTER", "tcp://127.0.0.1:*");
		ZMQ.Socket client = this.scenario.client(SocketType.DEALER, "client");
		client.setHeartbeatIvl(2000);
		client.setHeartbeatTimeout(1000);
		client.connect(address);
		this.peer.exchange(client, "server");
		long ends = this.scenario.endpoint("client").disconnected();
		this.peer.freeze();
		try {
			await().untilAsserted(() -> {
				assertThat(this.scenario.endpoint("client").disconnected()).isGreaterThan(ends);
				assertThat(this.scenario.json("client").get("disconnected").asLong()).isGreaterThan(ends);
				assertThat(this.scenario.counter("zmq.connections.closed", "client", "reason", "disconnected"))
					.isGreaterThan(ends);
			});
			MonitorFixture.assertBalanced(this.scenario.endpoint("client"));
			await().during(Duration.ofSeconds(2)).untilAsserted(this::assertNotConnected);
			assertThat(health()).isEqualTo(Status.DOWN);
		}
		finally {
			this.peer.thaw();
		}
		this.peer.exchange(client, "server");
		this.scenario.awaitAll("client", ZmqEndpointState.CONNECTED, 1);
		assertThat(health()).isEqualTo(Status.UP);
	}

	/**
	 * The port of a frozen server is open: TCP comes up again and again.
	 */
	private void assertNotConnected() {
		ZmqEndpointSnapshot endpoint = this.scenario.endpoint("client");
		assertThat(endpoint.state()).isIn(ZmqEndpointState.HANDSHAKING, ZmqEndpointState.RETRYING);
		assertThat(endpoint.connections()).isZero();
		assertThat(endpoint.awaySince()).isNotNull();
	}

	private Status health() {
		return new ZmqHealthIndicator(this.scenario.monitor(), Duration.ofSeconds(1)).health().getStatus();
	}

	@Test
	void aFrozenServerStaysConnectedWithoutHeartbeats() {
		String address = this.peer.bound("server", "ROUTER", "tcp://127.0.0.1:*");
		ZMQ.Socket client = this.scenario.client(SocketType.DEALER, "client");
		client.connect(address);
		this.peer.exchange(client, "server");
		long ends = this.scenario.endpoint("client").disconnected();
		this.peer.freeze();
		try {
			await().during(Duration.ofSeconds(2))
				.untilAsserted(() -> this.scenario.assertAll("client", address, ZmqEndpointState.CONNECTED, 1));
			assertEnds("client", ends);
		}
		finally {
			this.peer.thaw();
		}
		this.peer.exchange(client, "server");
		assertEnds("client", ends);
	}

	@Test
	void aFrozenClientIsNoticedByHeartbeatsAndOnlyByThem() {
		ZMQ.Socket patient = this.scenario.bound(SocketType.PULL, "patient");
		ZMQ.Socket beating = this.scenario.socket(SocketType.PULL, "beating");
		beating.setHeartbeatIvl(2000);
		beating.setHeartbeatTimeout(1000);
		beating.bind("tcp://127.0.0.1:*");
		for (ZMQ.Socket server : List.of(patient, beating)) {
			String name = "of-" + server.getLastEndpoint();
			this.peer.connected(name, "PUSH", server.getLastEndpoint());
			this.peer.command("send", name, "hello");
			assertThat(server.recvStr()).isEqualTo("hello");
		}
		this.peer.freeze();
		try {
			this.scenario.awaitAll("beating", ZmqEndpointState.LISTENING, 0);
			this.scenario.assertAll("patient", "tcp://127.0.0.1:*", ZmqEndpointState.LISTENING, 1);
			assertEnds("patient", 0);
		}
		finally {
			this.peer.thaw();
		}
	}

	@Test
	void messagesWithLibzmqAreCounted() {
		String address = this.peer.bound("server", "PULL", "tcp://127.0.0.1:*");
		ZMQ.Socket client = this.scenario.client(SocketType.PUSH, "client");
		client.connect(address);
		for (int i = 0; i < 10; i++) {
			client.send("message-" + i);
			assertThat(this.peer.command("recv", "server")).isEqualTo("message-" + i);
		}
		await().untilAsserted(
				() -> assertThat(this.scenario.counter("zmq.messages", "client", "direction", "sent")).isEqualTo(10));
	}

	/**
	 * Assert how many connections the peer or the network ended, and that nothing else
	 * ended one.
	 */
	private void assertEnds(String socket, long disconnected) {
		ZmqEndpointSnapshot endpoint = this.scenario.endpoint(socket);
		assertThat(endpoint.disconnected()).isEqualTo(disconnected);
		assertThat(endpoint.closedLocally()).isZero();
		assertThat(this.scenario.json(socket).get("disconnected").asLong()).isEqualTo(disconnected);
		assertThat(this.scenario.counter("zmq.connections.closed", socket, "reason", "disconnected"))
			.isEqualTo(disconnected);
		assertThat(this.scenario.count("zmq.connection.duration", socket)).isEqualTo(disconnected);
	}

}
