package io.github.zmqmonitor.conformance;

import io.github.zmqmonitor.Ways;
import io.github.zmqmonitor.model.ZmqMessages.DropReason;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is sent to libzmq is received there or counted as dropped, to the message.
 */
class DroppedMessagesIT {

	private static final int MESSAGES = 3000;

	private static final byte[] BODY = new byte[1000];

	@RegisterExtension
	final Scenario scenario = new Scenario();

	@AutoClose
	private LibzmqPeer peer;

	@BeforeEach
	void startPeer() {
		Assumptions.assumeTrue(Ways.isAuto(), "skipped: dropped messages are counted by changed classes only");
		this.peer = LibzmqPeer.start();
	}

	@Test
	void whatASubscriberDoesNotGetIsCountedOnce() {
		ZMQ.Socket pub = limited(SocketType.PUB);
		String[] slow = { "A", "AB", "ABC" };
		String[] quick = { "AB" };
		subscribe("slow", pub.getLastEndpoint(), slow);
		subscribe("quick", pub.getLastEndpoint(), quick);
		await().untilAsserted(() -> {
			pub.getEvents();
			assertThat(this.scenario.only("socket").subscriptions().topics()).satisfiesExactlyInAnyOrder(
					(topic) -> assertThat(topic.peers()).isEqualTo(1),
					(topic) -> assertThat(topic.peers()).isEqualTo(2),
					(topic) -> assertThat(topic.peers()).isEqualTo(1));
		});
		long matching = 0;
		long received = 0;
		String[] sent = { "A", "AB", "ABCD", "B" };
		for (int i = 0; i < MESSAGES; i++) {
			String topic = sent[i % sent.length];
			pub.sendMore(topic);
			pub.send(BODY);
			matching += topic.startsWith("A") ? topic.startsWith("AB") ? 2 : 1 : 0;
			received += (i % 500 == 0) ? drain("quick") : 0;
		}
		assertBalance(matching, received, "slow", "quick");
	}

	@Test
	void whatADealerDoesNotGetIsCounted() {
		ZMQ.Socket router = limited(SocketType.ROUTER);
		for (String name : new String[] { "slow", "quick" }) {
			this.peer.command("socket", name, "DEALER");
			limit(name);
			this.peer.command("option", name, "IDENTITY", name);
			this.peer.command("connect", name, router.getLastEndpoint());
			this.peer.command("send", name, "hello");
			assertThat(router.recvStr()).isEqualTo(name);
			assertThat(router.recvStr()).isEqualTo("hello");
		}
		long received = 0;
		String[] to = { "slow", "quick", "nobody" };
		for (int i = 0; i < MESSAGES; i++) {
			router.sendMore(to[i % to.length]);
			router.send(BODY);
			received += (i % 500 == 0) ? drain("quick") : 0;
		}
		assertThat(this.scenario.only("socket").messages().dropped()).containsEntry(DropReason.UNROUTABLE,
				MESSAGES / 3L);
		assertBalance(2 * MESSAGES / 3, received, "slow", "quick");
	}

	private ZMQ.Socket limited(SocketType type) {
		ZMQ.Socket socket = this.scenario.socket(type, "socket");
		socket.setSndHWM(20);
		socket.bind("tcp://127.0.0.1:*");
		return socket;
	}

	private void limit(String name) {
		this.peer.command("option", name, "RCVHWM", "20");
		this.peer.command("option", name, "RCVBUF", "30000");
	}

	private void subscribe(String name, String address, String... topics) {
		this.peer.command("socket", name, "SUB");
		limit(name);
		for (String topic : topics) {
			this.peer.command("option", name, "SUBSCRIBE", topic);
		}
		this.peer.command("connect", name, address);
	}

	private long drain(String name) {
		return Long.parseLong(this.peer.command("drain", name));
	}

	private void assertBalance(long matching, long before, String... peers) {
		long dropped = this.scenario.only("socket").messages().dropped().get(DropReason.QUEUE_FULL);
		assertThat(dropped).isGreaterThan(100);
		long[] received = { before };
		await().untilAsserted(() -> {
			for (String name : peers) {
				received[0] += drain(name);
			}
			assertThat(received[0] + dropped).isEqualTo(matching);
		});
	}

}
