package io.github.zmqmonitor.monitor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.github.zmqmonitor.Ways;
import io.github.zmqmonitor.model.ZmqEndpointRole;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot.RetryReason;
import io.github.zmqmonitor.model.ZmqEndpointState;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sockets that several threads may use, with several endpoints of one port, some by name
 * and some by number: there are exactly those that were written, each with its own state.
 */
class ThreadSafeSocketsTests {

	private static final boolean IPV6 = hasIpV6();

	@RegisterExtension
	final MonitorFixture fixture = new MonitorFixture();

	@ParameterizedTest
	@CsvSource({ "CLIENT, SERVER", "SERVER, CLIENT", "DISH, RADIO", "RADIO, DISH", "SCATTER, GATHER", "GATHER, SCATTER",
			"PEER, PEER" })
	void eachEndpointHasItsOwnState(SocketType type, SocketType other) throws Exception {
		int port = MonitorFixture.freePort();
		List<String> written = written(port);
		ZMQ.Socket client = this.fixture.socket(type, "client");
		client.setIPv6(IPV6);
		client.setReconnectIVL(50);
		client.setHandshakeIvl(500);
		try (ZContext servers = new ZContext()) {
			ZMQ.Socket server = bound(servers, other, port);
			written.forEach(client::connect);
			awaitStates(client, states(written, ZmqEndpointState.CONNECTED));
			server.close();
			awaitStates(client, states(written, ZmqEndpointState.RETRYING));
			server = bound(servers, other, port);
			awaitStates(client, states(written, ZmqEndpointState.CONNECTED));
			for (String ended : written) {
				client.disconnect(ended);
				Map<String, ZmqEndpointState> expected = states(written, ZmqEndpointState.CONNECTED);
				written.subList(0, written.indexOf(ended) + 1)
					.forEach((endpoint) -> expected.put(endpoint, ZmqEndpointState.CLOSED));
				awaitStates(client, expected);
			}
			client.connect(written.get(1));
			Map<String, ZmqEndpointState> expected = states(written, ZmqEndpointState.CLOSED);
			expected.put(written.get(1), ZmqEndpointState.CONNECTED);
			awaitStates(client, expected);
		}
	}

	/**
	 * A CHANNEL has one peer at a time.
	 */
	@ParameterizedTest
	@CsvSource({ "CHANNEL", "CLIENT", "SERVER", "DISH", "RADIO", "SCATTER", "GATHER", "PEER" })
	void whereNobodyListensEachEndpointIsRetried(SocketType type) throws Exception {
		List<String> written = written(MonitorFixture.freePort());
		ZMQ.Socket client = this.fixture.socket(type, "client");
		client.setIPv6(IPV6);
		client.setReconnectIVL(50);
		written.forEach(client::connect);
		awaitStates(client, states(written, ZmqEndpointState.RETRYING));
		await()
			.untilAsserted(() -> assertThat(this.fixture.only("client").endpoints()).allSatisfy(this::assertAttempts));
		client.disconnect(written.get(0));
		Map<String, ZmqEndpointState> expected = states(written, ZmqEndpointState.RETRYING);
		expected.put(written.get(0), ZmqEndpointState.CLOSED);
		awaitStates(client, expected);
	}

	/**
	 * Whose an attempt is can't be told by an address that several endpoints have.
	 */
	private void assertAttempts(ZmqEndpointSnapshot endpoint) {
		boolean known = Ways.isAuto() || endpoint.endpoint().contains("::1");
		if (known) {
			assertThat(endpoint.attempts()).isGreaterThan(3);
			assertThat(endpoint.retries()).isGreaterThan(3);
			assertThat(endpoint.retryReason()).isEqualTo(RetryReason.REFUSED);
			assertThat(endpoint.retryInterval()).isNotNull();
		}
		else {
			assertThat(endpoint.attempts()).isNull();
			assertThat(endpoint.retries()).isNull();
			assertThat(endpoint.retryReason()).isNull();
			assertThat(endpoint.retryInterval()).isNull();
		}
	}

