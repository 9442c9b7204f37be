package io.github.zmqmonitor.conformance;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;

import io.github.zmqmonitor.model.ZmqEndpointState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Peers that don't speak ZMTP, or not as they should.
 */
class StrangersIT {

	@RegisterExtension
	final Scenario scenario = new Scenario();

	@Test
	void anHttpProbeIsUnversioned() throws Exception {
		ZMQ.Socket server = this.scenario.bound(SocketType.ROUTER, "server");
		try (Socket probe = connect(server)) {
			probe.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			await().untilAsserted(
					() -> assertThat(this.scenario.counter("zmq.handshakes", "server", "outcome", "unversioned"))
						.isEqualTo(1));
		}
		this.scenario.awaitAll("server", ZmqEndpointState.LISTENING, 0);
	}

	@Test
	void randomBytesLeaveNoPeerBehind() throws Exception {
		ZMQ.Socket server = this.scenario.bound(SocketType.ROUTER, "server");
		Random random = new Random(11);
		for (int i = 0; i < 100; i++) {
			byte[] garbage = new byte[random.nextInt(200)];
			random.nextBytes(garbage);
			try (Socket stranger = connect(server)) {
				stranger.getOutputStream().write(garbage);
			}
			catch (IOException ex) {
				// the server may hang up first
			}
		}
		await().untilAsserted(() -> assertThat(this.scenario.endpoint("server").accepted()).isEqualTo(100));
		this.scenario.awaitAll("server", ZmqEndpointState.LISTENING, 0);
	}

	@Test
	void aPortScanLeavesNoPeerBehind() throws Exception {
		ZMQ.Socket server = this.scenario.bound(SocketType.ROUTER, "server");
		for (int i = 0; i < 100; i++) {
			connect(server).close();
		}
		await().untilAsserted(() -> assertThat(
				this.scenario.endpoint("server").accepted() + this.scenario.endpoint("server").acceptFailures())
			.isEqualTo(100));
		this.scenario.awaitAll("server", ZmqEndpointState.LISTENING, 0);
	}

	@Test
	void aSilentClientIsHungUpWhenTheHandshakeTakesTooLong() throws Exception {
		ZMQ.Socket server = this.scenario.socket(SocketType.ROUTER, "server");
		server.setHandshakeIvl(300);
		server.bind("tcp://127.0.0.1:*");
		try (Socket silent = connect(server)) {
			assertThat(silent.isConnected()).isTrue();
			await().untilAsserted(() -> assertThat(this.scenario.endpoint("server").disconnected()).isEqualTo(1));
			this.scenario.awaitAll("server", ZmqEndpointState.LISTENING, 0);
			assertThat(this.scenario.endpoint("server").accepted()).isEqualTo(1);
		}
	}

	@Test
	void anOverLongMessageEndsTheConnection() {
		ZMQ.Socket server = this.scenario.socket(SocketType.PULL, "server");
		server.setMaxMsgSize(1000);
		server.bind("tcp://127.0.0.1:*");
		try (ZContext context = new ZContext()) {
			ZMQ.Socket client = context.createSocket(SocketType.PUSH);
			client.setReconnectIVL(60_000);
			client.connect(server.getLastEndpoint());
			this.scenario.awaitAll("server", ZmqEndpointState.LISTENING, 1);
			client.send(ByteBuffer.allocate(10_000).array());
			this.scenario.awaitAll("server", ZmqEndpointState.LISTENING, 0);
			assertThat(this.scenario.endpoint("server").disconnected()).isEqualTo(1);
		}
	}

	private static Socket connect(ZMQ.Socket server) throws Exception {
		String address = server.getLastEndpoint();
		return new Socket("127.0.0.1", Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)));
	}

}
