package io.github.zmqmonitor.internal.state;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.github.zmqmonitor.internal.rules.SocketIdentity;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqEventSnapshot;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqHandshake;
import io.github.zmqmonitor.model.ZmqPeerSnapshot;
import io.github.zmqmonitor.monitor.MonitorFixture;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import zmq.ZError;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The state machine under events that are made up, with a clock that is set by hand.
 */
class SocketTrackerTests {

	private static final String ADDRESS = "tcp://127.0.0.1:5555";

	private final AtomicLong nanos = new AtomicLong(1_000_000_000_000L);

	private final ZmqMonitor monitor = MonitorFixture
		.monitor(new MonitorClock(this.nanos::get, () -> this.nanos.get() / 1_000_000));

	private final SocketTracker tracker = this.monitor.registry()
		.track(new SocketIdentity("dealer-1", 1, "DEALER", null), "socket");

	private final List<SocketChannel> channels = new ArrayList<>();

	@AfterEach
	void close() throws IOException {
		for (SocketChannel channel : this.channels) {
			channel.close();
		}
		this.monitor.close();
	}

	@Test
	void aConnectEndpointGoesThroughItsStates() {
		connect();
		assertState(ZmqEndpointState.CONNECTING);
		record(ZmqEventType.CONNECT_DELAYED, -1);
		assertState(ZmqEndpointState.CONNECTING);
		SocketChannel channel = open();
		record(ZmqEventType.CONNECTED, channel);
		assertState(ZmqEndpointState.CONNECTED);
		record(ZmqEventType.DISCONNECTED, channel);
		assertState(ZmqEndpointState.DISCONNECTED);
		record(ZmqEventType.CONNECT_RETRIED, 120);
		assertState(ZmqEndpointState.RETRYING);
		assertThat(endpoint().retryInterval()).isEqualTo(Duration.ofMillis(120));
		record(ZmqEventType.CONNECT_DELAYED, -1);
		record(ZmqEventType.CLOSED, open());
		assertState(ZmqEndpointState.RETRYING);
		record(ZmqEventType.CONNECT_RETRIED, 130);
		record(ZmqEventType.CONNECTED, open());
		assertState(ZmqEndpointState.CONNECTED);
		assertThat(endpoint().retryInterval()).isNull();
		assertThat(endpoint().retries()).isEqualTo(2);
		assertThat(endpoint().attempts()).isEqualTo(2);
	}

	@Test
	void retryingDoesNotFlickerAndKeepsItsBegin() {
		connect();
		record(ZmqEventType.CLOSED, open());
		record(ZmqEventType.CONNECT_RETRIED, 100);
		var since = endpoint().since();
		for (int i = 0; i < 10; i++) {
			pass(Duration.ofSeconds(5));
			record(ZmqEventType.CONNECT_DELAYED, -1);
			record(ZmqEventType.CLOSED, open());
			record(ZmqEventType.CONNECT_RETRIED, 100);
			assertState(ZmqEndpointState.RETRYING);
			assertThat(endpoint().since()).isEqualTo(since);
		}
	}

	@Test
	void aLossWithoutARetryIsAbandonedWhenTheTimeHasPassed() {
		connect();
		SocketChannel channel = open();
		record(ZmqEventType.CONNECTED, channel);
		record(ZmqEventType.DISCONNECTED, channel);
		pass(Duration.ofMillis(1999));
		assertState(ZmqEndpointState.DISCONNECTED);
		pass(Duration.ofMillis(1));
		assertState(ZmqEndpointState.ABANDONED);
	}

	@Test
	void aFailedAttemptWithoutARetryIsAbandonedToo() {
		connect();
		record(ZmqEventType.CONNECT_DELAYED, -1);
		record(ZmqEventType.CLOSED, open());
		pass(Duration.ofSeconds(2));
		assertState(ZmqEndpointState.ABANDONED);
	}

	@Test
	void aSlowAttemptIsNotAbandoned() {
		connect();
		record(ZmqEventType.CONNECT_DELAYED, -1);
		pass(Duration.ofMinutes(2));
		assertState(ZmqEndpointState.CONNECTING);
	}

	@Test
	void connectingAgainEndsAbandonment() {
		SocketTracker push = this.monitor.registry().track(new SocketIdentity("push-2", 2, "PUSH", null), "push");
		abandon(push);
		push.calls().connectEnded(push.calls().connectStarted(ADDRESS), ADDRESS);
		assertThat(HookEvents.endpoints(push).get(0).state()).isEqualTo(ZmqEndpointState.CONNECTING);
	}

