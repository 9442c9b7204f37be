package io.github.zmqmonitor.monitor;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

import io.github.zmqmonitor.metrics.ZmqMetrics;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqEventType;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server greets, as each does whatever it then thinks of the client, and ends the
 * connection: of a wrong key libzmq says nothing else. That ends no outage.
 */
class GreetedAndLostTests {

	private static final int ROUNDS = 5;

	private static final int GREETING = 64;

	@RegisterExtension
	final MonitorFixture fixture = new MonitorFixture();

	@AutoClose
	private final MeterRegistry registry = new SimpleMeterRegistry();

	@Test
	void aGreetingEndsNoOutage() throws IOException {
		ZMQ.Socket client = this.fixture.socket(SocketType.DEALER, "client");
		try (ZmqMetrics metrics = new ZmqMetrics(this.fixture.monitor());
				ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			metrics.bindTo(this.registry);
			client.connect("tcp://127.0.0.1:" + server.getLocalPort());
			Instant began = this.fixture.endpoint("client").awaySince();
			assertThat(began).isNotNull();
			for (int i = 1; i <= ROUNDS; i++) {
				greetAndEnd(server, i);
			}
			await().untilAsserted(
					() -> assertThat(this.fixture.endpoint("client").disconnected()).isGreaterThanOrEqualTo(ROUNDS));
			ZmqEndpointSnapshot endpoint = this.fixture.endpoint("client");
			assertThat(endpoint.state()).isNotEqualTo(ZmqEndpointState.CONNECTED);
			assertThat(endpoint.connections()).isZero();
			assertThat(endpoint.awaySince()).isEqualTo(began);
			assertThat(this.registry.get("zmq.connect.time").timers()).extracting(Timer::count).containsOnly(0L);
		}
	}

	private void greetAndEnd(ServerSocket server, int round) throws IOException {
		try (Socket accepted = server.accept()) {
			accepted.getOutputStream().write(greeting());
			await().untilAsserted(
					() -> assertThat(this.fixture.monitor().statistics().events(ZmqEventType.HANDSHAKE_PROTOCOL))
						.isGreaterThanOrEqualTo(round));
			InputStream in = accepted.getInputStream();
			in.readNBytes(GREETING);
		}
	}

	/** Version 3.0, no security, as a client. */
	private static byte[] greeting() {
		byte[] greeting = new byte[GREETING];
		greeting[0] = (byte) 0xff;
		greeting[8] = 1;
		greeting[9] = 0x7f;
		greeting[10] = 3;
		byte[] mechanism = "NULL".getBytes(StandardCharsets.US_ASCII);
		System.arraycopy(mechanism, 0, greeting, 12, mechanism.length);
		return greeting;
	}

}
