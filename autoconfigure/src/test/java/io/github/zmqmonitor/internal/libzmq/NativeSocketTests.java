package io.github.zmqmonitor.internal.libzmq;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import io.github.zmqmonitor.internal.history.FailureKind;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.internal.totals.AggregateListener;
import io.github.zmqmonitor.internal.totals.EndpointAggregate;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqHandshake;
import io.github.zmqmonitor.model.ZmqOrigin;
import io.github.zmqmonitor.model.ZmqPeerSnapshot;
import io.github.zmqmonitor.model.ZmqSocketSnapshot;
import io.github.zmqmonitor.monitor.MonitorFixture;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The one tracker under the rules of libzmq, with events as libzmq 4.3.4 was seen to send
 * them.
 */
class NativeSocketTests {

	private static final String ADDRESS = "tcp://127.0.0.1:5555";

	private final AtomicLong nanos = new AtomicLong(1_000_000_000_000L);

	private final ZmqMonitor monitor = MonitorFixture
		.monitor(new MonitorClock(this.nanos::get, () -> this.nanos.get() / 1_000_000));

	private final NativeSocket socket = NativeSocket.follow(this.monitor.registry(), "worker", "DEALER",
			Map.of(98, "EADDRINUSE"));

	@AfterEach
	void close() {
		this.monitor.close();
	}

	@Test
	void isASocketOfItsOwnOrigin() {
		assertThat(only().origin()).isEqualTo(ZmqOrigin.NATIVE);
		assertThat(only().id()).startsWith("dealer-n");
		assertThat(only().context()).isNull();
		assertThat(only().queues()).isNull();
		assertThat(only().endpoints()).isEmpty();
	}

	@Test
	void endpointsAreLearnedFromEventsAlone() {
		NativeChannel listener = NativeChannel.listener();
		this.socket.record(ZmqEventType.LISTENING, ADDRESS, listener);
		assertState(ZmqEndpointState.LISTENING);
		NativeChannel connection = NativeChannel.connection("10.0.0.1:77", "127.0.0.1:5555");
		established(ZmqEventType.ACCEPTED, ADDRESS, connection);
		assertThat(endpoint().connections()).isEqualTo(1);
		assertThat(endpoint().peers()).extracting(ZmqPeerSnapshot::remote).containsExactly("10.0.0.1:77");
		this.socket.record(ZmqEventType.CLOSED, ADDRESS, listener);
		assertState(ZmqEndpointState.CLOSED);
		assertThat(endpoint().connections()).isEqualTo(1);
		this.socket.record(ZmqEventType.DISCONNECTED, ADDRESS, connection);
		assertThat(endpoint().connections()).isZero();
		MonitorFixture.assertBalanced(endpoint());
	}

	@Test
	void portsThatWereTriedInVainAreHistoryOnceOneIsFree() {
		for (int port = 6000; port < 6150; port++) {
			this.socket.record(ZmqEventType.BIND_FAILED, "tcp://127.0.0.1:" + port, 98);
			this.nanos.addAndGet(1_000_000);
		}
		assertThat(only().endpoints()).extracting(ZmqEndpointSnapshot::state)
			.hasSize(9)
			.containsOnly(ZmqEndpointState.FAILED);
		this.socket.record(ZmqEventType.LISTENING, "tcp://127.0.0.1:6150", NativeChannel.listener());
		assertState(ZmqEndpointState.LISTENING);
		assertThat(endpoint().endpoint()).isEqualTo("tcp://127.0.0.1:6150");
		this.socket.record(ZmqEventType.BIND_FAILED, "tcp://127.0.0.1:6151", 98);
		assertThat(only().endpoints()).extracting(ZmqEndpointSnapshot::state)
			.containsExactly(ZmqEndpointState.LISTENING, ZmqEndpointState.FAILED);
	}

