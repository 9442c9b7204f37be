package io.github.zmqmonitor.monitor;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import io.github.zmqmonitor.model.ZmqPeerSnapshot;
import io.github.zmqmonitor.model.ZmqSocketSnapshot.Subscriptions;
import io.github.zmqmonitor.model.ZmqSocketSnapshot.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Subscriptions against what was really subscribed to.
 */
class SubscriptionsTests {

	/** How many changes follow upon one another before a reader can be sure. */
	private static final int BURST = 1000;

	private static final Duration QUIET = Duration.ofMillis(40);

	@RegisterExtension
	final MonitorFixture fixture = new MonitorFixture();

	@Test
	void aSubscriberShowsItsOwn() {
		ZMQ.Socket sub = this.fixture.socket(SocketType.SUB, "sub");
		assertThat(subscriptions("sub")).isEqualTo(new Subscriptions(List.of(), 0));
		sub.subscribe("b");
		sub.subscribe("a.long.topic.that.needs.more.room");
		sub.subscribe("a");
		sub.subscribe("a");
		sub.subscribe("z");
		sub.unsubscribe("z");
		sub.subscribe(new byte[] { (byte) 0xff, 'x' });
		Subscriptions subscriptions = subscriptions("sub");
		assertThat(topics(subscriptions)).containsExactly("ff78", "a", "a.long.topic.that.needs.more.room", "b");
		assertThat(subscriptions.total()).isEqualTo(4);
		assertThat(subscriptions.topics()).extracting(Topic::peers).containsOnlyNulls();
	}

	@Test
	void everythingIsAnEmptyTopic() {
		this.fixture.socket(SocketType.SUB, "sub").subscribe(ZMQ.SUBSCRIPTION_ALL);
		assertThat(topics(subscriptions("sub"))).containsExactly("");
	}

	@Test
	void aPublisherShowsThoseOfItsPeersAndWhoHasThem() {
		ZMQ.Socket pub = this.fixture.bound(SocketType.XPUB, "pub");
		ZMQ.Socket first = subscriber(pub, "first");
		first.subscribe("both");
		first.subscribe("one");
		ZMQ.Socket second = subscriber(pub, "second");
		second.subscribe("both");
		subscriber(pub, "third");
		await().untilAsserted(() -> {
			pub.recv(ZMQ.DONTWAIT);
			assertThat(subscriptions("pub").topics()).containsExactly(new Topic("both", 2), new Topic("one", 1));
		});
		await().untilAsserted(() -> assertThat(this.fixture.endpoint("pub").peers()).extracting(ZmqPeerSnapshot::topics)
			.containsExactlyInAnyOrder(List.of("both", "one"), List.of("both"), List.of()));
		assertThat(this.fixture.sockets().get(0).subscriptions()).isNull();
		assertThat(this.fixture.endpoint("first").peers()).extracting(ZmqPeerSnapshot::topics).containsOnlyNulls();
		first.unsubscribe("one");
		await().untilAsserted(() -> {
			pub.recv(ZMQ.DONTWAIT);
			assertThat(subscriptions("pub").topics()).containsExactly(new Topic("both", 2));
		});
	}

	@Test
	void moreThanAreListedAreCounted() {
		ZMQ.Socket pub = this.fixture.bound(SocketType.XPUB, "pub");
		ZMQ.Socket sub = subscriber(pub, "sub");
		for (int i = 0; i < 300; i++) {
			sub.subscribe("topic." + i);
		}
		assertThat(subscriptions("sub").topics()).hasSize(100);
		assertThat(subscriptions("sub").total()).isEqualTo(300);
		await().untilAsserted(() -> {
			pub.recv(ZMQ.DONTWAIT);
			assertThat(subscriptions("pub").total()).isEqualTo(300);
			assertThat(this.fixture.endpoint("pub").peers()).singleElement().satisfies((peer) -> {
				assertThat(peer.topics()).hasSize(20);
				assertThat(peer.topicsOmitted()).isEqualTo(280);
			});
		});
	}

	@Test
	void whatCannotBeCountedIsLeftOut() {
		ZMQ.Socket sub = this.fixture.socket(SocketType.SUB, "sub");
		sub.subscribe("a");
		sub.subscribe("b".repeat(150));
		assertThat(topics(subscriptions("sub"))).containsExactly("a", "b".repeat(100) + "…");
		assertThat(subscriptions("sub").total()).isEqualTo(2);
		sub.subscribe("c".repeat(2000));
		assertThat(subscriptions("sub").total()).isNull();
	}

	@Test
	void groupsOfRadioAndDishAreTopics() {
		ZMQ.Socket radio = this.fixture.bound(SocketType.RADIO, "radio");
		ZMQ.Socket dish = this.fixture.socket(SocketType.DISH, "dish");
		dish.connect(radio.getLastEndpoint());
		dish.join("news");
		assertThat(subscriptions("dish").topics()).containsExactly(new Topic("news", null));
		await().untilAsserted(() -> {
			radio.send("nothing", ZMQ.DONTWAIT);
			assertThat(subscriptions("radio").topics()).containsExactly(new Topic("news", 1));
		});
	}

	@Test
	void othersHaveNone() {
		this.fixture.bound(SocketType.DEALER, "dealer");
		assertThat(this.fixture.only("dealer").subscriptions()).isNull();
	}

	/**
	 * A reader meets the trie while it is changed: it shows what was there at some
	 * moment, or nothing.
	 */
	@Test
	@Timeout(120)
	void topicsThatComeAndGoAreNeverMistaken() throws Exception {
		ZMQ.Socket sub = this.fixture.socket(SocketType.SUB, "sub");
		sub.subscribe("m");
		AtomicBoolean stop = new AtomicBoolean();
		Thread application = new Thread(() -> {
			for (int change = 0; !stop.get(); change++) {
				for (String topic : List.of("a", "zz", "m.n")) {
					sub.subscribe(topic);
				}
				if (change % BURST == 0) {
					LockSupport.parkNanos(QUIET.toNanos());
				}
				for (String topic : List.of("zz", "a", "m.n")) {
					sub.unsubscribe(topic);
				}
			}
		});
		application.start();
		try {
			for (int seen = 0; seen < 100;) {
				Subscriptions subscriptions = this.fixture.only("sub").subscriptions();
				if (subscriptions != null) {
					seen++;
					assertThat(topics(subscriptions)).contains("m").isSubsetOf("a", "zz", "m", "m.n");
				}
			}
		}
		finally {
			stop.set(true);
			application.join();
		}
		assertThat(topics(subscriptions("sub"))).containsExactly("m");
	}

	private ZMQ.Socket subscriber(ZMQ.Socket publisher, String name) {
		ZMQ.Socket socket = this.fixture.socket(SocketType.SUB, name);
		socket.connect(publisher.getLastEndpoint());
		return socket;
	}

	private Subscriptions subscriptions(String socket) {
		Subscriptions subscriptions = this.fixture.only(socket).subscriptions();
		assertThat(subscriptions).isNotNull();
		return subscriptions;
	}

	private static List<String> topics(Subscriptions subscriptions) {
		return subscriptions.topics().stream().map(Topic::topic).toList();
	}

}