	@ParameterizedTest
	@CsvSource({ "CHANNEL, CHANNEL", "CLIENT, SERVER", "SERVER, CLIENT", "DISH, RADIO", "RADIO, DISH",
			"SCATTER, GATHER", "GATHER, SCATTER", "PEER, PEER" })
	void eachListenerHasItsOwnConnections(SocketType type, SocketType other) throws Exception {
		int port = MonitorFixture.freePort();
		List<String> written = new ArrayList<>(List.of("tcp://127.0.0.1:" + port, "tcp://127.0.0.2:" + port));
		ZMQ.Socket server = this.fixture.socket(type, "server");
		server.setIPv6(IPV6);
		if (IPV6) {
			written.add("tcp://[::1]:" + port);
		}
		written.forEach(server::bind);
		try (ZContext clients = new ZContext()) {
			for (String address : written) {
				assertListeners(server, written, null);
				ZMQ.Socket client = clients.createSocket(other);
				client.setIPv6(IPV6);
				client.setHandshakeIvl(500);
				client.connect(address);
				await().untilAsserted(() -> assertListeners(server, written, address));
				client.close();
				await().untilAsserted(() -> assertListeners(server, written, null));
			}
		}
	}

	private void assertListeners(ZMQ.Socket server, List<String> written, String connected) {
		server.getEvents();
		List<ZmqEndpointSnapshot> endpoints = this.fixture.only("server").endpoints();
		assertThat(endpoints).extracting(ZmqEndpointSnapshot::endpoint).containsExactlyElementsOf(written);
		assertThat(endpoints).allSatisfy((endpoint) -> {
			assertThat(endpoint.state()).isEqualTo(ZmqEndpointState.LISTENING);
			assertThat(endpoint.connections()).as(endpoint.toString())
				.isEqualTo(endpoint.endpoint().equals(connected) ? 1 : 0);
			MonitorFixture.assertBalanced(endpoint);
		});
	}

	private void awaitStates(ZMQ.Socket client, Map<String, ZmqEndpointState> expected) {
		await().untilAsserted(() -> {
			// commands that wait at the socket, such as those of ended pipes
			client.getEvents();
			List<ZmqEndpointSnapshot> endpoints = this.fixture.only("client").endpoints();
			assertThat(endpoints.stream()
				.collect(Collectors.toMap(ZmqEndpointSnapshot::endpoint, ZmqEndpointSnapshot::state)))
				.isEqualTo(expected);
			assertThat(endpoints).allSatisfy((endpoint) -> {
				assertThat(endpoint.role()).isEqualTo(ZmqEndpointRole.CONNECT);
				boolean connected = endpoint.state() == ZmqEndpointState.CONNECTED;
				assertThat(endpoint.connections()).as(endpoint.toString()).isEqualTo(connected ? 1 : 0);
				assertThat(endpoint.handshaking()).as(endpoint.toString()).isZero();
				MonitorFixture.assertBalanced(endpoint);
			});
		});
	}

	private static Map<String, ZmqEndpointState> states(List<String> written, ZmqEndpointState state) {
		Map<String, ZmqEndpointState> states = new TreeMap<>();
		written.forEach((endpoint) -> states.put(endpoint, state));
		return states;
	}

	private static List<String> written(int port) {
		List<String> written = new ArrayList<>(List.of("tcp://localhost:" + port, "tcp://127.0.0.1:" + port));
		if (IPV6) {
			written.add("tcp://[::1]:" + port);
		}
		return written;
	}

	private static ZMQ.Socket bound(ZContext context, SocketType type, int port) {
		ZMQ.Socket server = context.createSocket(type);
		server.setIPv6(IPV6);
		server.setHandshakeIvl(500);
		await().ignoreExceptions().until(() -> server.bind("tcp://127.0.0.1:" + port));
		if (IPV6) {
			await().ignoreExceptions().until(() -> server.bind("tcp://[::1]:" + port));
		}
		return server;
	}

	private static boolean hasIpV6() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
			return socket.isBound();
		}
		catch (IOException ex) {
			return false;
		}
	}

}
