package io.github.zmqmonitor.monitor;

import java.time.Duration;
import java.util.Map;

import io.github.zmqmonitor.health.ZmqHealthIndicator;
import io.github.zmqmonitor.metrics.ZmqMetrics;
import io.github.zmqmonitor.model.ZmqMonitorSettings;
import io.github.zmqmonitor.model.ZmqMonitorSettings.Kernel;
import io.github.zmqmonitor.model.ZmqPeerSnapshot.StallReason;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A peer that does not read, in row, endpoint, meters and health alike.
 */
@EnabledOnOs(OS.LINUX)
class StalledConnectionsTests {

	@RegisterExtension
	final MonitorFixture fixture = new MonitorFixture(new ZmqMonitorSettings(100, Duration.ofMinutes(10), 64,
			Duration.ofSeconds(2), 1024, true, ZmqMonitorSettings.Naming.CALLER, Duration.ofMinutes(1),
			new Kernel(true, Kernel.Netlink.ALWAYS, 1_000_000)));

	private final MeterRegistry registry = new SimpleMeterRegistry();

	@Test
	void isToldEverywhereUntilItReads() {
		new ZmqMetrics(this.fixture.monitor()).bindTo(this.registry);
		ZMQ.Socket server = this.fixture.socket(SocketType.PULL, "server");
		server.setRcvHWM(1);
		server.bind("tcp://127.0.0.1:*");
		ZMQ.Socket client = this.fixture.socket(SocketType.PUSH, "client");
		client.setLinger(0);
		client.setSendTimeOut(0);
		client.connect(server.getLastEndpoint());
		this.fixture.awaitConnections("client", 1);
		await().untilAsserted(() -> {
			while (client.send(new byte[20_000])) {
				continue;
			}
			assertThat(this.fixture.endpoint("client").peers().get(0).tcp()).isNotNull()
				.satisfies((tcp) -> assertThat(tcp.stalled()).isEqualTo(StallReason.PEER_NOT_READING));
			assertThat(this.fixture.endpoint("client").stalled()).isEqualTo(1);
			assertThat(stalled("client", "peer_not_reading")).isEqualTo(1);
			assertThat(stalled("client", "unreachable")).isZero();
			assertThat(stalled("server", "peer_not_reading")).isZero();
			assertThat(health(Duration.ofMillis(1)).getStatus()).isEqualTo(Status.DOWN);
		});
		assertThat(health(null).getStatus()).isEqualTo(Status.UP);
		assertThat(health(Duration.ofHours(1)).getStatus()).isEqualTo(Status.UP);
		assertThat(health(Duration.ofMillis(1)).getDetails().get("failing"))
			.asInstanceOf(InstanceOfAssertFactories.list(Map.class))
			.singleElement(InstanceOfAssertFactories.MAP)
			.containsEntry("socket", "client")
			.containsEntry("state", "connected")
			.containsEntry("stalled", "peer_not_reading");
		await().untilAsserted(() -> {
			while (server.recv(ZMQ.DONTWAIT) != null) {
				continue;
			}
			assertThat(this.fixture.endpoint("client").stalled()).isZero();
			assertThat(stalled("client", "peer_not_reading")).isZero();
			assertThat(health(Duration.ofMillis(1)).getStatus()).isEqualTo(Status.UP);
		});
	}

	private double stalled(String socket, String reason) {
		return this.registry.get("zmq.connections.stalled").tags("socket", socket, "reason", reason).gauge().value();
	}

	private Health health(Duration disconnectedAfter) {
		return new ZmqHealthIndicator(this.fixture.monitor(), disconnectedAfter).health();
	}

}
