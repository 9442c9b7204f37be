package io.github.zmqmonitor.internal.state;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import io.github.zmqmonitor.internal.history.PeerDetails;
import io.github.zmqmonitor.internal.registry.SocketRegistry;
import io.github.zmqmonitor.internal.rules.SocketIdentity;
import io.github.zmqmonitor.internal.rules.SocketRules;
import io.github.zmqmonitor.internal.state.EndpointTotals.MeasuredDuration;
import io.github.zmqmonitor.internal.history.Attempts;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqMonitorSettings;
import io.github.zmqmonitor.model.ZmqOrigin;
import io.github.zmqmonitor.monitor.MonitorFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What events leave open, the library's own objects settle: whose a connection is, and
 * whether it is ready.
 */
class SettledConnectionsTests {

	private static final String ADDRESS = "tcp://127.0.0.1:5555";

	private static final String NAME = "tcp://localhost:5555";

	private static final String OTHER = "tcp://127.0.0.2:5555";

	private final AtomicLong nanos = new AtomicLong(1_000_000_000_000L);

	private final SocketRegistry registry = new SocketRegistry(ZmqMonitorSettings.DEFAULTS,
			new MonitorClock(this.nanos::get, () -> this.nanos.get() / 1_000_000));

	private SocketTracker tracker = tracker(SocketRules.GREETING);

	private final List<SocketChannel> channels = new ArrayList<>();

	@AfterEach
	void close() throws IOException {
		for (SocketChannel channel : this.channels) {
			channel.close();
		}
	}

	@Test
	void connectionsThatWereTakenForEachOthersAreExchanged() {
		SocketChannel first = connectBoth(2);
		SocketChannel second = this.channels.get(1);
		this.nanos.addAndGet(1000);
		settle(Map.of(first, ADDRESS, second, NAME), true);
		record(ZmqEventType.DISCONNECTED, first);
		assertThat(endpoint(ADDRESS).state()).isEqualTo(ZmqEndpointState.DISCONNECTED);
		assertThat(endpoint(ADDRESS).disconnected()).isEqualTo(1);
		assertThat(endpoint(NAME).state()).isEqualTo(ZmqEndpointState.CONNECTED);
		assertThat(endpoint(NAME).connections()).isEqualTo(1);
		assertThat(endpoint(NAME).disconnected()).isZero();
		assertBalanced();
	}

	@Test
	void aConnectionThatIsMovedLeavesItsEndpointAsItWasBefore() {
		long began = this.nanos.get();
		SocketChannel channel = connectBoth(1);
		boolean byName = endpoint(NAME).connections() == 1;
		settle(Map.of(channel, byName ? ADDRESS : NAME), true);
		ZmqEndpointSnapshot left = endpoint(byName ? NAME : ADDRESS);
		assertThat(left.state()).isEqualTo(ZmqEndpointState.CONNECTING);
		assertThat(left.established()).isZero();
		assertThat(left.connections()).isZero();
		assertThat(left.awaySince().toEpochMilli()).isEqualTo(began / 1_000_000);
		ZmqEndpointSnapshot right = endpoint(byName ? ADDRESS : NAME);
		assertThat(right.state()).isEqualTo(ZmqEndpointState.CONNECTED);
		assertThat(right.established()).isEqualTo(1);
		assertThat(right.awaySince()).isNull();
		assertBalanced();
	}

	@Test
	void whatCanStillBeMovedIsNotCountedYet() {
		SocketChannel channel = connectBoth(1);
		assertThat(List.of(totals(NAME).opened, totals(ADDRESS).opened)).containsExactly(0L, 0L);
		String owner = (endpoint(NAME).connections() == 1) ? ADDRESS : NAME;
		assertThat(totals(owner).connectionsKnown).isTrue();
		assertThat(totals(owner.equals(NAME) ? ADDRESS : NAME).connectionsKnown).isFalse();
		settle(Map.of(channel, owner), false);
		assertThat(totals(owner).opened).isEqualTo(1);
		assertThat(totals(owner.equals(NAME) ? ADDRESS : NAME).opened).isZero();
		assertThat(totals(NAME).connectionsKnown).isTrue();
		assertThat(totals(ADDRESS).connectionsKnown).isTrue();
		record(ZmqEventType.DISCONNECTED, open());
		assertThat(totals(NAME).opened + totals(ADDRESS).opened).isEqualTo(2);
		assertThat(totals(NAME).disconnected + totals(ADDRESS).disconnected).isEqualTo(1);
	}

