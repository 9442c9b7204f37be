package io.github.zmqmonitor.monitor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.github.zmqmonitor.Ways;
import io.github.zmqmonitor.metrics.ZmqMetrics;
import io.github.zmqmonitor.model.ZmqMessages;
import io.github.zmqmonitor.model.ZmqMessages.DropReason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where nothing counts what a publisher drops, its subscribers are compared.
 */
class ComparedSubscribersTests {

	private static final int LIMIT = 20;

	private static final byte[] BODY = new byte[1000];

	@RegisterExtension
	final MonitorFixture fixture = new MonitorFixture();

	private final List<ZMQ.Socket> subscribers = new ArrayList<>();

	@BeforeEach
	void needsPlainClasses() {
		Assumptions.assumeFalse(Ways.isAuto(), "skipped: changed classes count what is dropped");
	}

	@ParameterizedTest
	@EnumSource
	void whatOneSubscriberGetsAndAnotherDoesNotIsALowerBound(Transport transport) {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		new ZmqMetrics(this.fixture.monitor()).bindTo(meters);
		ZMQ.Socket pub = publisher(SocketType.PUB);
		ZMQ.Socket fast = subscriber(transport, pub, "fast", "orders", "prices");
		ZMQ.Socket slow = subscriber(transport, pub, "slow", "orders", "prices");
		subscriber(transport, pub, "other", "orders");
		awaitSubscriptions(pub, 5);
		awaitComparison();
		AtomicLong sent = new AtomicLong();
		AtomicLong frames = new AtomicLong();
		await().pollInterval(Duration.ofMillis(2)).until(() -> {
			for (int i = 0; i < LIMIT / 2; i++) {
				pub.send("orders", ZMQ.SNDMORE);
				pub.send(BODY);
				sent.incrementAndGet();
			}
			return frames.addAndGet(drain(fast)) > 2000;
		});
		await().untilAsserted(() -> assertThat(dropped()).isPositive());
		frames.addAndGet(drain(fast) + drain(slow));
		assertThat(dropped()).isLessThanOrEqualTo(2 * sent.get() - frames.get() / 2);
		ZmqMessages messages = this.fixture.only("pub").messages();
		assertThat(messages.dropped()).containsOnlyKeys(DropReason.QUEUE_FULL);
		assertThat(messages.droppedLowerBound()).isTrue();
		assertThat(meters.get("zmq.messages.dropped").tag("socket", "pub").functionCounters()).singleElement()
			.satisfies((counter) -> {
				assertThat(counter.getId().getTag("reason")).isEqualTo("queue_full");
				await().untilAsserted(() -> assertThat(counter.count()).isEqualTo(dropped()));
			});
		assertThat(meters.find("zmq.messages.dropped").tag("socket", "slow").functionCounters()).isEmpty();
	}

	@Test
	void whoSubscribesAnewIsComparedAnew() {
		ZMQ.Socket pub = publisher(SocketType.XPUB);
		ZMQ.Socket fast = subscriber(Transport.INPROC, pub, "fast", "A");
		ZMQ.Socket slow = subscriber(Transport.INPROC, pub, "slow", "A");
		awaitSubscriptions(pub, 2);
		awaitComparison();
		slow.subscribe("B");
		fast.subscribe("C");
		awaitSubscriptions(pub, 4);
		for (int i = 0; i < 1000; i++) {
			pub.send("B");
			pub.send("C");
			pub.send("C");
			drain(fast);
			drain(slow);
		}
		awaitComparison();
		assertThat(dropped()).isZero();
	}

	@Test
	void whereTheApplicationDecidesNobodyIsCompared() {
		ZMQ.Socket pub = publisher(SocketType.XPUB);
		pub.setXpubManual(true);
		ZMQ.Socket first = subscriber(Transport.INPROC, pub, "first", "A");
		awaitSubscription(pub);
		pub.subscribe("A");
		subscriber(Transport.INPROC, pub, "second", "A");
		awaitSubscription(pub);
		pub.subscribe("B");
		awaitComparison();
		for (int i = 0; i < 100; i++) {
			pub.send("A");
			drain(first);
		}
		awaitComparison();
		assertThat(dropped()).isZero();
	}

	@Test
	void otherTypesSayNothing() {
		assertThat(this.fixture.socket(SocketType.ROUTER, "router")).isNotNull();
		assertThat(this.fixture.only("router").messages().dropped()).isNull();
		assertThat(this.fixture.only("router").messages().droppedLowerBound()).isNull();
	}

	private ZMQ.Socket publisher(SocketType type) {
		ZMQ.Socket pub = this.fixture.socket(type, "pub");
		pub.setSndHWM(LIMIT);
		pub.setSendBufferSize(30_000);
		return pub;
	}

	private ZMQ.Socket subscriber(Transport transport, ZMQ.Socket pub, String name, String... topics) {
		ZMQ.Socket sub = this.fixture.socket(SocketType.SUB, name);
		sub.setRcvHWM(LIMIT);
		sub.setReceiveBufferSize(30_000);
		for (String topic : topics) {
			sub.subscribe(topic);
		}
		pub.connect(transport.bind(sub));
		this.subscribers.add(sub);
		return sub;
	}

	private void awaitSubscriptions(ZMQ.Socket pub, int count) {
		await().untilAsserted(() -> {
			this.subscribers.forEach(ZMQ.Socket::getEvents);
			pub.getEvents();
			assertThat(this.fixture.monitor()
				.snapshot("pub")
				.sockets()
				.get(0)
				.subscriptions()
				.topics()
				.stream()
				.mapToInt((topic) -> topic.peers())
				.sum()).isEqualTo(count);
		});
	}

	private void awaitSubscription(ZMQ.Socket pub) {
		await().until(() -> {
			this.subscribers.forEach(ZMQ.Socket::getEvents);
			return pub.recv(ZMQ.DONTWAIT) != null;
		});
	}

	/** Three looks: two that agree on the topics, and one that compares. */
	private void awaitComparison() {
		for (int i = 0; i < 3; i++) {
			long begin = System.nanoTime();
			await().until(() -> System.nanoTime() - begin > 260_000_000);
			this.fixture.only("pub");
		}
	}

	private long dropped() {
		return this.fixture.only("pub").messages().dropped().get(DropReason.QUEUE_FULL);
	}

	private static long drain(ZMQ.Socket socket) {
		long frames = 0;
		while (socket.recv(ZMQ.DONTWAIT) != null) {
			frames++;
		}
		return frames;
	}

}
