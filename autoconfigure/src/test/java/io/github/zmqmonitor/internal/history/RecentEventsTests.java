package io.github.zmqmonitor.internal.history;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

import io.github.zmqmonitor.internal.rules.EventValues;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.model.ZmqEventSnapshot;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqSocketEvent.EndReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * What is left of the past of a socket when more has happened than there is room for.
 */
class RecentEventsTests {

	private static final String ADDRESS = "tcp://127.0.0.1:5555";

	private final MonitorClock clock = new MonitorClock(() -> 0, () -> 0);

	private long now;

	@ParameterizedTest
	@ValueSource(ints = { 8, 64, 10_000 })
	void theLossThatBeganAnOutageIsThereAfterAnHourOfRetrying(int capacity) {
		RecentEvents events = new RecentEvents(capacity, EventValues.JEROMQ);
		add(events, ZmqEventType.HANDSHAKE_SUCCEEDED, ADDRESS);
		long lost = add(events, ZmqEventType.DISCONNECTED, ADDRESS);
		for (int i = 0; i < 36_000; i++) {
			add(events, ZmqEventType.CONNECT_DELAYED, ADDRESS);
			add(events, ZmqEventType.CLOSED, ADDRESS);
			add(events, ZmqEventType.CONNECT_RETRIED, ADDRESS);
		}
		List<ZmqEventSnapshot> snapshot = events.snapshot(this.clock);
		assertThat(snapshot).hasSizeLessThanOrEqualTo(capacity).isSortedAccordingTo(this::byTime);
		assertThat(snapshot).extracting(ZmqEventSnapshot::event)
			.startsWith(ZmqEventType.HANDSHAKE_SUCCEEDED, ZmqEventType.DISCONNECTED);
		assertThat(snapshot.get(1).at()).isEqualTo(this.clock.instantAt(lost));
		assertThat(snapshot.get(1).count()).isNull();
		assertThat(count(snapshot, ZmqEventType.CONNECT_RETRIED)).isEqualTo(36_000);
		assertThat(snapshot)
			.filteredOn((event) -> event.event() == ZmqEventType.CONNECT_DELAYED && event.count() != null)
			.singleElement()
			.satisfies((event) -> assertThat(event.since()).isEqualTo(this.clock.instantAt(lost).plusMillis(1)));
	}

	@Test
	void outagesAreKeptApart() {
		RecentEvents events = new RecentEvents(16, EventValues.JEROMQ);
		for (int outage = 0; outage < 3; outage++) {
			add(events, ZmqEventType.DISCONNECTED, ADDRESS);
			for (int i = 0; i < 100; i++) {
				add(events, ZmqEventType.CONNECT_RETRIED, ADDRESS);
			}
			add(events, ZmqEventType.HANDSHAKE_SUCCEEDED, ADDRESS);
		}
		List<ZmqEventSnapshot> snapshot = events.snapshot(this.clock);
		assertThat(snapshot).extracting(ZmqEventSnapshot::event)
			.startsWith(ZmqEventType.DISCONNECTED, ZmqEventType.CONNECT_RETRIED, ZmqEventType.HANDSHAKE_SUCCEEDED,
					ZmqEventType.DISCONNECTED, ZmqEventType.CONNECT_RETRIED)
			.filteredOn((type) -> type == ZmqEventType.DISCONNECTED)
			.hasSize(3);
		assertThat(snapshot.get(1).count()).isEqualTo(100);
	}

	@Test
	void endpointsAreKeptApart() {
		RecentEvents events = new RecentEvents(64, EventValues.JEROMQ);
		for (int i = 0; i < 1000; i++) {
			for (int port = 0; port < 10; port++) {
				add(events, ZmqEventType.CONNECT_RETRIED, "tcp://127.0.0.1:" + port);
			}
		}
		List<ZmqEventSnapshot> snapshot = events.snapshot(this.clock);
		assertThat(count(snapshot, ZmqEventType.CONNECT_RETRIED)).isEqualTo(10_000);
		assertThat(snapshot).extracting(ZmqEventSnapshot::address).contains("tcp://127.0.0.1:0", "tcp://127.0.0.1:9");
	}