	@Test
	void aMovedConnectionThatIsNotReadyIsInItsHandshakeThere() {
		SocketChannel channel = connectBoth(1);
		settle(Map.of(channel, NAME), false);
		assertThat(endpoint(NAME).state()).isEqualTo(ZmqEndpointState.HANDSHAKING);
		assertThat(endpoint(ADDRESS).state()).isEqualTo(ZmqEndpointState.CONNECTING);
		assertBalanced();
	}

	@Test
	void aConnectionThatBelongsToAnEndpointThatIsClosedDrainsThere() {
		SocketChannel channel = connectBoth(1);
		String owner = (endpoint(NAME).connections() == 1) ? ADDRESS : NAME;
		this.tracker.calls().endedLocally(owner, true);
		settle(Map.of(channel, owner), true);
		assertThat(endpoint(owner).state()).isEqualTo(ZmqEndpointState.CLOSED);
		assertThat(endpoint(owner).connections()).isEqualTo(1);
		record(ZmqEventType.DISCONNECTED, channel);
		assertThat(endpoint(owner).state()).isEqualTo(ZmqEndpointState.CLOSED);
		assertBalanced();
	}

	@Test
	void aConnectionThatHasOnlyGreetedIsInItsHandshake() {
		connect(NAME, ADDRESS);
		long began = this.nanos.get();
		this.nanos.addAndGet(Duration.ofMillis(10).toNanos());
		SocketChannel channel = open();
		greet();
		assertThat(endpoint(NAME).state()).isEqualTo(ZmqEndpointState.CONNECTED);
		settle(Map.of(channel, NAME), false);
		assertThat(endpoint(NAME).state()).isEqualTo(ZmqEndpointState.HANDSHAKING);
		assertThat(endpoint(NAME).connections()).isZero();
		assertThat(endpoint(NAME).handshaking()).isEqualTo(1);
		assertThat(endpoint(NAME).awaySince().toEpochMilli()).isEqualTo(began / 1_000_000);
		assertThat(this.tracker.find(channel).isGreeted()).isTrue();
		assertBalanced();
		settle(Map.of(channel, NAME), true);
		assertThat(endpoint(NAME).state()).isEqualTo(ZmqEndpointState.CONNECTED);
		assertThat(this.tracker.takeDurations()).extracting(MeasuredDuration::nanoseconds)
			.containsExactly(Duration.ofMillis(10).toNanos());
		assertBalanced();
	}

	@Test
	void itIsInDoubtUntilEachConnectionIsSettled() {
		connect(NAME, ADDRESS);
		assertThat(this.tracker.reports().isInDoubt()).isFalse();
		SocketChannel channel = open();
		assertThat(this.tracker.reports().isInDoubt()).isTrue();
		settle(Map.of(), true);
		assertThat(this.tracker.reports().isInDoubt()).isTrue();
		settle(Map.of(channel, NAME), false);
		assertThat(this.tracker.reports().isInDoubt()).isTrue();
		settle(Map.of(channel, NAME), true);
		assertThat(this.tracker.reports().isInDoubt()).isFalse();
		open();
		assertThat(this.tracker.reports().isInDoubt()).isTrue();
	}

	@Test
	void whatIsSettledIsNotAskedForAgain() {
		connect(NAME, ADDRESS);
		SocketChannel channel = open();
		settle(Map.of(channel, NAME), true);
		settle(Map.of(channel, NAME), false);
		assertThat(endpoint(NAME).state()).isEqualTo(ZmqEndpointState.CONNECTED);
	}

	@Test
	void eventsThatLeaveNothingOpenAreNotContradicted() {
		this.tracker = tracker(SocketRules.READY);
		connect(NAME, ADDRESS);
		SocketChannel channel = open();
		this.tracker.record(ZmqEventType.HANDSHAKE_SUCCEEDED.code(), ADDRESS, 0, channel, null);
		assertThat(this.tracker.reports().isInDoubt()).isFalse();
		settle(Map.of(channel, OTHER), false);
		assertThat(endpoint(NAME).state()).isEqualTo(ZmqEndpointState.CONNECTED);
	}

