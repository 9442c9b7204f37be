package io.github.zmqmonitor.monitor;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.zmqmonitor.internal.totals.AggregateListener;
import io.github.zmqmonitor.internal.totals.EndpointAggregate;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqHandshake;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A peer that has greeted can't be used yet, whichever way its socket was found.
 */
class GreetedConnectionsTests {

	@RegisterExtension
	final MonitorFixture fixture = new MonitorFixture();

	private final List<EndpointAggregate> aggregates = new CopyOnWriteArrayList<>();

	@Test
	void aServerThatOnlyGreetsIsNotConnected() throws Exception {
		try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			ZMQ.Socket client = this.fixture.socket(SocketType.DEALER, "client");
			client.setHandshakeIvl(0);
			client.connect("tcp://127.0.0.1:" + listener.getLocalPort());
			try (ZmtpPeer server = new ZmtpPeer(listener.accept())) {
				server.write(ZmtpPeer.greeting(64));
				await().untilAsserted(() -> assertSoon("client", "3", 0, 1));
				assertThat(this.fixture.endpoint("client").state()).isEqualTo(ZmqEndpointState.HANDSHAKING);
				assertThat(this.fixture.endpoint("client").awaySince()).isNotNull();
				server.write(ZmtpPeer.ready("ROUTER", ""));
				await().untilAsserted(() -> assertSoon("client", "3", 1, 0));
				assertThat(this.fixture.endpoint("client").state()).isEqualTo(ZmqEndpointState.CONNECTED);
				assertThat(this.fixture.endpoint("client").awaySince()).isNull();
			}
		}
	}

	@Test
	void aClientThatOnlyGreetsIsNoConnection() throws Exception {
		ZMQ.Socket server = this.fixture.patient(SocketType.ROUTER, "server");
		try (ZmtpPeer client = ZmtpPeer.connected(server.getLastEndpoint())) {
			client.write(ZmtpPeer.greeting(64));
			await().untilAsserted(() -> assertSoon("server", "3", 0, 1));
			client.write(ZmtpPeer.ready("DEALER", "x"));
			await().untilAsserted(() -> assertSoon("server", "3", 1, 0));
		}
		await().untilAsserted(() -> {
			server.getEvents();
			assertThat(this.fixture.endpoint("server").disconnected()).isEqualTo(1);
		});
	}

	@Test
	void metersFollowWithoutAReadingOfTheEndpoint() throws Exception {
		ZMQ.Socket server = this.fixture.patient(SocketType.ROUTER, "server");
		this.fixture.monitor().registry().endpoints().addListener(new AggregateListener<>() {

			@Override
			public void added(EndpointAggregate aggregate) {
				GreetedConnectionsTests.this.aggregates.add(aggregate);
			}

			@Override
			public void removed(EndpointAggregate aggregate) {
				// the only one stays
			}

		});
		EndpointAggregate aggregate = this.aggregates.get(0);
		try (ZmtpPeer client = ZmtpPeer.connected(server.getLastEndpoint())) {
			client.write(ZmtpPeer.greeting(64));
			await().until(() -> {
				nudge();
				return aggregate.totals().handshakes[ZmqHandshake.GREETED.ordinal()] == 1;
			});
			await().until(() -> aggregate.totals().handshaking == 1 && aggregate.totals().ready == 0);
			client.write(ZmtpPeer.ready("DEALER", "x"));
			await().until(() -> aggregate.totals().handshaking == 0 && aggregate.totals().ready == 1);
		}
	}

	/**
	 * JeroMQ's poller forgets a connection now and then, until something else is
	 * registered with it.
	 */
	private void nudge() {
		ZMQ.Socket other = this.fixture.context().createSocket(SocketType.PULL);
		other.bind("tcp://127.0.0.1:*");
		other.close();
	}

	private void assertSoon(String name, String zmtp, int ready, int handshaking) {
		nudge();
		assertNumbers(name, zmtp, ready, handshaking);
	}

	private void assertNumbers(String name, String zmtp, int ready, int handshaking) {
		ZmqEndpointSnapshot endpoint = this.fixture.endpoint(name);
		assertThat(endpoint.connections()).isEqualTo(ready);
		assertThat(endpoint.handshaking()).isEqualTo(handshaking);
		assertThat(endpoint.peers()).singleElement().satisfies((peer) -> {
			assertThat(peer.zmtp()).isEqualTo(zmtp);
			assertThat(peer.ready()).isEqualTo(ready == 1);
		});
		MonitorFixture.assertBalanced(endpoint);
	}

}
