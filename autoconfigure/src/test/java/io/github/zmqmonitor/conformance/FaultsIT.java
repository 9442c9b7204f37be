package io.github.zmqmonitor.conformance;

import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.github.zmqmonitor.Ways;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.monitor.MonitorFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Faults of the worst kind.
 */
class FaultsIT {

	@RegisterExtension
	final Scenario scenario = new Scenario();

	@Test
	void aContextWithFiftyLiveSocketsCloses() throws Exception {
		ZMQ.Socket server = this.scenario.bound(SocketType.ROUTER, "server");
		for (int i = 0; i < 50; i++) {
			this.scenario.socket(SocketType.DEALER, "client").connect(server.getLastEndpoint());
		}
		this.scenario.awaitConnections("server", 50);
		MonitorFixture.assertCloses(this.scenario.context());
		await().untilAsserted(() -> {
			assertThat(this.scenario.gauge("zmq.connections", "client")).isZero();
			assertThat(this.scenario.gauge("zmq.connections", "server")).isZero();
			assertThat(this.scenario.counter("zmq.connections.closed", "server")).isEqualTo(50);
		});
	}

	@Test
	void aThreadBlockedInReceiveIsInterruptedByTermination() throws Exception {
		ZMQ.Socket server = this.scenario.bound(SocketType.ROUTER, "server");
		Thread blocked = new Thread(() -> {
			try {
				server.recv();
			}
			catch (ZMQException ex) {
				server.close();
			}
		});
		blocked.start();
		await().until(() -> isInside(blocked, "zmq.Signaler"));
		this.scenario.context().getContext().term();
		blocked.join(MonitorFixture.LIMIT.toMillis());
		assertThat(blocked.isAlive()).isFalse();
		await().untilAsserted(() -> assertThat(this.scenario.sockets()).isEmpty());
	}

	@Test
	void aContextCanBeClosedAndMadeAgain() {
		for (int i = 0; i < 20; i++) {
			try (ZContext plain = new ZContext()) {
				ZMQ.Socket socket = this.scenario.monitor().monitor("again", plain).createSocket(SocketType.PUB);
				socket.bind("tcp://127.0.0.1:*");
				this.scenario.awaitState(Ways.owner("again", "faultsIT") + ".pub", ZmqEndpointState.LISTENING);
			}
			await().untilAsserted(() -> assertThat(this.scenario.sockets()).isEmpty());
		}
		assertThat(this.scenario.monitor().statistics().endpoints()).isEqualTo(1);
	}

	@Test
	void aRetryIntervalOfZeroIsAbandoned() {
		ZMQ.Socket client = this.scenario.socket(SocketType.DEALER, "client");
		client.setReconnectIVL(0);
		client.connect("tcp://127.0.0.1:" + MonitorFixture.freePort());
		this.scenario.awaitAll("client", ZmqEndpointState.ABANDONED, 0);
		assertThat(this.scenario.endpoint("client").retries()).isZero();
	}

	@Test
	void aRetryIntervalBelowZeroIsAbandonedAfterALoss() {
		ZMQ.Socket server = this.scenario.bound(SocketType.ROUTER, "server");
		ZMQ.Socket client = this.scenario.socket(SocketType.DEALER, "client");
		client.setReconnectIVL(-1);
		client.connect(server.getLastEndpoint());
		client.send("hello");
		assertThat(server.recv()).isNotNull();
		server.close();
		this.scenario.awaitAll("client", ZmqEndpointState.ABANDONED, 0);
		assertThat(this.scenario.endpoint("client").retries()).isZero();
		assertThat(this.scenario.endpoint("client").established()).isEqualTo(1);
	}

	@Test
	void aRetryIntervalBelowZeroIsAHotLoopThatCostsNoMemory() {
		ZMQ.Socket client = this.scenario.socket(SocketType.DEALER, "client");
		client.setReconnectIVL(-1);
		client.connect("tcp://127.0.0.1:" + MonitorFixture.freePort());
		await().untilAsserted(() -> assertThat(this.scenario.endpoint("client").retries()).isGreaterThan(1000));
		ZmqEndpointSnapshot endpoint = this.scenario.endpoint("client");
		assertThat(endpoint.state()).isEqualTo(ZmqEndpointState.RETRYING);
		assertThat(this.scenario.only("client").recentEvents()).hasSizeBetween(3, 64)
			.anySatisfy((event) -> assertThat(event.count()).isNotNull().isGreaterThan(100));
		MonitorFixture.assertBalanced(endpoint);
	}

	/**
	 * More at once can stop JeroMQ's I/O thread for ever: each command to it leaves a
	 * byte in a pipe, which it reads only when no command waits, and which it writes to
	 * itself.
	 */
	@Test
	void threeThousandEndpointsAreAtMostTheLimitAndTheRestTogether() {
		ZMQ.Socket client = this.scenario.socket(SocketType.DEALER, "client");
		client.setReconnectIVL(600_000);
		for (int i = 0; i < 3_000; i++) {
			String address = "tcp://127.0.0.1:" + (10_000 + i);
			client.connect(address);
			client.disconnect(address);
		}
		assertThat(this.scenario.monitor().statistics().endpoints()).isEqualTo(100);
		assertThat(this.scenario.only("client").endpoints().size()).isLessThanOrEqualTo(300);
		// I/O threads may still be at it
		await().untilAsserted(() -> {
			double attempts = this.scenario.counter("zmq.connect.attempts", "client")
					+ this.scenario.counter("zmq.connect.attempts", "other");
			assertThat(attempts).isEqualTo(this.scenario.monitor().statistics().events(ZmqEventType.CONNECT_DELAYED));
		});
	}

	private static boolean isInside(Thread thread, String className) {
		return Arrays.stream(thread.getStackTrace()).anyMatch((frame) -> frame.getClassName().equals(className));
	}

	@Test
	void fourIoThreadsTellOfConnectionsInAnyOrder() throws Exception {
		ZContext plain = new ZContext(4);
		try {
			ZMQ.Socket server = this.scenario.monitor().monitor("four", plain).createSocket(SocketType.ROUTER);
			server.bind("tcp://127.0.0.1:*");
			String address = server.getLastEndpoint();
			int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
			ExecutorService strangers = Executors.newFixedThreadPool(4);
			try {
				List<Future<?>> running = new ArrayList<>();
				for (int i = 0; i < 4; i++) {
					running.add(strangers.submit(() -> comeAndGo(port, 250)));
				}
				for (Future<?> future : running) {
					future.get();
				}
			}
			finally {
				strangers.shutdownNow();
			}
			String name = Ways.owner("four", "faultsIT") + ".router";
			await().untilAsserted(() -> {
				this.scenario.assertAll(name, "tcp://127.0.0.1:*", ZmqEndpointState.LISTENING, 0);
				ZmqEndpointSnapshot endpoint = this.scenario.endpoint(name);
				assertThat(endpoint.accepted() + endpoint.acceptFailures()).isEqualTo(1000);
				assertThat(endpoint.disconnected()).isEqualTo(endpoint.accepted());
			});
		}
		finally {
			plain.close();
		}
	}

	private static Void comeAndGo(int port, int count) throws Exception {
		for (int i = 0; i < count; i++) {
			try (Socket socket = new Socket("127.0.0.1", port)) {
				socket.getInputStream().read();
			}
		}
		return null;
	}

}