	@Test
	void connectionsOfAWildcardListenerBelongToIt() {
		this.socket.record(ZmqEventType.LISTENING, "tcp://0.0.0.0:5555", NativeChannel.listener());
		established(ZmqEventType.ACCEPTED, "tcp://10.1.2.3:5555", connection());
		established(ZmqEventType.ACCEPTED, ADDRESS, connection());
		assertThat(endpoint().endpoint()).isEqualTo("tcp://0.0.0.0:5555");
		assertThat(endpoint().connections()).isEqualTo(2);
		assertThat(group().totals().handshakes[ZmqHandshake.SUCCEEDED.ordinal()]).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp://0.0.0.0:5555", "tcp://[::]:5555" })
	void aWildcardListenerOwnsItsConnectionsToHoweverManyAddresses(String wildcard) {
		this.socket.record(ZmqEventType.LISTENING, wildcard, NativeChannel.listener());
		this.socket.record(ZmqEventType.CONNECT_DELAYED, "tcp://10.9.9.9:5555", 115);
		established(ZmqEventType.CONNECTED, "tcp://10.9.9.9:5555", connection());
		List<NativeChannel> connections = new ArrayList<>();
		for (int i = 1; i <= 300; i++) {
			// each address twice
			String address = "tcp://10.1.0." + (i % 150 + 1) + ":5555";
			NativeChannel connection = connection();
			connections.add(connection);
			established(ZmqEventType.ACCEPTED, address, connection);
		}
		this.socket.record(ZmqEventType.ACCEPTED, "tcp://10.1.1.200:5555", connection());
		this.socket.record(ZmqEventType.HANDSHAKE_FAILED_NO_DETAIL, "tcp://10.1.1.200:5555", 32);
		assertThat(only().endpoints()).extracting(ZmqEndpointSnapshot::endpoint)
			.containsExactly(wildcard, "tcp://10.9.9.9:5555");
		ZmqEndpointSnapshot listener = only().endpoints().get(0);
		assertThat(listener.accepted()).isEqualTo(301);
		assertThat(listener.connections()).isEqualTo(300);
		assertThat(listener.handshaking()).isEqualTo(1);
		assertThat(listener.lastError()).isNotNull();
		assertThat(only().endpoints().get(1).established()).isEqualTo(1);
		assertThat(only().endpoints().get(1).connections()).isEqualTo(1);
		connections
			.forEach((connection) -> this.socket.record(ZmqEventType.DISCONNECTED, "tcp://10.1.0.1:5555", connection));
		assertThat(only().endpoints().get(0).connections()).isZero();
		MonitorFixture.assertBalanced(only().endpoints().get(0));
	}

	@Test
	void aNameThatResolvesAtTheFirstRetryIsStillTheSameEndpoint() {
		NativeChannel connection = connection();
		this.socket.record(ZmqEventType.CONNECT_DELAYED, "tcp://localhost:5555", 115);
		established(ZmqEventType.CONNECTED, "tcp://localhost:5555", connection);
		this.socket.record(ZmqEventType.DISCONNECTED, "tcp://localhost:5555", connection);
		this.socket.record(ZmqEventType.CONNECT_RETRIED, ADDRESS, 140);
		assertThat(endpoint().endpoint()).isEqualTo("tcp://localhost:5555");
		assertState(ZmqEndpointState.RETRYING);
	}

	@Test
	void ofSeveralNamesTheOneThatWaitsForARetryIsMeant() {
		NativeChannel first = connection();
		NativeChannel second = connection();
		established(ZmqEventType.CONNECTED, "tcp://one:5555", first);
		established(ZmqEventType.CONNECTED, "tcp://two:5555", second);
		this.socket.record(ZmqEventType.DISCONNECTED, "tcp://two:5555", second);
		this.socket.record(ZmqEventType.CONNECT_RETRIED, "tcp://10.0.0.2:5555", 140);
		this.socket.record(ZmqEventType.DISCONNECTED, "tcp://one:5555", first);
		this.socket.record(ZmqEventType.CONNECT_RETRIED, "tcp://10.0.0.1:5555", 140);
		assertThat(only().endpoints()).extracting(ZmqEndpointSnapshot::address)
			.containsExactly("tcp://10.0.0.1:5555", "tcp://10.0.0.2:5555");
		assertThat(only().endpoints()).extracting(ZmqEndpointSnapshot::state).containsOnly(ZmqEndpointState.RETRYING);
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp://two:5555", ADDRESS })
	void twoNamesOfOneAddressLoseTheirConnectionsEachByItself(String other) {
		NativeChannel first = connection();
		NativeChannel second = connection();
		connected("tcp://one:5555", first);
		connected(other, second);
		this.socket.record(ZmqEventType.DISCONNECTED, "tcp://one:5555", first);
		this.socket.record(ZmqEventType.CONNECT_RETRIED, ADDRESS, 140);
		assertRetrying("tcp://one:5555");
		pass(Duration.ofMillis(140));
		first = connection();
		connected(ADDRESS, first);
		assertRetrying();
		this.socket.record(ZmqEventType.DISCONNECTED, other, second);
		this.socket.record(ZmqEventType.CONNECT_RETRIED, ADDRESS, 140);
		assertRetrying(other);
		second = connection();
		connected(ADDRESS, second);
		// from now on both have the same address in their events
		for (NativeChannel lost : List.of(first, second)) {
			this.socket.record(ZmqEventType.DISCONNECTED, ADDRESS, lost);
			this.socket.record(ZmqEventType.CONNECT_RETRIED, ADDRESS, 140);
			assertRetrying((lost == first) ? "tcp://one:5555" : other);
			connected(ADDRESS, connection());
			assertRetrying();
		}
		assertThat(only().endpoints()).extracting(ZmqEndpointSnapshot::attempts).containsExactly(3L, 3L);
		assertThat(only().endpoints()).extracting(ZmqEndpointSnapshot::retries).containsExactly(2L, 2L);
	}

	@Test
	void threeNamesOfOneAddressThatLoseTheirServerAreAllRetryingAndComeBack() {
		List<String> names = List.of("tcp://one:5555", "tcp://two:5555", ADDRESS);
		List<NativeChannel> channels = List.of(connection(), connection(), connection());
		for (int i = 0; i < names.size(); i++) {
			connected(names.get(i), channels.get(i));
		}
		for (int i = 0; i < names.size(); i++) {
			this.socket.record(ZmqEventType.DISCONNECTED, names.get(i), channels.get(i));
		}
		for (int round = 0; round < 20; round++) {
			names.forEach((name) -> this.socket.record(ZmqEventType.CONNECT_RETRIED, ADDRESS, 1000));
			pass(Duration.ofSeconds(1));
			assertRetrying(names.toArray(String[]::new));
			names.forEach((name) -> this.socket.record(ZmqEventType.CONNECT_DELAYED, ADDRESS, 115));
			names.forEach((name) -> this.socket.record(ZmqEventType.CLOSED, ADDRESS, connection()));
		}
		names.forEach((name) -> this.socket.record(ZmqEventType.CONNECT_RETRIED, ADDRESS, 1000));
		names.forEach((name) -> connected(ADDRESS, connection()));
		assertRetrying();
		assertThat(only().endpoints()).extracting(ZmqEndpointSnapshot::retries).containsExactly(21L, 21L, 21L);
	}

	private void connected(String address, NativeChannel connection) {
		this.socket.record(ZmqEventType.CONNECT_DELAYED, address, 115);
		established(ZmqEventType.CONNECTED, address, connection);
	}

	/**
	 * Assert that there are the endpoints that were written, that these of them are
	 * retrying and that all others have one connection.
	 */
	private void assertRetrying(String... retrying) {
		assertThat(only().endpoints()).allSatisfy((endpoint) -> {
			boolean lost = List.of(retrying).contains(endpoint.endpoint());
			assertThat(endpoint.state()).as(endpoint.toString())
				.isEqualTo(lost ? ZmqEndpointState.RETRYING : ZmqEndpointState.CONNECTED);
			assertThat(endpoint.connections()).as(endpoint.toString()).isEqualTo(lost ? 0 : 1);
			assertThat(endpoint.handshaking()).isZero();
			MonitorFixture.assertBalanced(endpoint);
		});
	}

	@Test
	void anAttemptThatFailsAndIsNotRetriedIsAbandoned() {
		this.socket.record(ZmqEventType.CONNECT_DELAYED, ADDRESS, 115);
		assertState(ZmqEndpointState.CONNECTING);
		this.socket.record(ZmqEventType.CLOSED, ADDRESS, connection());
		pass(Duration.ofSeconds(2));
		assertState(ZmqEndpointState.ABANDONED);
	}

	@Test
	void theDescriptorOfAFailedBindMakesNoEndpoint() {
		this.socket.record(ZmqEventType.CLOSED, "ipc:///nowhere/x", connection());
		assertThat(only().endpoints()).isEmpty();
		this.socket.record(ZmqEventType.BIND_FAILED, ADDRESS, 98);
		assertState(ZmqEndpointState.FAILED);
		assertThat(endpoint().lastError().error()).isEqualTo("EADDRINUSE");
	}

	@Test
	void anErrorNumberWithoutASymbolIsBounded() {
		for (int errno = 1; errno < 50; errno++) {
			this.socket.record(ZmqEventType.BIND_FAILED, ADDRESS, errno);
		}
		assertThat(group().totals().failures).containsOnlyKeys(new FailureKind("bind", "OTHER"));
	}

	@Test
	void refusedHandshakesDoNotFlicker() {
		this.socket.record(ZmqEventType.CONNECT_DELAYED, ADDRESS, 115);
		refuse();
		this.socket.record(ZmqEventType.CONNECT_RETRIED, ADDRESS, 100);
		var since = endpoint().since();
		var awaySince = endpoint().awaySince();
		for (int i = 0; i < 5; i++) {
			pass(Duration.ofSeconds(1));
			NativeChannel connection = connection();
			this.socket.record(ZmqEventType.CONNECTED, ADDRESS, connection);
			assertState(ZmqEndpointState.RETRYING);
			assertThat(endpoint().connections()).isZero();
			assertThat(endpoint().handshaking()).isEqualTo(1);
			this.socket.record(ZmqEventType.HANDSHAKE_FAILED_NO_DETAIL, ADDRESS, 32);
			this.socket.record(ZmqEventType.DISCONNECTED, ADDRESS, connection);
			this.socket.record(ZmqEventType.CONNECT_RETRIED, ADDRESS, 100);
		}
		assertThat(endpoint().since()).isEqualTo(since);
		assertThat(endpoint().awaySince()).isEqualTo(awaySince);
		established(ZmqEventType.CONNECTED, ADDRESS, connection());
		assertState(ZmqEndpointState.CONNECTED);
		assertThat(endpoint().awaySince()).isNull();
		MonitorFixture.assertBalanced(endpoint());
	}

	@Test
	void aRefusalWithoutARetryIsAbandoned() {
		this.socket.record(ZmqEventType.CONNECT_DELAYED, ADDRESS, 115);
		refuse();
		this.socket.record(ZmqEventType.CONNECT_RETRIED, ADDRESS, 100);
		refuse();
		pass(Duration.ofSeconds(2));
		assertState(ZmqEndpointState.ABANDONED);
	}

	@Test
	void aStreamSocketHasNoHandshakeToWaitFor() {
		NativeSocket stream = NativeSocket.follow(this.monitor.registry(), "stream", "STREAM", Map.of());
		stream.record(ZmqEventType.CONNECT_DELAYED, ADDRESS, 115);
		stream.record(ZmqEventType.HANDSHAKE_FAILED_NO_DETAIL, ADDRESS, 32);
		stream.record(ZmqEventType.CONNECTED, ADDRESS, connection());
		assertThat(this.monitor.snapshot("stream").sockets().get(0).endpoints().get(0).state())
			.isEqualTo(ZmqEndpointState.CONNECTED);
	}

	@Test
	void missedEventsMakeTheNumberOfConnectionsUnknown() {
		established(ZmqEventType.CONNECTED, ADDRESS, connection());
		this.socket.missedEvents();
		assertThat(endpoint().connections()).isNull();
		assertThat(group().totals().connectionsKnown).isFalse();
		assertThat(only().monitored()).isTrue();
	}

	@Test
	void aDescriptorThatIsReusedEndsItsConnection() {
		NativeChannel before = connection();
		established(ZmqEventType.CONNECTED, ADDRESS, before);
		before.close();
		established(ZmqEventType.CONNECTED, ADDRESS, connection());
		assertThat(endpoint().connections()).isEqualTo(1);
		assertThat(endpoint().closedLocally()).isEqualTo(1);
		assertState(ZmqEndpointState.CONNECTED);
	}

	@Test
	void itsEndTakesEverythingAway() {
		established(ZmqEventType.CONNECTED, ADDRESS, connection());
		EndpointAggregate group = group();
		this.socket.end();
		this.socket.end();
		assertThat(this.monitor.snapshot().sockets()).isEmpty();
		assertThat(group.totals().ready).isZero();
		assertThat(group.totals().closedLocally).isEqualTo(1);
	}

	@Test
	void manyEndpointsDoNotGrowTheTable() {
		for (int i = 0; i < 1000; i++) {
			this.socket.record(ZmqEventType.CONNECT_RETRIED, "tcp://10.0.0.1:" + i, 100);
		}
		assertThat(only().endpoints()).hasSize(101);
	}

	/**
	 * A connection that is ready to use.
	 */
	private void established(ZmqEventType type, String address, NativeChannel connection) {
		this.socket.record(type, address, connection);
		this.socket.record(ZmqEventType.HANDSHAKE_SUCCEEDED, address, 0);
	}

	private void refuse() {
		NativeChannel connection = connection();
		this.socket.record(ZmqEventType.CONNECTED, ADDRESS, connection);
		this.socket.record(ZmqEventType.HANDSHAKE_FAILED_AUTH, ADDRESS, 400);
		this.socket.record(ZmqEventType.DISCONNECTED, ADDRESS, connection);
	}

	private static NativeChannel connection() {
		return NativeChannel.connection(null, null);
	}

	private EndpointAggregate group() {
		List<EndpointAggregate> groups = new ArrayList<>();
		this.monitor.registry().endpoints().addListener(new AggregateListener<>() {

			@Override
			public void added(EndpointAggregate group) {
				groups.add(group);
			}

			@Override
			public void removed(EndpointAggregate group) {
				groups.remove(group);
			}

		});
		assertThat(groups).hasSize(1);
		return groups.get(0);
	}

	private ZmqSocketSnapshot only() {
		List<ZmqSocketSnapshot> sockets = this.monitor.snapshot("worker").sockets();
		assertThat(sockets).hasSize(1);
		return sockets.get(0);
	}

	private ZmqEndpointSnapshot endpoint() {
		assertThat(only().endpoints()).hasSize(1);
		return only().endpoints().get(0);
	}

	private void assertState(ZmqEndpointState state) {
		assertThat(endpoint().state()).isEqualTo(state);
	}

	private void pass(Duration duration) {
		this.nanos.addAndGet(duration.toNanos());
	}

}