	@Test
	void connectingAgainDoesNothingWhereJeroMqIgnoresIt() {
		abandon(this.tracker);
		connect();
		assertState(ZmqEndpointState.ABANDONED);
		this.tracker.calls().endedLocally(ADDRESS, true);
		connect();
		assertState(ZmqEndpointState.CONNECTING);
	}

	private void abandon(SocketTracker tracker) {
		tracker.calls().connectEnded(tracker.calls().connectStarted(ADDRESS), ADDRESS);
		HookEvents.record(tracker, ZmqEventType.CLOSED.code(), ADDRESS, open());
		pass(Duration.ofSeconds(2));
		assertThat(HookEvents.endpoints(tracker).get(0).state()).isEqualTo(ZmqEndpointState.ABANDONED);
	}

	@Test
	void aDisconnectedEndpointStaysClosedWhateverItsOldConnectionStillDoes() {
		connect();
		SocketChannel channel = open();
		record(ZmqEventType.CONNECTED, channel);
		this.tracker.calls().endedLocally(ADDRESS, true);
		assertState(ZmqEndpointState.CLOSED);
		assertThat(endpoint().connections()).isEqualTo(1);
		record(ZmqEventType.DISCONNECTED, channel);
		record(ZmqEventType.CONNECT_RETRIED, 100);
		pass(Duration.ofSeconds(10));
		assertState(ZmqEndpointState.CLOSED);
		assertThat(endpoint().connections()).isZero();
	}

	@Test
	void aConnectionToldAfterItsEndIsNotAlive() {
		connect();
		SocketChannel late = open();
		record(ZmqEventType.DISCONNECTED, late);
		record(ZmqEventType.CONNECTED, late);
		assertThat(endpoint().connections()).isZero();
		assertThat(endpoint().established()).isEqualTo(1);
		assertThat(endpoint().disconnected()).isEqualTo(1);
	}

	@Test
	void aConnectionThatIsClosedAlreadyIsNotAlive() throws IOException {
		connect();
		SocketChannel closed = open();
		closed.close();
		record(ZmqEventType.CONNECTED, closed);
		assertThat(endpoint().connections()).isZero();
		MonitorFixture.assertBalanced(endpoint());
	}

	@Test
	void theSameConnectionToldTwiceCountsOnce() {
		connect();
		SocketChannel channel = open();
		record(ZmqEventType.CONNECTED, channel);
		record(ZmqEventType.CONNECTED, channel);
		record(ZmqEventType.DISCONNECTED, channel);
		record(ZmqEventType.DISCONNECTED, channel);
		assertThat(endpoint().established()).isEqualTo(1);
		assertThat(endpoint().disconnected()).isEqualTo(1);
		assertThat(endpoint().connections()).isZero();
	}

	@Test
	void aConnectionClosedOnThisSideIsFoundByASweep() throws IOException {
		connect();
		SocketChannel channel = open();
		record(ZmqEventType.CONNECTED, channel);
		channel.close();
		assertThat(endpoint().connections()).isZero();
		assertThat(endpoint().closedLocally()).isEqualTo(1);
		assertState(ZmqEndpointState.DISCONNECTED);
	}

	@Test
	void manyConnectionsClosedOnThisSideDoNotPileUp() throws IOException {
		connect();
		for (int i = 0; i < 10_000; i++) {
			SocketChannel channel = SocketChannel.open();
			record(ZmqEventType.CONNECTED, channel);
			channel.close();
			assertThat(this.tracker.size()).isLessThanOrEqualTo(65);
		}
		assertThat(endpoint().established()).isEqualTo(10_000);
		MonitorFixture.assertBalanced(endpoint());
	}

	@ParameterizedTest
	@EnumSource
	void handshakesAreCountedByWhatBecameOfThem(ZmqHandshake handshake) {
		connect();
		EndpointTracker endpoint = this.tracker.calls().connectStarted(ADDRESS);
		EndpointTotals totals = new EndpointTotals();
		switch (handshake) {
			case GREETED -> record(ZmqEventType.HANDSHAKE_PROTOCOL, 3);
			case UNVERSIONED -> record(ZmqEventType.HANDSHAKE_PROTOCOL, 0);
			case SUCCEEDED -> record(ZmqEventType.HANDSHAKE_SUCCEEDED, 0);
			case FAILED_AUTH -> record(ZmqEventType.HANDSHAKE_FAILED_AUTH, 400);
			case FAILED_PROTOCOL -> record(ZmqEventType.HANDSHAKE_FAILED_PROTOCOL, 0x10000001);
			case FAILED_NO_DETAIL -> record(ZmqEventType.HANDSHAKE_FAILED_NO_DETAIL, ZError.EPROTO);
		}
		this.tracker.addTo(totals, endpoint);
		for (ZmqHandshake counted : ZmqHandshake.values()) {
			assertThat(totals.handshakes[counted.ordinal()]).as(counted.name())
				.isEqualTo((counted == handshake) ? 1 : 0);
		}
		if (handshake.outcome().equals("failed")) {
			assertThat(endpoint().lastError().error()).isEqualTo(handshake.reason());
			assertThat(endpoint().lastError().detail()).isNotNull();
		}
	}

