package io.github.zmqmonitor.health;

import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.monitor.MonitorFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ZmqHealthIndicatorTests {

	@RegisterExtension
	final MonitorFixture fixture = new MonitorFixture();

	@Test
	void withoutSocketsHealthIsUnknown() {
		assertThat(health(null).getStatus()).isEqualTo(Status.UNKNOWN);
	}

	@Test
	void aPeerThatIsAwayIsNoFailureByDefault() {
		retryingClient();
		assertThat(health(null).getStatus()).isEqualTo(Status.UP);
		assertThat(health(null).getDetails()).containsEntry("sockets", 1).containsEntry("endpoints", 1);
	}

	@Test
	void aPeerThatIsAwayForTooLongIsOne() {
		retryingClient();
		assertThat(health(Duration.ofHours(1)).getStatus()).isEqualTo(Status.UP);
		await().untilAsserted(() -> assertThat(health(Duration.ofMillis(50)).getStatus()).isEqualTo(Status.DOWN));
	}

	@Test
	void aHandshakeThatStandsStillIsNoConnection() throws Exception {
		try (ServerSocket silent = new ServerSocket(0)) {
			ZMQ.Socket client = this.fixture.socket(SocketType.DEALER, "client");
			client.setHandshakeIvl(0);
			client.connect("tcp://127.0.0.1:" + silent.getLocalPort());
			this.fixture.awaitState("client", ZmqEndpointState.HANDSHAKING);
			assertThat(health(Duration.ofHours(1)).getStatus()).isEqualTo(Status.UP);
			await().untilAsserted(() -> assertThat(health(Duration.ofMillis(50)).getStatus()).isEqualTo(Status.DOWN));
			assertThat(failing(health(Duration.ofMillis(50)))).containsEntry("state", "handshaking");
		}
	}

	@Test
	void aFailedBindIsDown() throws Exception {
		try (ServerSocket taken = new ServerSocket(0)) {
			ZMQ.Socket server = this.fixture.socket(SocketType.ROUTER, "server");
			String address = "tcp://127.0.0.1:" + taken.getLocalPort();
			assertThatExceptionOfType(ZMQException.class).isThrownBy(() -> server.bind(address));
			Health health = health(null);
			assertThat(health.getStatus()).isEqualTo(Status.DOWN);
			assertThat(failing(health)).containsEntry("socket", "server")
				.containsEntry("endpoint", address)
				.containsEntry("state", "failed")
				.containsEntry("lastError", "bind: EADDRINUSE")
				.containsKey("since");
		}
	}

	@Test
	void anAbandonedEndpointIsDown() {
		ZMQ.Socket server = this.fixture.bound(SocketType.ROUTER, "server");
		ZMQ.Socket client = this.fixture.socket(SocketType.PUSH, "client");
		client.connect(server.getLastEndpoint());
		this.fixture.awaitState("client", ZmqEndpointState.ABANDONED);
		assertThat(failing(health(null))).containsEntry("state", "abandoned");
	}

	@Test
	void inprocNeverCounts() {
		this.fixture.socket(SocketType.PUSH, "source").connect("inproc://nobody");
		assertThat(health(Duration.ofMillis(1)).getStatus()).isEqualTo(Status.UP);
	}

	private Health health(Duration disconnectedAfter) {
		return new ZmqHealthIndicator(this.fixture.monitor(), disconnectedAfter).health();
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> failing(Health health) {
		List<Map<String, Object>> failing = (List<Map<String, Object>>) health.getDetails().get("failing");
		assertThat(failing).hasSize(1);
		return failing.get(0);
	}

	private void retryingClient() {
		ZMQ.Socket client = this.fixture.socket(SocketType.DEALER, "client");
		client.connect("tcp://127.0.0.1:" + MonitorFixture.freePort());
		this.fixture.awaitState("client", ZmqEndpointState.RETRYING);
	}

}