	@Test
	void milestonesAreTheLastOnes() {
		RecentEvents events = new RecentEvents(64, EventValues.JEROMQ);
		for (int i = 0; i < 200; i++) {
			add(events, ZmqEventType.HANDSHAKE_SUCCEEDED, ADDRESS);
		}
		assertThat(events.snapshot(this.clock)).hasSize(64)
			.allSatisfy((event) -> assertThat(event.count()).isNull())
			.last()
			.satisfies((event) -> assertThat(event.at()).isEqualTo(this.clock.instantAt(this.now)));
	}

	@Test
	void repeatsAreToldAsOneThoughThereIsRoom() {
		RecentEvents events = new RecentEvents(64, EventValues.JEROMQ);
		long first = add(events, ZmqEventType.CONNECT_RETRIED, ADDRESS);
		add(events, ZmqEventType.CONNECT_RETRIED, ADDRESS);
		assertThat(events.copy().snapshot(this.clock)).singleElement().satisfies((event) -> {
			assertThat(event.count()).isEqualTo(2);
			assertThat(event.at()).isEqualTo(this.clock.instantAt(this.now));
			assertThat(event.since()).isEqualTo(this.clock.instantAt(first));
		});
	}

	@Test
	void whoeverReadsACopyLeavesAllAsItIs() {
		RecentEvents events = new RecentEvents(64, EventValues.JEROMQ);
		add(events, ZmqEventType.CONNECT_RETRIED, ADDRESS);
		add(events, ZmqEventType.CONNECT_RETRIED, ADDRESS);
		RecentEvents copy = events.copy();
		add(events, ZmqEventType.CONNECT_RETRIED, ADDRESS);
		assertThat(copy.snapshot(this.clock)).extracting(ZmqEventSnapshot::count).containsExactly(2L);
		assertThat(events.snapshot(this.clock)).extracting(ZmqEventSnapshot::count).containsExactly(3L);
	}

	@Test
	void endsForDifferentReasonsAreToldApart() {
		RecentEvents events = new RecentEvents(64, EventValues.JEROMQ);
		for (int i = 0; i < 10; i++) {
			EndReason reason = (i % 2 == 0) ? EndReason.REMOTE : EndReason.TIMEOUT;
			events.add(++this.now, ZmqEventType.DISCONNECTED, ADDRESS, EventValues.ofEnd(reason));
			events.add(++this.now, ZmqEventType.CONNECT_RETRIED, ADDRESS, 100 + i);
		}
		assertThat(events.snapshot(this.clock)).extracting(ZmqEventSnapshot::value, ZmqEventSnapshot::count)
			.containsExactly(tuple("remote", 5L), tuple("timeout", 5L), tuple("PT0.109S", 10L));
	}

	@Test
	void theLastOfRepeatsSaysWhosePeerItWas() {
		RecentEvents events = new RecentEvents(2, EventValues.JEROMQ);
		events.lastIsOf("nobody's", "nobody");
		for (int i = 0; i < 10; i++) {
			add(events, ZmqEventType.ACCEPTED, ADDRESS);
			events.lastIsOf((i == 9) ? "10.0.0.9:1" : new InetSocketAddress("10.0.0.8", i), "desk-" + i);
		}
		add(events, ZmqEventType.LISTENING, ADDRESS);
		assertThat(events.snapshot(this.clock)).extracting(ZmqEventSnapshot::peer).containsExactly("10.0.0.9:1", null);
		assertThat(events.snapshot(this.clock)).extracting(ZmqEventSnapshot::identity).containsExactly("desk-9", null);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3 })
	void smallCapacitiesHold(int capacity) {
		RecentEvents events = new RecentEvents(capacity, EventValues.JEROMQ);
		for (int i = 0; i < 100; i++) {
			add(events, (i % 3 == 0) ? ZmqEventType.LISTENING : ZmqEventType.CLOSED, "tcp://127.0.0.1:" + i % 5);
		}
		assertThat(events.snapshot(this.clock)).hasSizeLessThanOrEqualTo(capacity);
	}

	private long add(RecentEvents events, ZmqEventType type, String address) {
		this.now += Duration.ofMillis(1).toNanos();
		events.add(this.now, type, address, 0);
		return this.now;
	}

	private int byTime(ZmqEventSnapshot one, ZmqEventSnapshot other) {
		return one.at().compareTo(other.at());
	}

	private static long count(List<ZmqEventSnapshot> events, ZmqEventType type) {
		return events.stream()
			.filter((event) -> event.event() == type)
			.mapToLong((event) -> (event.count() != null) ? event.count() : 1)
			.sum();
	}

}