	@Test
	void failuresToCloseAreCounted() {
		connect();
		record(ZmqEventType.CLOSE_FAILED, ZError.EIOEXC);
		record(ZmqEventType.CLOSE_FAILED, ZError.EIOEXC);
		assertThat(endpoint().lastError().operation()).isEqualTo("close");
		assertThat(endpoint().lastError().error()).isEqualTo("EIOEXC");
		assertThat(endpoint().lastError().count()).isEqualTo(2);
	}

	@Test
	void unknownEventsAreCountedAndKept() {
		HookEvents.record(this.tracker, 1 << 21, ADDRESS, 7);
		HookEvents.record(this.tracker, -1, null, new Object());
		HookEvents.record(this.tracker, 0, "x", null);
		assertThat(this.monitor.statistics().events(ZmqEventType.UNKNOWN)).isEqualTo(3);
		assertThat(this.tracker.recentEvents()).extracting(ZmqEventSnapshot::value)
			.containsExactly(Integer.toString(1 << 21), "-1", "0");
		assertThat(HookEvents.endpoints(this.tracker)).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void strangeAddressesAndValuesHarmNothing(ZmqEventType type) {
		String[] addresses = { null, "", "tcp://", "://", "\u0000\u202e", "tcp://host:port", "x".repeat(10_000),
				"tcp://[::1]:1" };
		for (String address : addresses) {
			for (Object value : new Object[] { null, 0, -1, Integer.MAX_VALUE, "text", open() }) {
				HookEvents.record(this.tracker, type.code(), address, value);
			}
		}
		List<ZmqEndpointSnapshot> endpoints = HookEvents.endpoints(this.tracker);
		assertThat(endpoints.size()).isLessThanOrEqualTo(17);
		assertThat(endpoints).allSatisfy((endpoint) -> assertThat(endpoint.endpoint()).hasSizeLessThanOrEqualTo(255));
	}

	@Test
	void addressesThatBelongToNothingDoNotGrowTheTable() {
		for (int i = 0; i < 10_000; i++) {
			HookEvents.record(this.tracker, ZmqEventType.CONNECT_RETRIED.code(), "tcp://10.0.0.1:" + i, 100);
		}
		assertThat(HookEvents.endpoints(this.tracker)).hasSize(17);
		assertThat(HookEvents.endpoints(this.tracker).stream().mapToLong(ZmqEndpointSnapshot::retries).sum())
			.isEqualTo(10_000);
	}

	@Test
	void aConnectionThatIsThereBeforeItsConnectReturnsBelongsToIt() {
		this.tracker.calls().connectEnded(this.tracker.calls().connectStarted(ADDRESS), ADDRESS);
		record(ZmqEventType.CONNECTED, open());
		EndpointTracker byName = this.tracker.calls().connectStarted("tcp://localhost:5555");
		record(ZmqEventType.CONNECTED, open());
		this.tracker.calls().connectEnded(byName, ADDRESS);
		assertThat(HookEvents.endpoints(this.tracker)).hasSize(2).allSatisfy((endpoint) -> {
			assertThat(endpoint.state()).isEqualTo(ZmqEndpointState.CONNECTED);
			assertThat(endpoint.connections()).isEqualTo(1);
		});
	}

	@Test
	void aNameThatResolvesAnewIsStillTheSameEndpoint() {
		EndpointTracker endpoint = this.tracker.calls().connectStarted("tcp://service:5555");
		this.tracker.calls().connectEnded(endpoint, "tcp://10.0.0.1:5555");
		for (int i = 2; i < 250; i++) {
			HookEvents.record(this.tracker, ZmqEventType.CONNECT_RETRIED.code(), "tcp://10.0.0." + i + ":5555", 100);
		}
		assertThat(endpoint().endpoint()).isEqualTo("tcp://service:5555");
		assertThat(endpoint().address()).isEqualTo("tcp://10.0.0.249:5555");
		assertThat(endpoint().retries()).isEqualTo(248);
	}

	@Test
	void closedEndpointsAreDroppedAfterAWhile() {
		for (int i = 0; i < 50; i++) {
			String address = "tcp://10.0.0.1:" + i;
			this.tracker.calls().connectEnded(this.tracker.calls().connectStarted(address), address);
			this.tracker.calls().endedLocally(address, true);
		}
		assertThat(HookEvents.endpoints(this.tracker)).hasSize(50);
		pass(Duration.ofMinutes(11));
		long retained = this.nanos.get() - Duration.ofMinutes(10).toNanos();
		assertThat(this.tracker.prune(retained)).hasSize(50);
		assertThat(HookEvents.endpoints(this.tracker)).isEmpty();
	}

	@Test
	void recentEventsAreTheLastOnes() {
		connect();
		for (int i = 1; i <= 200; i++) {
			record(ZmqEventType.CONNECT_RETRIED, i);
		}
		List<ZmqEventSnapshot> events = this.tracker.recentEvents();
		assertThat(events).hasSizeLessThanOrEqualTo(64);
		assertThat(events.get(events.size() - 1).value()).isEqualTo("PT0.2S");
		assertThat(events).filteredOn((event) -> event.event() == ZmqEventType.CONNECT_RETRIED)
			.extracting((event) -> (event.count() != null) ? event.count() : 1L)
			.satisfies((counts) -> assertThat(counts.stream().mapToLong(Long::longValue).sum()).isEqualTo(200));
	}

	@Test
	void anErrorKeepsItsSymbolTimeAndCount() throws IOException {
		try (ServerSocketChannel listener = ServerSocketChannel.open()) {
			HookEvents.record(this.tracker, ZmqEventType.LISTENING.code(), ADDRESS, listener);
			for (int i = 0; i < 1000; i++) {
				record(ZmqEventType.ACCEPT_FAILED, ZError.EIOEXC);
			}
			record(ZmqEventType.ACCEPT_FAILED, ZError.ESOCKET);
			assertThat(endpoint().acceptFailures()).isEqualTo(1001);
			assertThat(endpoint().lastError().error()).isEqualTo("ESOCKET");
			assertThat(endpoint().lastError().count()).isEqualTo(1);
			HookEvents.record(this.tracker, ZmqEventType.CLOSED.code(), ADDRESS, listener);
			assertState(ZmqEndpointState.CLOSED);
		}
	}

	@Test
	void zmtpIsToldOnlyWhereItIsCertain() {
		connect();
		record(ZmqEventType.CONNECTED, open());
		assertThat(endpoint().peers().get(0).zmtp()).isEqualTo("3");
		HookEvents.record(this.tracker, ZmqEventType.CONNECTED.code(), ADDRESS, open());
		HookEvents.record(this.tracker, ZmqEventType.CONNECTED.code(), ADDRESS, open());
		record(ZmqEventType.HANDSHAKE_PROTOCOL, 3);
		record(ZmqEventType.HANDSHAKE_PROTOCOL, 3);
		assertThat(endpoint().peers()).extracting(ZmqPeerSnapshot::zmtp).containsOnlyOnce("3");
	}

	@Test
	void theWallClockIsFollowedWhenItIsSet() {
		connect();
		AtomicLong wall = new AtomicLong(5_000_000);
		MonitorClock clock = new MonitorClock(this.nanos::get, wall::get);
		long now = this.nanos.get();
		assertThat(clock.instantAt(now).toEpochMilli()).isEqualTo(5_000_000);
		wall.addAndGet(3_600_000);
		clock.follow();
		assertThat(clock.instantAt(now).toEpochMilli()).isEqualTo(8_600_000);
		wall.addAndGet(500);
		clock.follow();
		assertThat(clock.instantAt(now).toEpochMilli()).isEqualTo(8_600_000);
	}

	private void connect() {
		this.tracker.calls().connectEnded(this.tracker.calls().connectStarted(ADDRESS), ADDRESS);
	}

	private SocketChannel open() {
		try {
			SocketChannel channel = SocketChannel.open();
			this.channels.add(channel);
			return channel;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A connection that is told is greeted too.
	 */
	private void record(ZmqEventType type, Object argument) {
		HookEvents.record(this.tracker, type.code(), ADDRESS, argument);
		if (type == ZmqEventType.CONNECTED) {
			HookEvents.record(this.tracker, ZmqEventType.HANDSHAKE_PROTOCOL.code(), ADDRESS, 3);
		}
	}

	private void pass(Duration duration) {
		this.nanos.addAndGet(duration.toNanos());
	}

	private ZmqEndpointSnapshot endpoint() {
		assertThat(HookEvents.endpoints(this.tracker)).hasSize(1);
		return HookEvents.endpoints(this.tracker).get(0);
	}

	private void assertState(ZmqEndpointState state) {
		assertThat(endpoint().state()).isEqualTo(state);
	}

}
