package io.github.zmqmonitor.monitor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class EventRingTests {

	private final ZmqMonitor monitor = new ZmqMonitor();

	private final SocketTracker socket = new SocketTracker(this.monitor, new SocketIdentity("pub-1", 1, "PUB", null),
			"feed", null);

	@AfterEach
	void close() {
		this.monitor.close();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 64 })
	void eventsComeOutInTheirOrderAsManyAsThereArePlaces(int capacity) {
		EventRing ring = new EventRing(capacity);
		int offered = 0;
		int polled = 0;
		for (int round = 0; round < 10; round++) {
			for (int i = 0; i < capacity; i++) {
				assertThat(offer(ring, offered++)).isTrue();
			}
			assertThat(offer(ring, -1)).isFalse();
			for (int i = 0; i < capacity; i++) {
				assertThat(poll(ring)).isEqualTo(polled++);
			}
			assertThat(ring.poll(this.monitor.clock())).isNull();
		}
	}

	@Test
	void whateverManyThreadsOfferComesOutOnceOrIsRefused() throws Exception {
		int events = 50_000;
		EventRing ring = new EventRing(16);
		AtomicLong refused = new AtomicLong();
		List<Thread> producers = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			int producer = i;
			Thread thread = new Thread(() -> {
				for (int j = 0; j < events; j++) {
					if (!offer(ring, producer * events + j)) {
						refused.incrementAndGet();
						Thread.yield();
					}
				}
			});
			producers.add(thread);
			thread.start();
		}
		long taken = 0;
		int[] last = { -1, -1, -1 };
		boolean over = false;
		while (true) {
			int number = poll(ring);
			if (number >= 0) {
				taken++;
				assertThat(number % events).isGreaterThan(last[number / events]);
				last[number / events] = number % events;
			}
			else if (over) {
				break;
			}
			else {
				over = producers.stream().noneMatch(Thread::isAlive);
			}
		}
		for (Thread producer : producers) {
			producer.join();
		}
		assertThat(taken).isPositive();
		assertThat(taken + refused.get()).isEqualTo(3L * events);
	}

	private boolean offer(EventRing ring, int number) {
		return ring.offer(this.socket, ZmqEventType.CONNECT_RETRIED, "address", number, new EventEffect(), null, 0);
	}

	/**
	 * The number of the oldest event, -1 if there is none.
	 */
	private int poll(EventRing ring) {
		ZmqSocketEvent event = ring.poll(this.monitor.clock());
		return (event != null) ? (int) ((ZmqSocketEvent.RetryInterval) event.value()).interval().toMillis() : -1;
	}

}
