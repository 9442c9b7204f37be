package io.github.zmqmonitor.monitor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import io.github.zmqmonitor.Ways;
import io.github.zmqmonitor.internal.instrument.JeromqInstrumentation;
import io.github.zmqmonitor.internal.totals.AggregateListener;
import io.github.zmqmonitor.internal.totals.SocketAggregate;
import io.github.zmqmonitor.metrics.ZmqMetrics;
import io.github.zmqmonitor.model.ZmqMessages.DropReason;
import io.github.zmqmonitor.model.ZmqPeerSnapshot;
import io.github.zmqmonitor.model.ZmqSocketSnapshot.UnroutableIdentity;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import zmq.Msg;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * What is sent is received or counted as dropped, to the message.
 */
class DroppedMessagesTests {

	private static final int LIMIT = 20;

	private static final byte[] BODY = new byte[1000];

	@RegisterExtension
	final MonitorFixture fixture = new MonitorFixture();

	@BeforeEach
	void needsChangedClasses() {
		Assumptions.assumeTrue(Ways.isAuto(), "skipped: dropped messages are counted by changed classes only");
		assertThat(JeromqInstrumentation.dropsOff()).isNull();
	}

	@ParameterizedTest
	@EnumSource
	void whatASubscriberDoesNotGetIsCountedOncePerMessageAndPeer(Transport transport) {
		ZMQ.Socket pub = this.fixture.socket(SocketType.PUB, "pub");
		publish(transport, pub, (topic) -> {
			pub.sendMore(topic);
			pub.send(BODY);
		});
	}

	@ParameterizedTest
	@EnumSource
	void aProxyCountsWhatItsSubscribersDoNotGet(Transport transport) throws Exception {
		ZMQ.Socket pub = this.fixture.socket(SocketType.PUB, "source");
		ZMQ.Socket xsub = this.fixture.socket(SocketType.XSUB, "xsub");
		pub.setHWM(0);
		xsub.setHWM(0);
		xsub.connect(transport.bind(pub));
		ZMQ.Socket xpub = this.fixture.socket(SocketType.XPUB, "pub");
		xsub.send(new byte[] { 1 });
		await().until(() -> {
			pub.send("begin");
			return xsub.recv(ZMQ.DONTWAIT) != null;
		});
		pub.send("end");
		await().until(() -> "end".equals(xsub.recvStr(ZMQ.DONTWAIT)));
		publish(transport, xpub, (topic) -> {
			pub.sendMore(topic);
			pub.send(BODY);
			// what a proxy does with it
			boolean more;
			do {
				Msg frame = xsub.base().recv(0);
				more = frame.hasMore();
				xpub.base().send(frame, more ? ZMQ.SNDMORE : 0);
			}
			while (more);
		});
	}

