package io.github.zmqmonitor.internal.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.github.zmqmonitor.internal.rules.SocketIdentity;
import io.github.zmqmonitor.internal.state.EndpointTracker;
import io.github.zmqmonitor.internal.state.EventOutcome;
import io.github.zmqmonitor.internal.state.SocketTracker;
import io.github.zmqmonitor.internal.state.TrackerObserver;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqMonitorSettings;
import io.github.zmqmonitor.model.ZmqSocketEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class EventRingTests {

	private final MonitorClock clock = new MonitorClock();

	private final ThreadLocal<SocketTracker> trackers = ThreadLocal.withInitial(this::tracker);

	private final ThreadLocal<EventRing> ring = new ThreadLocal<>();

	private final ThreadLocal<Boolean> offered = new ThreadLocal<>();

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
			assertThat(ring.poll(this.clock)).isNull();
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
		this.ring.set(ring);
		this.trackers.get().record(ZmqEventType.CONNECT_RETRIED.code(), "address", number, null, null);
		return this.offered.get();
	}

	/**
	 * A tracker whose events go into the ring of its thread.
	 */
	private SocketTracker tracker() {
		return new SocketTracker(new SocketIdentity("pub-1", 1, "PUB", null), "feed", ZmqMonitorSettings.DEFAULTS,
				new MonitorClock(), new TrackerObserver() {

					@Override
					public void recorded(EventOutcome outcome) {
						EventRingTests.this.offered.set(EventRingTests.this.ring.get().offer(outcome));
					}

					@Override
					public void adopted(EndpointTracker endpoint) {
					}

				});
	}

	/**
	 * The number of the oldest event, -1 if there is none.
	 */
	private int poll(EventRing ring) {
		ZmqSocketEvent event = ring.poll(this.clock);
		return (event != null) ? (int) ((ZmqSocketEvent.RetryInterval) event.value()).interval().toMillis() : -1;
	}

}
