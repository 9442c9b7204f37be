package io.github.zmqmonitor.internal.state;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.github.zmqmonitor.internal.rules.SocketIdentity;
import io.github.zmqmonitor.internal.rules.TrackedChannel;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.model.ZmqEventSnapshot;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqMonitorSettings;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Connections that this side has closed are looked for once, however many endpoints are
 * read, since events wait meanwhile.
 */
class SweepTests {

	private static final int ENDPOINTS = 20;

	private static final int CONNECTIONS = 50;

	private final AtomicLong nanos = new AtomicLong(1_000_000_000_000L);

	private final AtomicLong looks = new AtomicLong();

	private final SocketTracker tracker = new SocketTracker(new SocketIdentity("router-1", 1, "ROUTER", null), "socket",
			ZmqMonitorSettings.DEFAULTS, new MonitorClock(this.nanos::get, () -> 0L), new NoObserver());

	private boolean open = true;

	private final List<EndpointTracker> endpoints = new ArrayList<>();

	@Test
	void manyEndpointsAreReadWithOneLookAtEachConnection() {
		for (int i = 1; i <= ENDPOINTS; i++) {
			String address = "tcp://127.0.0.1:" + i;
			EndpointTracker endpoint = this.tracker.calls().bindStarted(address);
			this.tracker.record(ZmqEventType.LISTENING.code(), address, 0, null, null);
			this.tracker.calls().bindEnded(endpoint, null);
			this.endpoints.add(endpoint);
			for (int j = 0; j < CONNECTIONS; j++) {
				this.tracker.record(ZmqEventType.ACCEPTED.code(), address, 0, new CountingChannel(), null);
			}
		}
		assertThat(connections()).isEqualTo(ENDPOINTS * CONNECTIONS);
		this.looks.set(0);
		this.nanos.addAndGet(1_000_000_000L);
		assertThat(connections()).isEqualTo(ENDPOINTS * CONNECTIONS);
		assertThat(this.looks).hasValue(ENDPOINTS * CONNECTIONS);
	}

	@Test
	void endsThatAreNoticedWhileAnotherConnectionBeginsAreNotedBeforeIt() {
		String address = "tcp://127.0.0.1:1";
		this.tracker.record(ZmqEventType.LISTENING.code(), address, 0, null, null);
		for (int i = 0; i < 64; i++) {
			this.tracker.record(ZmqEventType.ACCEPTED.code(), address, 0, new CountingChannel(), null);
		}
		this.open = false;
		this.tracker.record(ZmqEventType.ACCEPTED.code(), address, 0, new CountingChannel() {

			@Override
			public boolean isOpen() {
				return true;
			}

			@Override
			public String remote() {
				return "10.0.0.9:1";
			}

		}, null);
		assertThat(this.tracker.recentEvents())
			.extracting(ZmqEventSnapshot::event, ZmqEventSnapshot::count, ZmqEventSnapshot::value,
					ZmqEventSnapshot::peer)
			.containsExactly(tuple(ZmqEventType.LISTENING, null, null, null),
					tuple(ZmqEventType.DISCONNECTED, 64L, "local", null),
					tuple(ZmqEventType.ACCEPTED, 65L, null, "10.0.0.9:1"));
	}

	private int connections() {
		EndpointTotals totals = new EndpointTotals();
		this.endpoints.forEach((endpoint) -> this.tracker.addTo(totals, endpoint));
		return totals.ready + totals.handshaking;
	}

	private class CountingChannel implements TrackedChannel {

		@Override
		public boolean isOpen() {
			SweepTests.this.looks.incrementAndGet();
			return SweepTests.this.open;
		}

		@Override
		public boolean isListener() {
			return false;
		}

		@Override
		public String remote() {
			return null;
		}

		@Override
		public String local() {
			return null;
		}

	}

	private static final class NoObserver implements TrackerObserver {

		@Override
		public void recorded(EventOutcome outcome) {
		}

		@Override
		public void adopted(EndpointTracker endpoint) {
		}

	}

}
