package io.github.zmqmonitor.monitor;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import io.github.zmqmonitor.internal.kernel.KernelAccess;
import io.github.zmqmonitor.model.ZmqHint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import zmq.SocketBase;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Clients that the kernel has taken in and JeroMQ has not, since its I/O thread stands
 * still.
 */
class UnacceptedPeersTests {

	@RegisterExtension
	final MonitorFixture fixture = new MonitorFixture();

	@BeforeEach
	void needsLinux() {
		assumeTrue(KernelAccess.isPossible(), "skipped: the kernel is asked on Linux only");
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp://127.0.0.1:*", "tcp://*:*" })
	void peersThatOnlyTheKernelKnowsAreToldUntilTheyAreAccepted(String endpoint) throws Exception {
		ZMQ.Socket server = this.fixture.socket(SocketType.ROUTER, "server");
		server.setHandshakeIvl(0);
		server.bind(endpoint);
		String address = server.getLastEndpoint();
		int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
		CountDownLatch standing = new CountDownLatch(1);
		CountDownLatch go = new CountDownLatch(1);
		// its hook is called on the I/O thread
		SocketBase blocker = server.base().getCtx().createSocket(zmq.ZMQ.ZMQ_ROUTER);
		blocker.setEventHook((event) -> standStill(standing, go), ZMQ.EVENT_ACCEPTED);
		assertThat(blocker.bind("tcp://127.0.0.1:*")).isTrue();
		List<Socket> clients = new ArrayList<>();
		try {
			String other = (String) blocker.getSocketOptx(zmq.ZMQ.ZMQ_LAST_ENDPOINT);
			clients.add(new Socket("127.0.0.1", Integer.parseInt(other.substring(other.lastIndexOf(':') + 1))));
			standing.await();
			clients.add(new Socket("127.0.0.1", port));
			clients.add(new Socket("127.0.0.1", port));
			await().untilAsserted(() -> assertThat(hints()).singleElement().satisfies((hint) -> {
				assertThat(hint.endpoint()).isEqualTo(endpoint);
				assertThat(hint.message()).startsWith("2 peers have connected");
			}));
			assertThat(this.fixture.endpoint("server").accepted()).isZero();
			go.countDown();
			await().untilAsserted(() -> assertThat(this.fixture.endpoint("server").accepted()).isEqualTo(2));
			await().untilAsserted(() -> assertThat(hints()).isEmpty());
		}
		finally {
			go.countDown();
			close(clients);
			blocker.close();
		}
	}

	private List<ZmqHint> hints() {
		return this.fixture.only("server")
			.hints()
			.stream()
			.filter((hint) -> hint.kind() == ZmqHint.Kind.NOT_ACCEPTED)
			.toList();
	}

	private static void standStill(CountDownLatch standing, CountDownLatch go) {
		standing.countDown();
		try {
			go.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void close(List<Socket> clients) throws IOException {
		for (Socket client : clients) {
			client.close();
		}
	}

}