	private void publish(Transport transport, ZMQ.Socket pub, Sender sender) {
		pub.setSndHWM(LIMIT);
		pub.setSendBufferSize(30_000);
		List<Subscriber> subscribers = new ArrayList<>();
		String[][] topics = { { "A" }, { "A", "AB", "ABC" }, { "", "AB" }, { "B" }, { "AB", "ABC" }, { "C" } };
		for (int i = 0; i < topics.length; i++) {
			ZMQ.Socket sub = this.fixture.socket(SocketType.SUB, "sub-" + i);
			sub.setRcvHWM(LIMIT);
			sub.setReceiveBufferSize(30_000);
			List.of(topics[i]).forEach((topic) -> sub.subscribe(topic));
			sub.subscribe("own-" + i);
			pub.connect(transport.bind(sub));
			subscribers.add(new Subscriber(sub, topics[i], i % 2 == 0));
		}
		await().untilAsserted(() -> {
			subscribers.forEach((subscriber) -> subscriber.socket.getEvents());
			pub.getEvents();
			assertThat(subscriptions("pub")).isEqualTo(16);
		});
		String[] sent = { "A", "AB", "ABC", "ABCD", "B", "X" };
		for (int i = 0; i < 3000; i++) {
			String topic = sent[i % sent.length];
			sender.send(topic);
			subscribers.forEach((subscriber) -> subscriber.sent(topic));
		}
		Map<DropReason, Long> dropped = dropped("pub");
		assertThat(dropped).containsOnlyKeys(DropReason.QUEUE_FULL, DropReason.PEER_GONE, DropReason.DISCARDED)
			.containsEntry(DropReason.PEER_GONE, 0L)
			.containsEntry(DropReason.DISCARDED, 0L);
		assertThat(dropped.get(DropReason.QUEUE_FULL)).isGreaterThan(1000);
		await().untilAsserted(() -> {
			subscribers.forEach(Subscriber::drain);
			assertThat(subscribers.stream().mapToLong((it) -> it.received).sum() + dropped.get(DropReason.QUEUE_FULL))
				.isEqualTo(subscribers.stream().mapToLong((it) -> it.matching).sum());
		});
		if (transport != Transport.INPROC) {
			for (int i = 0; i < subscribers.size(); i++) {
				Subscriber subscriber = subscribers.get(i);
				assertThat(peer("own-" + i).messages().dropped()).as("own-" + i)
					.isEqualTo(Map.of(DropReason.QUEUE_FULL, subscriber.matching - subscriber.received));
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void ofFiftySubscribersTheSlowOnesMissWhatIsCounted(Transport transport) {
		ZMQ.Socket pub = this.fixture.socket(SocketType.PUB, "pub");
		pub.setSndHWM(LIMIT);
		pub.setSendBufferSize(30_000);
		List<Subscriber> subscribers = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			ZMQ.Socket sub = this.fixture.socket(SocketType.SUB, "sub");
			sub.setRcvHWM(LIMIT);
			sub.setReceiveBufferSize(30_000);
			String[] topics = { "A", "A" + i % 2 };
			List.of(topics).forEach((topic) -> sub.subscribe(topic));
			pub.connect(transport.bind(sub));
			subscribers.add(new Subscriber(sub, topics, i % 5 > 0));
		}
		await().untilAsserted(() -> {
			subscribers.forEach((subscriber) -> subscriber.socket.getEvents());
			pub.getEvents();
			assertThat(subscriptions("pub")).isEqualTo(100);
		});
		for (int i = 0; i < 400; i++) {
			String topic = "A" + i % 3;
			pub.sendMore(topic);
			pub.send(BODY);
			subscribers.forEach((subscriber) -> subscriber.sent(topic));
		}
		long dropped = dropped("pub").get(DropReason.QUEUE_FULL);
		assertThat(dropped).isGreaterThan(500);
		await().untilAsserted(() -> {
			subscribers.forEach(Subscriber::drain);
			assertThat(subscribers.stream().mapToLong((it) -> it.received).sum() + dropped).isEqualTo(50 * 400);
		});
	}

	private ZmqPeerSnapshot peer(String topic) {
		return this.fixture.only("pub")
			.endpoints()
			.stream()
			.flatMap((endpoint) -> endpoint.peers().stream())
			.filter((peer) -> peer.topics().contains(topic))
			.findAny()
			.orElseThrow();
	}

	private int subscriptions(String name) {
		var subscriptions = this.fixture.only(name).subscriptions();
		return (subscriptions != null)
				? subscriptions.topics().stream().mapToInt((topic) -> (topic.peers() != null) ? topic.peers() : 0).sum()
				: 0;
	}

	@ParameterizedTest
	@EnumSource
	void aRouterCountsWhatNobodyAndWhatAFullPeerDoesNotGet(Transport transport) {
		ZMQ.Socket router = this.fixture.socket(SocketType.ROUTER, "router");
		router.setSndHWM(LIMIT);
		String endpoint = transport.bind(router);
		List<ZMQ.Socket> dealers = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			ZMQ.Socket dealer = this.fixture.socket(SocketType.DEALER, "dealer-" + i);
			dealer.setIdentity(("dealer-" + i).getBytes());
			dealer.setRcvHWM(LIMIT);
			dealer.setReceiveBufferSize(30_000);
			dealer.connect(endpoint);
			dealer.send("hello");
			assertThat(router.recvStr()).isEqualTo("dealer-" + i);
			assertThat(router.recvStr()).isEqualTo("hello");
			dealers.add(dealer);
		}
		int each = 2000;
		AtomicLong received = new AtomicLong();
		for (int i = 0; i < 4 * each; i++) {
			router.sendMore("dealer-" + i % 4);
			router.sendMore("part");
			router.send(BODY);
			// one of them reads
			received.addAndGet(receive(dealers.get(0)));
		}
		router.setRouterMandatory(true);
		assertThatExceptionOfType(ZMQException.class).isThrownBy(() -> router.sendMore("nobody"));
		Map<DropReason, Long> dropped = dropped("router");
		assertThat(dropped).containsEntry(DropReason.UNROUTABLE, (long) each)
			.containsEntry(DropReason.PEER_GONE, 0L)
			.containsEntry(DropReason.DISCARDED, 0L)
			.containsEntry(DropReason.TOO_LARGE, 0L);
		assertThat(dropped.get(DropReason.QUEUE_FULL)).isGreaterThan(each);
		await().untilAsserted(() -> {
			dealers.forEach((dealer) -> received.addAndGet(receive(dealer)));
			assertThat(received.get() + dropped.get(DropReason.QUEUE_FULL)).isEqualTo(3 * each);
		});
	}

	@Test
	void theLastTenIdentitiesThatNobodyHasAreKept() {
		ZMQ.Socket router = this.fixture.bound(SocketType.ROUTER, "router");
		assertThat(this.fixture.only("router").unroutable()).isNull();
		for (int i = 0; i < 25; i++) {
			String identity = (i % 2 == 0) ? "often" : "nobody-" + i;
			router.sendMore(identity);
			router.send("message");
		}
		router.sendMore(new byte[] { 0, 1, (byte) 0xfe });
		router.send("message");
		router.sendMore(new byte[100_000]);
		router.send("message");
		List<UnroutableIdentity> unroutable = this.fixture.only("router").unroutable();
		assertThat(unroutable).hasSize(10);
		assertThat(unroutable.get(0).identity()).hasSizeLessThan(256);
		assertThat(unroutable).extracting(UnroutableIdentity::identity)
			.startsWith(unroutable.get(0).identity(), "0001fe", "often", "nobody-23", "nobody-21");
		assertThat(unroutable.get(2).messages()).isEqualTo(13);
		assertThat(unroutable.get(2).lastAt()).isBetween(Instant.now().minusSeconds(60), Instant.now());
		assertThat(this.fixture.only("router").withoutPeers().unroutable()).isNull();
		assertThat(dropped("router")).containsEntry(DropReason.UNROUTABLE, 27L);
	}

	@Test
	void metersOfDropsExistForTheReasonsOfATypeAndOutliveTheSocket() {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		new ZmqMetrics(this.fixture.monitor()).bindTo(meters);
		ZMQ.Socket router = this.fixture.bound(SocketType.ROUTER, "router");
		ZMQ.Socket pub = this.fixture.bound(SocketType.PUB, "pub");
		for (int i = 0; i < 3; i++) {
			router.sendMore("nobody");
			router.send("message");
			pub.send("nobody has subscribed");
		}
		assertThat(meters.get("zmq.messages.dropped").tag("socket", "pub").functionCounters())
			.extracting((counter) -> counter.getId().getTag("reason"), FunctionCounter::count)
			.containsExactlyInAnyOrder(tuple("queue_full", 0.0), tuple("peer_gone", 0.0), tuple("discarded", 0.0));
		List.of(router, pub).forEach(ZMQ.Socket::close);
		await().untilAsserted(() -> {
			assertThat(this.fixture.sockets()).isEmpty();
			assertThat(meters.get("zmq.messages.dropped")
				.tags("socket", "router", "socket.type", "ROUTER", "reason", "unroutable")
				.functionCounter()
				.count()).isEqualTo(3);
		});
	}

	@Test
	void aMessageWhosePeerGoesBetweenTwoFramesIsOneDrop() {
		ZMQ.Socket router = this.fixture.bound(SocketType.ROUTER, "router");
		ZMQ.Socket dealer = this.fixture.socket(SocketType.DEALER, "dealer");
		dealer.setIdentity("dealer".getBytes());
		dealer.connect(router.getLastEndpoint());
		dealer.send("hello");
		assertThat(router.recvStr()).isEqualTo("dealer");
		assertThat(router.recvStr()).isEqualTo("hello");
		router.sendMore("dealer");
		router.sendMore("begin");
		dealer.close();
		await().untilAsserted(() -> {
			router.sendMore("more");
			assertThat(dropped("router")).containsEntry(DropReason.PEER_GONE, 1L);
		});
		router.send("end");
		assertThat(dropped("router")).containsEntry(DropReason.PEER_GONE, 1L).containsEntry(DropReason.UNROUTABLE, 0L);
		AtomicLong sent = new AtomicLong(1);
		await().untilAsserted(() -> {
			// JeroMQ keeps the peer until all that came from it is read
			router.recv(ZMQ.DONTWAIT);
			router.sendMore("dealer");
			router.send("too late");
			sent.incrementAndGet();
			assertThat(dropped("router").get(DropReason.UNROUTABLE)).isPositive();
		});
		assertThat(dropped("router").values().stream().mapToLong(Long::longValue).sum()).isEqualTo(sent.get());
	}

	@Test
	void aBalancedMessageWhosePeerGoesBetweenTwoFramesIsOneDrop() {
		ZMQ.Socket push = this.fixture.bound(SocketType.PUSH, "push");
		ZMQ.Socket pull = this.fixture.socket(SocketType.PULL, "pull");
		pull.connect(push.getLastEndpoint());
		push.sendMore("begin");
		pull.close();
		await().untilAsserted(() -> {
			push.sendMore("more");
			assertThat(dropped("push")).containsEntry(DropReason.PEER_GONE, 1L);
		});
	}

	@ParameterizedTest
	@EnumSource
	void aRadioOfManyThreadsCountsWhatADishDoesNotGet(Transport transport) throws Exception {
		ZMQ.Socket radio = this.fixture.socket(SocketType.RADIO, "radio");
		radio.setSndHWM(LIMIT);
		String endpoint = transport.bind(radio);
		List<ZMQ.Socket> dishes = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			ZMQ.Socket dish = this.fixture.socket(SocketType.DISH, "dish-" + i);
			dish.setRcvHWM(LIMIT);
			dish.setReceiveBufferSize(30_000);
			dish.connect(endpoint);
			dish.join("group");
			dishes.add(dish);
		}
		await().untilAsserted(() -> {
			radio.send("nothing", ZMQ.DONTWAIT);
			assertThat(subscriptions("radio")).isEqualTo(2);
		});
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			Thread thread = new Thread(() -> {
				for (int j = 0; j < 500; j++) {
					Msg message = new Msg(BODY);
					message.setGroup((j % 5 == 0) ? "other" : "group");
					radio.base().send(message, 0);
				}
			});
			threads.add(thread);
			thread.start();
		}
		long received = 0;
		for (Thread thread : threads) {
			while (thread.isAlive()) {
				received += receive(dishes.get(0));
			}
			thread.join();
		}
		long dropped = dropped("radio").get(DropReason.QUEUE_FULL);
		assertThat(dropped).isGreaterThan(300);
		AtomicLong all = new AtomicLong(received);
		await().untilAsserted(() -> {
			dishes.forEach((dish) -> all.addAndGet(receive(dish)));
			assertThat(all.get() + dropped).isEqualTo(2 * 3 * 400);
		});
	}

	@Test
	void whatIsTooLargeIsOneDropPerConnectionThatItEnds() {
		ZMQ.Socket pull = this.fixture.socket(SocketType.PULL, "pull");
		pull.setMaxMsgSize(100);
		pull.bind("tcp://127.0.0.1:*");
		ZMQ.Socket push = this.fixture.socket(SocketType.PUSH, "push");
		push.connect(pull.getLastEndpoint());
		push.send(new byte[100]);
		assertThat(pull.recv()).hasSize(100);
		push.sendMore("part");
		push.send(new byte[101]);
		await().untilAsserted(
				() -> assertThat(dropped("pull")).containsOnlyKeys(DropReason.DISCARDED, DropReason.TOO_LARGE)
					.containsEntry(DropReason.TOO_LARGE, 1L));
	}

	@Test
	void whatASocketHasNotSentOrReadWhenItIsClosedIsDiscarded() {
		List<SocketAggregate> aggregates = new ArrayList<>();
		this.fixture.monitor().registry().totals().addListener(new AggregateListener<>() {

			@Override
			public void added(SocketAggregate aggregate) {
				aggregates.add(aggregate);
			}

			@Override
			public void removed(SocketAggregate aggregate) {
			}

		});
		ZMQ.Socket push = this.fixture.socket(SocketType.PUSH, "unsent");
		push.setLinger(0);
		push.connect("tcp://127.0.0.1:" + MonitorFixture.freePort());
		ZMQ.Socket pull = this.fixture.bound(SocketType.PULL, "unread");
		ZMQ.Socket source = this.fixture.socket(SocketType.PUSH, "source");
		source.connect(pull.getLastEndpoint());
		ZMQ.Socket left = this.fixture.socket(SocketType.PAIR, "left");
		ZMQ.Socket right = this.fixture.socket(SocketType.PAIR, "right");
		left.bind("inproc://pair");
		right.connect("inproc://pair");
		for (int i = 0; i < 10; i++) {
			push.send("unsent");
			source.sendMore("un");
			source.send("read");
			left.send("to the right");
		}
		assertThat(pull.recvStr()).isEqualTo("un");
		assertThat(pull.recvStr()).isEqualTo("read");
		assertThat(right.recvStr()).isEqualTo("to the right");
		await().untilAsserted(() -> assertThat(this.fixture.only("unread").queues().received().size()).isEqualTo(9));
		List.of(push, pull, right).forEach(ZMQ.Socket::close);
		await().untilAsserted(() -> {
			left.getEvents();
			assertThat(discarded(aggregates, "unsent")).isEqualTo(10);
			assertThat(discarded(aggregates, "unread")).isEqualTo(9);
			assertThat(discarded(aggregates, "left")).isEqualTo(9);
		});
		assertThat(discarded(aggregates, "right")).isZero();
		assertThat(discarded(aggregates, "source")).isZero();
	}

	@Test
	void whatASocketHasNotSentWhenItIsDisconnectedWithoutLingerIsDiscarded() {
		ZMQ.Socket push = this.fixture.socket(SocketType.PUSH, "push");
		push.setLinger(0);
		String nobody = "tcp://127.0.0.1:" + MonitorFixture.freePort();
		push.connect(nobody);
		for (int i = 0; i < 10; i++) {
			push.sendMore("un");
			push.send("sent");
		}
		assertThat(push.disconnect(nobody)).isTrue();
		await().untilAsserted(() -> {
			push.getEvents();
			assertThat(dropped("push")).containsEntry(DropReason.DISCARDED, 10L)
				.containsEntry(DropReason.PEER_GONE, 0L);
		});
	}

	@Test
	void aPublisherThatRefusesCountsNothingHoweverOftenItIsAsked() {
		ZMQ.Socket pub = this.fixture.socket(SocketType.XPUB, "pub");
		pub.setXpubNoDrop(true);
		pub.setSndHWM(LIMIT);
		ZMQ.Socket sub = this.fixture.socket(SocketType.SUB, "sub");
		sub.setRcvHWM(LIMIT);
		sub.subscribe("");
		pub.connect(Transport.INPROC.bind(sub));
		await().untilAsserted(() -> {
			List.of(sub, pub).forEach(ZMQ.Socket::getEvents);
			assertThat(subscriptions("pub")).isEqualTo(1);
		});
		int sent = 0;
		for (int i = 0; i < 1000; i++) {
			sent += pub.send(BODY, ZMQ.DONTWAIT) ? 1 : 0;
		}
		assertThat(sent).isBetween(LIMIT, 900);
		assertThat(receive(sub)).isEqualTo(sent);
		assertThat(dropped("pub").values()).containsOnly(0L);
	}

	private static long discarded(List<SocketAggregate> aggregates, String name) {
		return aggregates.stream()
			.filter((aggregate) -> aggregate.key().socket().equals(name))
			.mapToLong((aggregate) -> aggregate.totals().dropped[DropReason.DISCARDED.ordinal()])
			.sum();
	}

	private Map<DropReason, Long> dropped(String name) {
		return this.fixture.only(name).messages().dropped();
	}

	private static long receive(ZMQ.Socket socket) {
		long messages = 0;
		while (socket.recv(ZMQ.DONTWAIT) != null) {
			messages += socket.hasReceiveMore() ? 0 : 1;
		}
		return messages;
	}

	/** Sends one message of two frames. */
	private interface Sender {

		void send(String topic);

	}

	/** A subscriber that reads at once, or when all is sent. */
	private static final class Subscriber {

		private final ZMQ.Socket socket;

		private final String[] topics;

		private final boolean quick;

		private long matching;

		private long received;

		private Subscriber(ZMQ.Socket socket, String[] topics, boolean quick) {
			this.socket = socket;
			this.topics = topics;
			this.quick = quick;
		}

		void sent(String topic) {
			for (String prefix : this.topics) {
				if (topic.startsWith(prefix)) {
					this.matching++;
					break;
				}
			}
			if (this.quick) {
				drain();
			}
		}

		void drain() {
			this.received += receive(this.socket);
		}

	}

}
