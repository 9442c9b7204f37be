package io.github.zmqmonitor.monitor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqEventType;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * JeroMQ takes whatever has no version of ZMTP for a peer of a very old one: an SSH
 * server's banner, an HTTP request. That is no connection which can be used.
 */
class OtherProtocolsTests {

	@RegisterExtension
	final MonitorFixture fixture = new MonitorFixture();

	@ParameterizedTest
	@ValueSource(strings = { "SSH-2.0-OpenSSH_9.6\r\n", "220 mail ESMTP ready\r\n", "HTTP/1.1 400 Bad Request\r\n" })
	void aServerOfAnotherProtocolIsNeverConnected(String banner) throws IOException {
		ZMQ.Socket client = this.fixture.socket(SocketType.SUB, "client");
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			client.connect("tcp://127.0.0.1:" + server.getLocalPort());
			try (Socket accepted = server.accept()) {
				accepted.getOutputStream().write(banner.getBytes(StandardCharsets.US_ASCII));
				await().untilAsserted(
						() -> assertThat(this.fixture.monitor().statistics().events(ZmqEventType.HANDSHAKE_PROTOCOL))
							.isPositive());
				assertNotConnected();
			}
			assertNotConnected();
		}
	}

	private void assertNotConnected() {
		for (int i = 0; i < 3; i++) {
			ZmqEndpointSnapshot endpoint = this.fixture.endpoint("client");
			assertThat(endpoint.state()).isIn(ZmqEndpointState.HANDSHAKING, ZmqEndpointState.RETRYING,
					ZmqEndpointState.CONNECTING, ZmqEndpointState.DISCONNECTED);
			assertThat(endpoint.connections()).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource(value = SocketType.class, names = { "ROUTER", "PULL", "XPUB", "REP" })
	void aClientOfAnotherProtocolIsNoClient(SocketType type) throws IOException {
		ZMQ.Socket server = this.fixture.bound(type, "server");
		String address = server.getLastEndpoint();
		try (Socket probe = new Socket("127.0.0.1",
				Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)))) {
			probe.getOutputStream().write("POST / HTTP/1.1\r\nHost: x\r\n".getBytes(StandardCharsets.US_ASCII));
			await().untilAsserted(
					() -> assertThat(this.fixture.monitor().statistics().events(ZmqEventType.HANDSHAKE_PROTOCOL))
						.isPositive());
			for (int i = 0; i < 3; i++) {
				ZmqEndpointSnapshot endpoint = this.fixture.endpoint("server");
				assertThat(endpoint.connections()).isZero();
				assertThat(endpoint.accepted()).isEqualTo(1);
				MonitorFixture.assertBalanced(endpoint);
			}
		}
	}

}
