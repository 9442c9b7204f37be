package io.github.zmqmonitor.monitor;

import java.util.List;

import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqPeerSnapshot;
import io.github.zmqmonitor.model.ZmqQueues;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What waits, of each type, at sockets that have never been read, and where only the last
 * message is kept.
 */
class WaitingMessagesTests {

	private static final int MESSAGES = 1250;

	@RegisterExtension
	final MonitorFixture fixture = new MonitorFixture();

	@ParameterizedTest
	@CsvSource({ "PUSH, PULL", "DEALER, DEALER", "DEALER, ROUTER", "PAIR, PAIR", "XPUB, SUB", "PUB, XSUB",
			"CLIENT, SERVER", "SCATTER, GATHER", "CHANNEL, CHANNEL" })
	void allMessagesWaitWhereNobodyHasEverRead(SocketType type, SocketType sinkType) {
		ZMQ.Socket sink = this.fixture.socket(sinkType, "sink");
		sink.setRcvHWM(0);
		if (sinkType == SocketType.SUB) {
			sink.subscribe(ZMQ.SUBSCRIPTION_ALL);
		}
		sink.bind("tcp://127.0.0.1:*");
		ZMQ.Socket source = this.fixture.socket(type, "source");
		source.setSndHWM(0);
		source.connect(sink.getLastEndpoint());
		this.fixture.awaitState("source", ZmqEndpointState.CONNECTED);
		if (sinkType == SocketType.XSUB) {
			sink.send(new byte[] { 1 });
		}
		if (type == SocketType.PUB || type == SocketType.XPUB) {
			awaitSubscription(sink, source);
		}
		for (int i = 0; i < MESSAGES; i++) {
			assertThat(source.send(Integer.toString(i))).isTrue();
		}
		await().untilAsserted(() -> assertThat(queues("sink").received().size()).isEqualTo(MESSAGES));
		assertThat(peers("sink")).extracting((peer) -> peer.queues().received().size())
			.containsExactly((long) MESSAGES);
		await().untilAsserted(() -> assertThat(queues("source").sent().size()).isZero());
		assertThat(sink.recv()).isNotNull();
		if (sinkType == SocketType.ROUTER) {
			assertThat(sink.recvStr()).isEqualTo("0");
		}
		await().untilAsserted(() -> assertThat(queues("sink").received().size()).isEqualTo(MESSAGES - 1));
	}

	private void awaitSubscription(ZMQ.Socket subscriber, ZMQ.Socket publisher) {
		await().untilAsserted(() -> {
			// they send and hear of subscriptions when they are used
			subscriber.getEvents();
			publisher.getEvents();
			assertThat(this.fixture.only("source").subscriptions().topics()).hasSize(1);
		});
	}

	@ParameterizedTest
	@CsvSource({ "PUSH, PULL", "DEALER, DEALER", "PUB, SUB" })
	void whereOnlyTheLastMessageIsKeptOneWaitsAtMost(SocketType type, SocketType sinkType) {
		ZMQ.Socket sink = this.fixture.socket(sinkType, "sink");
		sink.setConflate(true);
		if (sinkType == SocketType.SUB) {
			sink.subscribe(ZMQ.SUBSCRIPTION_ALL);
		}
		ZMQ.Socket source = this.fixture.socket(type, "source");
		source.setConflate(true);
		source.bind("tcp://127.0.0.1:*");
		sink.connect(source.getLastEndpoint());
		this.fixture.awaitState("sink", ZmqEndpointState.CONNECTED);
		this.fixture.awaitConnections("source", 1);
		await().untilAsserted(() -> {
			for (int i = 0; i < MESSAGES; i++) {
				source.send(Integer.toString(i));
			}
			assertThat(queues("source").sent().size()).isBetween(0L, 1L);
			assertThat(queues("sink").received().size()).isEqualTo(1);
		});
		await().untilAsserted(() -> {
			assertThat(queues("source").sent().size()).isZero();
			assertThat(queues("sink").received().size()).isEqualTo(1);
		});
		assertThat(peers("sink")).extracting((peer) -> peer.queues().received().size()).containsExactly(1L);
		assertThat(sink.recv()).isNotNull();
		await().untilAsserted(() -> assertThat(queues("sink").received().size()).isZero());
	}

	private ZmqQueues queues(String socket) {
		return this.fixture.only(socket).queues();
	}

	private List<ZmqPeerSnapshot> peers(String socket) {
		return this.fixture.endpoint(socket).peers();
	}

}
