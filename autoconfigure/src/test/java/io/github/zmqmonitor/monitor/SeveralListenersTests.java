package io.github.zmqmonitor.monitor;

import java.util.ArrayList;
import java.util.List;

import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqEventType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several binds of one string are one endpoint, which listens as long as one of them
 * does.
 */
class SeveralListenersTests {

	@RegisterExtension
	final MonitorFixture fixture = new MonitorFixture();

	@ParameterizedTest
	@CsvSource({ "tcp://127.0.0.1:*, 0", "tcp://127.0.0.1:*, 1", "tcp://127.0.0.1:*, 2", "tcp://*:*, 0", "tcp://*:*, 1",
			"tcp://*:*, 2" })
	void theOthersStayWhereOneIsUnbound(String written, int unbound) {
		ZMQ.Socket server = this.fixture.socket(SocketType.ROUTER, "server");
		List<String> addresses = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			assertThat(server.bind(written)).isTrue();
			addresses.add(server.getLastEndpoint());
		}
		await().untilAsserted(() -> assertThat(endpoint().addresses()).hasSize(3));
		assertThat(server.unbind(addresses.remove(unbound))).isTrue();
		// what is said at once has to be true when all events have come, too
		awaitQuiet(1);
		ZmqEndpointSnapshot left = endpoint();
		assertThat(left.state()).isEqualTo(ZmqEndpointState.LISTENING);
		assertThat(left.addresses()).extracting(SeveralListenersTests::port)
			.containsExactlyInAnyOrderElementsOf(addresses.stream().map(SeveralListenersTests::port).toList());
		assertThat(addresses).extracting(SeveralListenersTests::port).contains(port(left.address()));
		assertConnects(server, addresses.get(0));
		assertThat(server.unbind(addresses.remove(0))).isTrue();
		awaitQuiet(2);
		assertThat(endpoint().state()).isEqualTo(ZmqEndpointState.LISTENING);
		assertThat(endpoint().addresses()).isNull();
		assertThat(port(endpoint().address())).isEqualTo(port(addresses.get(0)));
		assertThat(server.unbind(addresses.remove(0))).isTrue();
		this.fixture.awaitState("server", ZmqEndpointState.CLOSED);
	}

	@Test
	void anEndpointThatIsBoundAgainAtOnceListens() {
		ZMQ.Socket server = this.fixture.socket(SocketType.ROUTER, "server");
		for (int i = 0; i < 20; i++) {
			server.bind("tcp://127.0.0.1:*");
			server.unbind(server.getLastEndpoint());
		}
		server.bind("tcp://127.0.0.1:*");
		awaitQuiet(20);
		assertThat(endpoint().state()).isEqualTo(ZmqEndpointState.LISTENING);
		assertThat(port(endpoint().address())).isEqualTo(port(server.getLastEndpoint()));
	}

	private void assertConnects(ZMQ.Socket server, String address) {
		ZMQ.Socket client = this.fixture.socket(SocketType.DEALER, "client");
		client.connect("tcp://127.0.0.1:" + port(address));
		client.send("hello");
		assertThat(server.recvStr()).isNotNull();
		assertThat(server.recvStr()).isEqualTo("hello");
		client.close();
	}

	/**
	 * Wait until the ends of listeners have been reported.
	 */
	private void awaitQuiet(int ends) {
		await().untilAsserted(() -> assertThat(this.fixture.monitor().statistics().events(ZmqEventType.CLOSED))
			.isGreaterThanOrEqualTo(ends));
	}

	private ZmqEndpointSnapshot endpoint() {
		List<ZmqEndpointSnapshot> endpoints = this.fixture.only("server").endpoints();
		assertThat(endpoints).hasSize(1);
		return endpoints.get(0);
	}

	private static String port(String address) {
		return address.substring(address.lastIndexOf(':') + 1);
	}

}
