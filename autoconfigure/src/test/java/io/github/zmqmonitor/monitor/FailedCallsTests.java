package io.github.zmqmonitor.monitor;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.zmqmonitor.health.ZmqHealthIndicator;
import io.github.zmqmonitor.metrics.ZmqMetrics;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqErrorSnapshot;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqSocketEvent;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

import org.springframework.boot.health.contributor.Status;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatRuntimeException;

/**
 * Calls of bind and connect that JeroMQ refuses, and what ends a failure.
 */
class FailedCallsTests {

	private static final int PORTS = 150;

	@RegisterExtension
	final MonitorFixture fixture = new MonitorFixture();

	@AutoClose
	private final MeterRegistry registry = new SimpleMeterRegistry();

	private final List<ZmqSocketEvent> events = new CopyOnWriteArrayList<>();

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"',
			value = { "connect, tcp://no.such.host.invalid:5555", "connect, tcp://127.0.0.1:99999",
					"connect, tcp://127.0.0.1", "connect, udp://127.0.0.1:5555", "connect, nonsense",
					"bind, tcp://no.such.host.invalid:5555", "bind, tcp://127.0.0.1:99999", "bind, nonsense" })
	void aCallThatThrowsIsAFailureInTheEndpointTheMeterAndTheEvent(String call, String endpoint) {
		this.fixture.monitor().addListener(this.events::add);
		ZMQ.Socket socket = this.fixture.socket(SocketType.DEALER, "socket");
		assertThatRuntimeException()
			.isThrownBy(() -> assertThat(call.equals("bind") ? socket.bind(endpoint) : socket.connect(endpoint))
				.as("no exception")
				.isNull());
		ZmqEndpointSnapshot failed = this.fixture.endpoint("socket");
		assertThat(failed.endpoint()).isEqualTo(endpoint);
		assertThat(failed.state()).isEqualTo(ZmqEndpointState.FAILED);
		ZmqErrorSnapshot error = failed.lastError();
		assertThat(error).isNotNull();
		assertThat(error.operation()).isEqualTo(call);
		assertThat(error.error()).isNotBlank();
		assertThat(error.count()).isEqualTo(1);
		assertThat(health()).isEqualTo(Status.DOWN);
		try (ZmqMetrics metrics = new ZmqMetrics(this.fixture.monitor())) {
			metrics.bindTo(this.registry);
			await().untilAsserted(() -> {
				// kinds of failures get their meters when somebody reads
				this.fixture.monitor().snapshot();
				assertThat(this.registry.get("zmq.endpoint.failures")
					.tags("socket", "socket", "operation", call, "error", error.error())
					.functionCounter()
					.count()).isEqualTo(1);
			});
		}
		ZmqEventType type = call.equals("bind") ? ZmqEventType.BIND_FAILED : ZmqEventType.CONNECT_FAILED;
		await().untilAsserted(() -> assertThat(this.events).extracting(ZmqSocketEvent::type).containsOnlyOnce(type));
		assertThat(this.events).filteredOn((event) -> event.type() == type)
			.extracting(ZmqSocketEvent::endpoint)
			.containsExactly(endpoint);
		giveUp(socket, call, endpoint);
		assertThat(health()).as("once it is given up").isEqualTo(Status.UP);
	}

	private static void giveUp(ZMQ.Socket socket, String call, String endpoint) {
		try {
			boolean ended = call.equals("bind") ? socket.unbind(endpoint) : socket.disconnect(endpoint);
			assertThat(ended).isFalse();
		}
		catch (IllegalArgumentException | ZMQException ex) {
			// plain JeroMQ throws the same
		}
	}

	@Test
	void aServerThatTriesPortsUntilOneIsFreeIsUp() throws IOException {
		ZMQ.Socket server = this.fixture.socket(SocketType.ROUTER, "server");
		try (ServerSocket taken = new ServerSocket(0)) {
			assertFails(server, "tcp://*:" + taken.getLocalPort());
			assertThat(health()).isEqualTo(Status.DOWN);
			server.bind("tcp://127.0.0.1:*");
			assertThat(this.fixture.endpoint("server").state()).isEqualTo(ZmqEndpointState.LISTENING);
			assertThat(health()).isEqualTo(Status.UP);
		}
	}

	@Test
	void anUnbindEndsAFailureWhateverItReturns() throws IOException {
		ZMQ.Socket server = this.fixture.socket(SocketType.ROUTER, "server");
		try (ServerSocket taken = new ServerSocket(0)) {
			String endpoint = "tcp://*:" + taken.getLocalPort();
			assertFails(server, endpoint);
			server.unbind(endpoint);
			assertThat(this.fixture.endpoint("server").state()).isEqualTo(ZmqEndpointState.CLOSED);
			assertThat(health()).isEqualTo(Status.UP);
		}
	}

	@Test
	void manyFailuresLeaveRoomForOthers() throws IOException {
		ZMQ.Socket server = this.fixture.socket(SocketType.ROUTER, "server");
		List<ServerSocket> taken = new ArrayList<>();
		try {
			for (int i = 0; i < PORTS; i++) {
				taken.add(new ServerSocket(0));
				assertFails(server, "tcp://*:" + taken.get(i).getLocalPort());
			}
			assertThat(this.fixture.only("server").endpoints()).hasSizeLessThan(PORTS / 10);
			server.bind("tcp://127.0.0.1:*");
			assertThat(this.fixture.endpoint("server").state()).isEqualTo(ZmqEndpointState.LISTENING);
			try (ZmqMetrics metrics = new ZmqMetrics(this.fixture.monitor())) {
				metrics.bindTo(this.registry);
				assertThat(this.registry.get("zmq.endpoint.state")
					.tags("socket", "server", "socket.endpoint", "tcp://127.0.0.1:*", "state", "listening")
					.gauge()
					.value()).isEqualTo(1);
			}
		}
		finally {
			for (ServerSocket socket : taken) {
				socket.close();
			}
		}
	}

	private void assertFails(ZMQ.Socket server, String endpoint) {
		assertThatRuntimeException().isThrownBy(() -> server.bind(endpoint));
	}

	@ParameterizedTest
	@EnumSource(value = SocketType.class, names = { "DEALER", "SUB", "REQ" })
	void aSecondConnectOfAnEndpointThatWasGivenUpDoesNothing(SocketType type) {
		ZMQ.Socket client = this.fixture.socket(type, "client");
		String endpoint = abandoned(client, (type == SocketType.SUB) ? SocketType.PUB : SocketType.ROUTER);
		ZMQ.Socket server = this.fixture.socket((type == SocketType.SUB) ? SocketType.PUB : SocketType.ROUTER);
		MonitorFixture.await().ignoreExceptions().until(() -> server.bind(endpoint));
		client.connect(endpoint);
		long attempts = this.fixture.endpoint("client").attempts();
		// the server takes others meanwhile
		ZMQ.Socket other = this.fixture.socket(type, "other");
		other.connect(endpoint);
		this.fixture.awaitState("other", ZmqEndpointState.CONNECTED);
		other.close();
		assertThat(this.fixture.endpoint("client").state()).isEqualTo(ZmqEndpointState.ABANDONED);
		assertThat(this.fixture.endpoint("client").attempts()).isEqualTo(attempts);
		assertThat(health()).isEqualTo(Status.DOWN);
		client.disconnect(endpoint);
		assertThat(client.connect(endpoint)).isTrue();
		this.fixture.awaitState("client", ZmqEndpointState.CONNECTED);
		assertThat(health()).isEqualTo(Status.UP);
	}

	@ParameterizedTest
	@EnumSource(value = SocketType.class, names = { "PUSH", "XSUB" })
	void aSecondConnectOfOtherTypesBeginsAnew(SocketType type) {
		ZMQ.Socket client = this.fixture.socket(type, "client");
		SocketType other = (type == SocketType.XSUB) ? SocketType.XPUB : SocketType.PULL;
		String endpoint = abandoned(client, other);
		ZMQ.Socket server = this.fixture.socket(other);
		MonitorFixture.await().ignoreExceptions().until(() -> server.bind(endpoint));
		client.connect(endpoint);
		this.fixture.awaitState("client", ZmqEndpointState.CONNECTED);
	}

	/**
	 * Connect to a server that goes, and never again.
	 */
	private String abandoned(ZMQ.Socket client, SocketType serverType) {
		client.setReconnectIVL(-1);
		ZMQ.Socket server = this.fixture.socket(serverType);
		server.bind("tcp://127.0.0.1:*");
		String endpoint = server.getLastEndpoint();
		client.connect(endpoint);
		this.fixture.awaitState("client", ZmqEndpointState.CONNECTED);
		server.close();
		this.fixture.awaitState("client", ZmqEndpointState.ABANDONED);
		return endpoint;
	}

	private Status health() {
		return new ZmqHealthIndicator(this.fixture.monitor(), null).health().getStatus();
	}

}
