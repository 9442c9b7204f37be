package io.github.zmqmonitor.conformance;

import java.util.List;

import io.github.zmqmonitor.model.ZmqEndpointRole;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.monitor.MonitorFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every way to write an address, with libzmq on the other side, in both directions. A
 * {@code 0} stands for a fixed port.
 */
class AddressesIT {

	@AutoClose
	private static LibzmqPeer peer;

	@RegisterExtension
	final Scenario scenario = new Scenario();

	@BeforeAll
	static void startPeer() {
		peer = LibzmqPeer.start();
	}

	@AfterEach
	void resetPeer() {
		peer.reset();
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp://127.0.0.1:*", "tcp://127.0.0.1:0", "tcp://localhost:*", "tcp://localhost:0",
			"tcp://*:*", "tcp://*:0", "tcp://0.0.0.0:*", "tcp://0.0.0.0:0" })
	void acceptsOverIpV4(String pattern) {
		String endpoint = withPort(pattern);
		ZMQ.Socket server = this.scenario.socket(SocketType.ROUTER, "server");
		server.bind(endpoint);
		assertAccepts(server, endpoint, "127.0.0.1", "127.0.0.1:");
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp://[::1]:*", "tcp://[::1]:0", "tcp://*:*", "tcp://*:0", "tcp://[::]:*" })
	void acceptsOverIpV6(String pattern) {
		Needs.ipV6();
		String endpoint = withPort(pattern);
		ZMQ.Socket server = this.scenario.socket(SocketType.ROUTER, "server");
		server.setIPv6(true);
		server.bind(endpoint);
		assertAccepts(server, endpoint, "[::1]", "[0:0:0:0:0:0:0:1]:");
	}

	@Test
	void acceptsAtARandomPort() {
		ZMQ.Socket server = this.scenario.socket(SocketType.ROUTER, "server");
		int port = server.bindToRandomPort("tcp://127.0.0.1");
		assertThat(server.getLastEndpoint()).endsWith(":" + port);
		assertAccepts(server, "tcp://127.0.0.1:*", "127.0.0.1", "127.0.0.1:");
	}

	private void assertAccepts(ZMQ.Socket server, String endpoint, String host, String remote) {
		this.scenario.awaitAll("server", endpoint, ZmqEndpointState.LISTENING, 0);
		assertThat(this.scenario.json("server").get("address").asString()).isEqualTo(server.getLastEndpoint());
		peer.command("socket", "client", "DEALER");
		peer.command("option", "client", "IPV6", "1");
		peer.command("connect", "client", "tcp://" + host + ":" + port(server.getLastEndpoint()));
		this.scenario.awaitAll("server", endpoint, ZmqEndpointState.LISTENING, 1);
		assertThat(this.scenario.json("server").at("/peers/0/remote").asString()).startsWith(remote);
		peer.command("send", "client", "hello");
		server.recv();
		assertThat(server.recvStr()).isEqualTo("hello");
		assertThat(this.scenario.json("server").at("/peers/0/zmtp").asString()).isEqualTo("3");
		peer.command("close", "client");
		this.scenario.awaitAll("server", endpoint, ZmqEndpointState.LISTENING, 0);
		ZmqEndpointSnapshot snapshot = this.scenario.endpoint("server");
		assertThat(snapshot.accepted()).isEqualTo(1);
		assertThat(snapshot.disconnected()).isEqualTo(1);
		assertThat(this.scenario.count("zmq.connection.duration", "server")).isEqualTo(1);
		assertThat(this.scenario.counter("zmq.handshakes", "server", "outcome", "greeted")).isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource({ "tcp://127.0.0.1:*, 127.0.0.1, 127.0.0.1", "tcp://127.0.0.1:0, 127.0.0.1, 127.0.0.1",
			"tcp://*:*, 127.0.0.1, 127.0.0.1", "tcp://127.0.0.1:*, localhost, 127.0.0.1",
			"tcp://*:*, localhost, 127.0.0.1" })
	void connectsOverIpV4(String bound, String host, String resolved) {
		String address = peer.bound("server", "ROUTER", withPort(bound));
		ZMQ.Socket client = this.scenario.client(SocketType.DEALER, "client");
		assertConnects(client, "tcp://" + host + ":" + port(address), "tcp://" + resolved + ":" + port(address));
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp://[::1]:*", "tcp://[::1]:0", "tcp://*:*" })
	void connectsOverIpV6(String bound) {
		Needs.ipV6();
		peer.command("socket", "server", "ROUTER");
		peer.command("option", "server", "IPV6", "1");
		int port = port(peer.command("bind", "server", withPort(bound)));
		ZMQ.Socket client = this.scenario.client(SocketType.DEALER, "client");
		client.setIPv6(true);
		assertConnects(client, "tcp://[::1]:" + port, "tcp://[0:0:0:0:0:0:0:1]:" + port);
	}

	private void assertConnects(ZMQ.Socket client, String endpoint, String resolved) {
		client.connect(endpoint);
		peer.exchange(client, "server");
		this.scenario.awaitAll("client", endpoint, ZmqEndpointState.CONNECTED, 1);
		assertThat(this.scenario.json("client").get("address").asString()).isEqualTo(resolved);
		assertThat(this.scenario.json("client").at("/peers/0/remote").asString())
			.isEqualTo(resolved.substring("tcp://".length()));
		assertThat(this.scenario.json("client").at("/peers/0/zmtp").asString()).isEqualTo("3");
		assertThat(this.scenario.count("zmq.connect.time", "client", "phase", "initial")).isEqualTo(1);
		assertThat(this.scenario.counter("zmq.handshakes", "client", "outcome", "greeted")).isEqualTo(1);
	}

	@Test
	void severalBindsAndConnectsOfOneSocketAreKeptApart() {
		ZMQ.Socket both = this.scenario.client(SocketType.DEALER, "both");
		both.bind("tcp://127.0.0.1:*");
		String first = both.getLastEndpoint();
		String second = "tcp://127.0.0.1:" + MonitorFixture.freePort();
		both.bind(second);
		List<String> servers = List.of(peer.bound("one", "ROUTER", "tcp://127.0.0.1:*"),
				peer.bound("two", "ROUTER", "tcp://127.0.0.1:*"));
		servers.forEach(both::connect);
		peer.connected("three", "DEALER", first);
		peer.connected("four", "DEALER", second);
		peer.connected("five", "DEALER", second);
		this.scenario.awaitAll("both", "tcp://127.0.0.1:*", ZmqEndpointState.LISTENING, 1);
		this.scenario.awaitAll("both", second, ZmqEndpointState.LISTENING, 2);
		servers.forEach((server) -> this.scenario.awaitAll("both", server, ZmqEndpointState.CONNECTED, 1));
		assertThat(this.scenario.only("both").endpoints()).extracting(ZmqEndpointSnapshot::role)
			.containsExactly(ZmqEndpointRole.BIND, ZmqEndpointRole.BIND, ZmqEndpointRole.CONNECT,
					ZmqEndpointRole.CONNECT);
		peer.command("close", "one");
		peer.command("close", "five");
		this.scenario.awaitAll("both", servers.get(0), ZmqEndpointState.RETRYING, 0);
		this.scenario.awaitAll("both", servers.get(1), ZmqEndpointState.CONNECTED, 1);
		this.scenario.awaitAll("both", "tcp://127.0.0.1:*", ZmqEndpointState.LISTENING, 1);
		this.scenario.awaitAll("both", second, ZmqEndpointState.LISTENING, 1);
	}

	@Test
	void twoNamesOfOneServerAreTwoEndpoints() {
		int port = MonitorFixture.freePort();
		peer.bound("server", "ROUTER", "tcp://127.0.0.1:" + port);
		ZMQ.Socket client = this.scenario.client(SocketType.DEALER, "client");
		List<String> names = List.of("tcp://127.0.0.1:" + port, "tcp://localhost:" + port);
		names.forEach(client::connect);
		names.forEach((name) -> this.scenario.awaitAll("client", name, ZmqEndpointState.CONNECTED, 1));
		peer.command("close", "server");
		names.forEach((name) -> this.scenario.awaitAll("client", name, ZmqEndpointState.RETRYING, 0));
		peer.bound("server", "ROUTER", names.get(0));
		names.forEach((name) -> this.scenario.awaitAll("client", name, ZmqEndpointState.CONNECTED, 1));
	}

	@Test
	void aServerThatComesLaterIsConnectedAtLast() {
		String address = "tcp://127.0.0.1:" + MonitorFixture.freePort();
		ZMQ.Socket client = this.scenario.client(SocketType.DEALER, "client");
		client.connect(address);
		this.scenario.awaitAll("client", address, ZmqEndpointState.RETRYING, 0);
		this.scenario.assertRetryInterval("client", 1, 199);
		peer.bound("server", "ROUTER", address);
		peer.exchange(client, "server");
		this.scenario.awaitAll("client", address, ZmqEndpointState.CONNECTED, 1);
		await().untilAsserted(() -> assertThat(this.scenario.gauge("zmq.connect.retry.interval", "client")).isZero());
	}

	private static String withPort(String pattern) {
		return pattern.endsWith(":0") ? pattern.substring(0, pattern.length() - 1) + MonitorFixture.freePort()
				: pattern;
	}

	private static int port(String address) {
		return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
	}

}