	@Test
	void attemptsAreAbsentOnceTwoEndpointsHaveOneAddress() {
		connect(NAME, ADDRESS);
		record(ZmqEventType.CONNECT_DELAYED, null);
		assertThat(endpoint(NAME).attempts()).isEqualTo(1);
		assertThat(endpoint(NAME).retries()).isZero();
		connect(OTHER, OTHER);
		assertThat(endpoint(NAME).attempts()).isEqualTo(1);
		connect(ADDRESS, ADDRESS);
		record(ZmqEventType.CONNECT_RETRIED, null);
		for (String shared : List.of(NAME, ADDRESS)) {
			assertThat(endpoint(shared).attempts()).isNull();
			assertThat(endpoint(shared).retries()).isNull();
			assertThat(endpoint(shared).awayRetries()).isNull();
			assertThat(endpoint(shared).retryInterval()).isNull();
			assertThat(endpoint(shared).retryReason()).isNull();
		}
		assertThat(endpoint(OTHER).attempts()).isZero();
	}

	@Test
	void attemptsAreKnownWhereEventsSayWhoseTheyAre() {
		this.tracker = tracker(SocketRules.READY);
		connect(NAME, ADDRESS);
		connect(ADDRESS, ADDRESS);
		assertThat(endpoint(NAME).attempts()).isZero();
	}

	@Test
	void anEndpointWhoseRetryWasTakenForAnothersIsRetrying() {
		connectBoth(0);
		assertThat(endpoint(NAME).state()).isEqualTo(ZmqEndpointState.CONNECTING);
		look(new Attempts(true, false, null));
		assertThat(endpoint(NAME).state()).isEqualTo(ZmqEndpointState.CONNECTING);
		look(new Attempts(true, true, null));
		assertThat(endpoint(NAME).state()).isEqualTo(ZmqEndpointState.RETRYING);
	}

	@Test
	void aNameThatHasMovedTakesTheEventsOfItsNewAddress() {
		connect(NAME, ADDRESS);
		look(new Attempts(true, true, OTHER));
		assertThat(endpoint(NAME).address()).isEqualTo(OTHER);
		this.tracker.record(ZmqEventType.CONNECTED.code(), OTHER, 0, channel(), null);
		assertThat(endpoint(NAME).established()).isEqualTo(1);
	}

	private SocketChannel connectBoth(int connections) {
		connect(NAME, ADDRESS);
		connect(ADDRESS, ADDRESS);
		for (int i = 0; i < connections; i++) {
			open();
			greet();
		}
		assertBalanced();
		return this.channels.isEmpty() ? null : this.channels.get(0);
	}

	private void connect(String written, String address) {
		SocketCalls calls = this.tracker.calls();
		calls.connectEnded(calls.connectStarted(written), address);
	}

	private SocketChannel open() {
		SocketChannel channel = channel();
		record(ZmqEventType.CONNECTED, channel);
		return channel;
	}

	private SocketChannel channel() {
		try {
			SocketChannel channel = SocketChannel.open();
			this.channels.add(channel);
			return channel;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void greet() {
		this.tracker.record(ZmqEventType.HANDSHAKE_PROTOCOL.code(), ADDRESS, 3, null, null);
	}

	private void record(ZmqEventType type, Object channel) {
		this.tracker.record(type.code(), ADDRESS, 100, channel, null);
	}

	private void settle(Map<SocketChannel, String> owners, boolean ready) {
		Map<Object, String> written = new IdentityHashMap<>(owners);
		this.tracker.reports()
			.confirm((channel) -> written.containsKey(channel) ? new PeerDetails(ready, null, null, null, null) : null,
					written::get);
	}

	private void look(Attempts attempts) {
		this.tracker.reports().confirmAttempts(Map.of(), Map.of(NAME, attempts), this.nanos.get());
	}

	private void assertBalanced() {
		this.tracker.endpoints().forEach(MonitorFixture::assertBalanced);
	}

	private EndpointTotals totals(String endpoint) {
		EndpointTotals totals = new EndpointTotals();
		this.tracker.tracked()
			.stream()
			.filter((candidate) -> candidate.endpoint().equals(endpoint))
			.forEach((candidate) -> this.tracker.addTo(totals, candidate));
		return totals;
	}

	private ZmqEndpointSnapshot endpoint(String endpoint) {
		return this.tracker.endpoints()
			.stream()
			.filter((candidate) -> candidate.endpoint().equals(endpoint))
			.findFirst()
			.orElseThrow();
	}

	private SocketTracker tracker(SocketRules rules) {
		return this.registry.track(new SocketIdentity("push-1", 1, "PUSH", null, ZmqOrigin.JVM, rules), "socket");
	}

}
