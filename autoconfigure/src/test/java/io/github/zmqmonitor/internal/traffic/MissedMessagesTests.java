package io.github.zmqmonitor.internal.traffic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.internal.support.ReadingBudget;
import io.github.zmqmonitor.model.ZmqMessages.DropReason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What subscribers have missed is never more than they have, whatever happens between any
 * two readings.
 */
class MissedMessagesTests {

	private final AtomicLong now = new AtomicLong();

	private final MonitorClock clock = new MonitorClock(this.now::get, System::currentTimeMillis);

	private final Publisher publisher = new Publisher();

	private final SocketDrops drops = SocketDrops.atLeast("PUB");

	private final MissedMessages missed = new MissedMessages(this.publisher, this.drops, this.clock,
			new ReadingBudget(Duration.ofDays(1), this.clock).breaker(ReadingBudget.Reading.QUEUES, "test"));

	@Test
	void whatOneGetsAndAnotherWithTheSameTopicsDoesNotIsMissed() {
		Peer fast = this.publisher.add("A");
		Peer slow = this.publisher.add("A");
		Peer other = this.publisher.add("B");
		look(2);
		slow.full = true;
		this.publisher.publish(100, "A");
		look(1);
		assertThat(count()).isEqualTo(98);
		this.publisher.publish(50, "B");
		look(1);
		assertThat(count()).isEqualTo(98);
		slow.full = false;
		fast.full = true;
		this.publisher.publish(30, "A");
		look(1);
		assertThat(count()).isEqualTo(98);
		slow.full = true;
		other.full = true;
		this.publisher.publish(1000, "A");
		this.publisher.publish(1000, "B");
		look(1);
		assertThat(count()).isEqualTo(98);
		assertThat(slow.missed + fast.missed + other.missed).isEqualTo(3130);
	}

	@Test
	void aSubscriberIsComparedOnceItsTopicsAreSure() {
		this.publisher.add("A");
		Peer slow = this.publisher.add("A");
		slow.full = true;
		look(1);
		this.publisher.publish(100, "A");
		look(1);
		assertThat(count()).isZero();
		this.publisher.publish(100, "A");
		look(1);
		assertThat(count()).isEqualTo(98);
		slow.subscribe("B");
		this.publisher.publish(100, "A");
		look(1);
		assertThat(count()).isEqualTo(98);
	}

	@Test
	void whoGoesKeepsWhatItHasMissedAndIsNoLongerCompared() {
		this.publisher.add("A");
		Peer slow = this.publisher.add("A");
		look(2);
		slow.full = true;
		this.publisher.publish(100, "A");
		look(1);
		slow.active = false;
		this.publisher.publish(100, "A");
		look(1);
		this.publisher.peers.remove(slow);
		this.publisher.publish(100, "A");
		look(2);
		assertThat(count()).isEqualTo(98);
	}

	@Test
	void whoseTopicsCanNotBeToldIsNotCompared() {
		this.publisher.add("A").told = false;
		this.publisher.add("A").full = true;
		look(2);
		this.publisher.publish(100, "A");
		look(1);
		assertThat(count()).isZero();
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20 })
	void itIsNeverMoreThanWasMissed(long seed) {
		Random random = new Random(seed);
		this.publisher.random = random;
		String[] topics = { "A", "B", "C" };
		for (int i = 0; i < 4; i++) {
			this.publisher.add(topics[i % 2]);
		}
		long most = 0;
		for (int i = 0; i < 2000; i++) {
			List<Peer> peers = this.publisher.peers;
			Peer peer = peers.get(random.nextInt(peers.size()));
			switch (random.nextInt(40)) {
				case 0 -> peer.subscribe(topics[random.nextInt(topics.length)]);
				case 1 -> this.publisher.add(topics[random.nextInt(topics.length)]);
				case 2 -> peer.active = false;
				case 3 -> {
					if (peers.size() > 2) {
						this.publisher.remove(peer);
					}
				}
				case 4, 5, 6 -> peer.full = !peer.full;
				case 7, 8, 9, 10 -> look(1);
				default -> this.publisher.steps(random.nextInt(30));
			}
			assertThat(count()).isLessThanOrEqualTo(this.publisher.missed);
			most = Math.max(most, count());
		}
		assertThat(most).isPositive();
	}

	private void look(int times) {
		for (int i = 0; i < times; i++) {
			this.now.addAndGet(Duration.ofMillis(250).toNanos());
			this.missed.lookIfDue();
		}
	}

	private long count() {
		return this.drops.count(DropReason.QUEUE_FULL);
	}

	private static final class Peer {

		private List<String> topics;

		private long written;

		private long read;

		private long missed;

		private boolean full;

		private boolean active = true;

		private boolean told = true;

		private Peer(String topic) {
			this.topics = List.of(topic);
			this.read = 1;
		}

		private void subscribe(String topic) {
			this.read++;
			this.topics = List.of(topic);
		}

	}

	/**
	 * Distributes each message one peer after the other, and goes on while it is read.
	 */
	private static final class Publisher implements MissedMessages.Subscribers {

		private final List<Peer> peers = new ArrayList<>();

		private final List<Peer> left = new ArrayList<>();

		private @Nullable Random random;

		private String topic = "A";

		private long missed;

		private Peer add(String topic) {
			Peer peer = new Peer(topic);
			this.peers.add(peer);
			return peer;
		}

		private void remove(Peer peer) {
			this.peers.remove(peer);
			this.left.remove(peer);
		}

		private void publish(int messages, String topic) {
			for (int i = 0; i < messages; i++) {
				this.topic = topic;
				this.left.addAll(this.peers);
				while (!this.left.isEmpty()) {
					step();
				}
			}
		}

		private void steps(int steps) {
			for (int i = 0; i < steps; i++) {
				if (this.left.isEmpty()) {
					this.topic = List.of("A", "B", "C").get(this.random.nextInt(3));
					this.left.addAll(this.peers);
				}
				step();
			}
		}

		private void step() {
			Peer peer = this.left.remove(0);
			if (peer.topics.contains(this.topic)) {
				if (peer.full || !peer.active) {
					peer.missed++;
					this.missed++;
				}
				else {
					peer.written++;
				}
			}
		}

		@Override
		public Object[] pipes() {
			return this.peers.toArray();
		}

		@Override
		public PipeCounts counts(Object pipe) {
			if (this.random != null) {
				steps(this.random.nextInt(20));
			}
			Peer peer = (Peer) pipe;
			PipeCounts.Queue none = new PipeCounts.Queue(0, 0, 0);
			return new PipeCounts(peer.written, peer.read, none, none);
		}

		@Override
		public Function<Object, @Nullable List<String>> topics() {
			return (pipe) -> ((Peer) pipe).told ? ((Peer) pipe).topics : null;
		}

		@Override
		public boolean isActive(Object pipe) {
			return ((Peer) pipe).active;
		}

	}

}
