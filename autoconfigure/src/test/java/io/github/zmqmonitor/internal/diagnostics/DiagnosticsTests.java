package io.github.zmqmonitor.internal.diagnostics;

import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import io.github.zmqmonitor.internal.rules.SocketIdentity;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.model.ZmqEndpointRole;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot.RetryReason;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqHint;
import io.github.zmqmonitor.model.ZmqPeerSnapshot.StallReason;
import io.github.zmqmonitor.monitor.MonitorFixture;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import zmq.Msg;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is said of settings that don't do what they seem to.
 */
class DiagnosticsTests {

	@RegisterExtension
	final MonitorFixture fixture = new MonitorFixture();

	@Test
	void aSocketAsItComesHasNone() {
		ZMQ.Socket server = this.fixture.bound(SocketType.ROUTER, "server");
		this.fixture.socket(SocketType.DEALER, "client").connect(server.getLastEndpoint());
		this.fixture.awaitConnections("server", 1);
		assertThat(kinds("server")).isEmpty();
		assertThat(kinds("client")).isEmpty();
	}

	@Test
	void aHeartbeatTimeoutHasToBeBelowTheInterval() {
		ZMQ.Socket socket = this.fixture.socket(SocketType.DEALER, "socket");
		socket.setHeartbeatIvl(1000);
		socket.bind("tcp://127.0.0.1:*");
		assertThat(kinds("socket")).containsExactly(ZmqHint.Kind.HEARTBEAT_TIMEOUT);
		socket.setHeartbeatTimeout(1000);
		assertThat(message("socket")).contains("(1000 ms)").contains("setHeartbeatTimeout with less than 1000");
		socket.setHeartbeatTimeout(0);
		assertThat(message("socket")).contains("(none)");
		socket.setHeartbeatTimeout(999);
		assertThat(kinds("socket")).isEmpty();
	}

	@Test
	void reconnectIntervalsThatDoHarmAreHinted() {
		ZMQ.Socket socket = this.fixture.socket(SocketType.DEALER, "socket");
		socket.connect(this.fixture.bound(SocketType.ROUTER, "server").getLastEndpoint());
		socket.setReconnectIVL(0);
		assertThat(kinds("socket")).containsExactly(ZmqHint.Kind.RECONNECT_INTERVAL_ZERO);
		socket.setReconnectIVL(-1);
		assertThat(kinds("socket")).containsExactly(ZmqHint.Kind.RECONNECT_INTERVAL_NEGATIVE);
		assertThat(message("socket")).contains("setReconnectIVL(-1)");
		// the context could not be closed with 0
		socket.setReconnectIVL(100);
		assertThat(kinds("socket")).isEmpty();
	}

	@Test
	void aSocketThatOnlyBindsNeverReconnects() {
		ZMQ.Socket socket = this.fixture.bound(SocketType.ROUTER, "socket");
		socket.setReconnectIVL(0);
		assertThat(kinds("socket")).isEmpty();
	}

	@Test
	void infiniteLingerIsHintedUntilItIsSet() {
		ZMQ.Socket socket = this.fixture.socket(SocketType.PUSH, "socket");
		socket.setLinger(-1);
		socket.bind("tcp://127.0.0.1:*");
		assertThat(kinds("socket")).containsExactly(ZmqHint.Kind.LINGER_INFINITE);
		socket.setLinger(0);
		assertThat(kinds("socket")).isEmpty();
	}

	@Test
	void whatConcernsConnectionsIsNotSaidOfInproc() {
		ZMQ.Socket socket = this.fixture.socket(SocketType.PUSH, "socket");
		socket.setLinger(-1);
		socket.setReconnectIVL(0);
		socket.bind("inproc://pipe");
		assertThat(kinds("socket")).isEmpty();
	}

	@Test
	void aSocketThatIsNotUsedYetHasNone() {
		ZMQ.Socket socket = this.fixture.socket(SocketType.PUSH, "socket");
		socket.setHWM(0);
		assertThat(kinds("socket")).isEmpty();
	}

	@Test
	void queuesWithoutALimitAreHintedAndSoIsWhatWaitsInThem() {
		ZMQ.Socket socket = this.fixture.socket(SocketType.PUSH, "socket");
		socket.setSndHWM(0);
		socket.connect("tcp://127.0.0.1:" + MonitorFixture.freePort());
		assertThat(kinds("socket")).containsExactly(ZmqHint.Kind.QUEUES_UNLIMITED);
		assertThat(message("socket")).startsWith("setSndHWM(0) ");
		for (int i = 0; i < 1500; i++) {
			socket.send("message");
		}
		await().untilAsserted(() -> assertThat(kinds("socket")).containsExactly(ZmqHint.Kind.QUEUES_UNLIMITED,
				ZmqHint.Kind.QUEUES_GROWING));
		assertThat(hints("socket").get(1).message()).startsWith("1,500 messages wait").endsWith("by setSndHWM");
	}

	@Test
	void aPublisherAtItsMarkLosesMessages() {
		ZMQ.Socket publisher = this.fixture.socket(SocketType.XPUB, "publisher");
		publisher.setSndHWM(10);
		publisher.bind("inproc://prices");
		ZMQ.Socket subscriber = this.fixture.socket(SocketType.SUB, "subscriber");
		subscriber.setRcvHWM(10);
		subscriber.connect("inproc://prices");
		subscriber.subscribe(ZMQ.SUBSCRIPTION_ALL);
		publisher.recv();
		for (int i = 0; i < 100; i++) {
			publisher.send("price");
		}
		await().untilAsserted(() -> assertThat(kinds("publisher")).containsExactly(ZmqHint.Kind.MESSAGES_DROPPED));
		assertThat(message("publisher")).contains("subscribers lose messages now");
		publisher.setXpubNoDrop(true);
		assertThat(kinds("publisher")).isEmpty();
	}

	@Test
	void aRepWhoseRepliesNobodyReadsIsHinted() {
		ZMQ.Socket rep = this.fixture.socket(SocketType.REP, "rep");
		rep.setSndHWM(5);
		rep.bind("inproc://replies");
		ZMQ.Socket dealer = this.fixture.socket(SocketType.DEALER, "dealer");
		dealer.setRcvHWM(5);
		dealer.connect("inproc://replies");
		for (int i = 0; i < 30; i++) {
			dealer.sendMore("");
			dealer.send("request");
			rep.recv();
			rep.send("reply");
		}
		await().untilAsserted(() -> assertThat(kinds("rep")).containsExactly(ZmqHint.Kind.MESSAGES_DROPPED));
		assertThat(message("rep")).contains("replies to such a peer are dropped now");
	}

	@Test
	void anAbandonedEndpointIsExplained() {
		ZMQ.Socket server = this.fixture.bound(SocketType.ROUTER, "server");
		this.fixture.socket(SocketType.PUSH, "client").connect(server.getLastEndpoint());
		this.fixture.awaitState("client", ZmqEndpointState.ABANDONED);
		assertThat(hints("client")).hasSize(1).allSatisfy((hint) -> {
			assertThat(hint.kind()).isEqualTo(ZmqHint.Kind.ABANDONED);
			assertThat(hint.endpoint()).isEqualTo(server.getLastEndpoint());
		});
	}

	@Test
	void missingHeartbeatsAreHintedOnceAConnectionIsOld() {
		Instant now = Instant.parse("2026-11-22T10:00:00Z");
		SocketOptions options = new SocketOptions(0, 100, 0, -1, 1000, 1000, "NULL", false);
		assertThat(connectedSince(now.minusSeconds(59), "tcp", options, now)).isEmpty();
		assertThat(connectedSince(now.minusSeconds(60), "tcp", options, now))
			.containsExactly(ZmqHint.Kind.HEARTBEATS_OFF);
		assertThat(connectedSince(now.minusSeconds(60), "ipc", options, now)).isEmpty();
		SocketOptions heartbeats = new SocketOptions(0, 100, 1000, 500, 1000, 1000, "NULL", false);
		assertThat(connectedSince(now.minusSeconds(60), "tcp", heartbeats, now)).isEmpty();
	}

	@Test
	void aLongOutageIsHintedWithItsLikelyCause() {
		assertThat(away(29, 5, RetryReason.REFUSED, ZmqEndpointState.RETRYING)).isEmpty();
		assertThat(away(30, 0, null, ZmqEndpointState.CONNECTING)).singleElement()
			.asString()
			.isEqualTo("still no connection after 30s: the attempt has no answer yet:"
					+ " packets are dropped on the way, or the machine is down");
		assertThat(away(120, 1187, RetryReason.REFUSED, ZmqEndpointState.RETRYING)).singleElement()
			.asString()
			.isEqualTo("still no connection after 2m, 1,187 retries: each attempt is refused at once:"
					+ " nothing listens there");
		assertThat(away(3723, 1, RetryReason.NO_ANSWER, ZmqEndpointState.RETRYING)).singleElement()
			.asString()
			.startsWith("still no connection after 1h2m3s, 1 retry: attempts stay without an answer");
		assertThat(away(60, 2, RetryReason.HANDSHAKE, ZmqEndpointState.RETRYING)).singleElement()
			.asString()
			.contains(": TCP comes up, but no handshake succeeds");
		assertThat(away(60, 2, null, ZmqEndpointState.HANDSHAKING)).singleElement()
			.asString()
			.contains(": TCP is up, but the ZeroMQ handshake stands still");
		assertThat(away(60, 2, null, ZmqEndpointState.RETRYING)).singleElement()
			.asString()
			.endsWith(": why is not known");
		assertThat(away(60, 2, null, ZmqEndpointState.CLOSED)).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void eachReasonHasWordsOfItsOwn(RetryReason reason) {
		Set<String> others = EnumSet.complementOf(EnumSet.of(reason))
			.stream()
			.map((other) -> away(60, 2, other, ZmqEndpointState.RETRYING).get(0))
			.collect(Collectors.toSet());
		assertThat(others).doesNotContain(away(60, 2, reason, ZmqEndpointState.RETRYING).get(0));
	}

	private List<String> away(long seconds, long retries, RetryReason reason, ZmqEndpointState state) {
		Instant now = Instant.parse("2026-11-22T10:00:00Z");
		ZmqEndpointSnapshot endpoint = new ZmqEndpointSnapshot("tcp://host:1", null, null, ZmqEndpointRole.CONNECT,
				"tcp", state, now, now.minusSeconds(seconds), retries, 0, 0, null, 0L, 0L, 0L, null, 1L, 0L, null,
				reason, null, null, null, List.of(), null);
		Diagnostics hints = new Diagnostics(new SocketIdentity("dealer-1", 1, "DEALER", null), "socket", null);
		return hints.addEndpoints(List.of(endpoint), now).all().stream().map(ZmqHint::message).toList();
	}

	@Test
	void missingHeartbeatsAreHintedAtAListenerToo() {
		SocketOptions options = new SocketOptions(0, 100, 0, -1, 1000, 1000, "NULL", false);
		assertThat(accepted(true, 59, options)).isEmpty();
		assertThat(accepted(true, 60, options)).containsExactly(ZmqHint.Kind.HEARTBEATS_OFF);
		assertThat(accepted(true, 60, new SocketOptions(0, 100, 1000, 500, 1000, 1000, "NULL", false))).isEmpty();
		assertThat(accepted(true, 60, null)).isEmpty();
	}

	@Test
	void aHandshakeThatStandsStillIsHinted() {
		SocketOptions options = new SocketOptions(0, 100, 1000, 500, 1000, 1000, "NULL", false);
		assertThat(accepted(false, 9, options)).isEmpty();
		assertThat(accepted(false, 10, options)).containsExactly(ZmqHint.Kind.HANDSHAKE_STALLED);
		assertThat(accepted(true, 10, options)).isEmpty();
	}

	@Test
	void aSilentClientIsHintedOnceItHasBeenSilentForLong() throws Exception {
		AtomicLong nanos = new AtomicLong(1_000_000_000_000L);
		ZmqMonitor monitor = MonitorFixture.monitor(new MonitorClock(nanos::get, System::currentTimeMillis));
		try (ZContext plain = new ZContext()) {
			ZMQ.Socket server = monitor.monitor("patient", plain.createSocket(SocketType.ROUTER));
			server.setHandshakeIvl(0);
			server.bind("tcp://127.0.0.1:*");
			String address = server.getLastEndpoint();
			int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
			try (Socket silent = new Socket("127.0.0.1", port)) {
				await().untilAsserted(
						() -> assertThat(monitor.snapshot("patient").sockets().get(0).endpoints().get(0).handshaking())
							.isEqualTo(1));
				assertThat(silent.isConnected()).isTrue();
				assertThat(monitor.hints()).isEmpty();
				nanos.addAndGet(Duration.ofSeconds(11).toNanos());
				assertThat(monitor.hints()).extracting(ZmqHint::kind).containsExactly(ZmqHint.Kind.HANDSHAKE_STALLED);
			}
		}
		monitor.close();
	}

	@Test
	void aSubscriberWithoutASubscriptionIsHinted() {
		AtomicLong nanos = new AtomicLong(1_000_000_000_000L);
		ZmqMonitor monitor = MonitorFixture.monitor(new MonitorClock(nanos::get, System::currentTimeMillis));
		try (ZContext plain = new ZContext()) {
			plain.createSocket(SocketType.PUB).bind("inproc://prices");
			ZMQ.Socket sub = monitor.monitor("sub", plain.createSocket(SocketType.SUB));
			ZMQ.Socket dish = monitor.monitor("dish", plain.createSocket(SocketType.DISH));
			sub.connect("inproc://prices");
			dish.bind("inproc://groups");
			assertThat(monitor.hints()).isEmpty();
			nanos.addAndGet(Duration.ofSeconds(11).toNanos());
			assertThat(monitor.hints()).extracting(ZmqHint::kind)
				.containsExactly(ZmqHint.Kind.SUBSCRIPTION_MISSING, ZmqHint.Kind.SUBSCRIPTION_MISSING);
			sub.subscribe("price");
			dish.join("group");
			assertThat(monitor.hints()).isEmpty();
		}
		monitor.close();
	}

	@Test
	void aSecondPeerOfAPairIsHinted() {
		ZMQ.Socket pair = this.fixture.bound(SocketType.PAIR, "pair");
		ZMQ.Socket first = this.fixture.socket(SocketType.PAIR, "first");
		first.connect(pair.getLastEndpoint());
		this.fixture.awaitConnections("pair", 1);
		assertThat(kinds("pair")).isEmpty();
		ZMQ.Socket second = this.fixture.socket(SocketType.PAIR, "second");
		second.connect(pair.getLastEndpoint());
		await().untilAsserted(() -> assertThat(kinds("pair")).containsExactly(ZmqHint.Kind.SECOND_PEER));
		second.close();
		await().untilAsserted(() -> assertThat(kinds("pair")).isEmpty());
	}

	@Test
	void twoPeersOfOneIdentityAreHinted() {
		ZMQ.Socket router = this.fixture.bound(SocketType.ROUTER, "router");
		named(router, "one", "alice");
		named(router, "two", "bob");
		this.fixture.awaitConnections("router", 2);
		router.recv(ZMQ.DONTWAIT);
		assertThat(kinds("router")).isEmpty();
		ZMQ.Socket three = named(router, "three", "alice");
		await().untilAsserted(() -> {
			router.recv(ZMQ.DONTWAIT);
			assertThat(kinds("router")).containsExactly(ZmqHint.Kind.IDENTITY_DUPLICATE);
		});
		assertThat(message("router")).doesNotContain("alice");
		router.setRouterHandover(true);
		assertThat(kinds("router")).isEmpty();
		router.setRouterHandover(false);
		three.close();
		await().untilAsserted(() -> assertThat(kinds("router")).isEmpty());
	}

	private ZMQ.Socket named(ZMQ.Socket router, String name, String identity) {
		ZMQ.Socket dealer = this.fixture.socket(SocketType.DEALER, name);
		dealer.setIdentity(identity.getBytes(ZMQ.CHARSET));
		dealer.connect(router.getLastEndpoint());
		return dealer;
	}

	@Test
	void aRadioAtItsMarkLosesMessages() {
		ZMQ.Socket radio = this.fixture.socket(SocketType.RADIO, "radio");
		radio.setSndHWM(10);
		radio.bind("inproc://news");
		ZMQ.Socket dish = this.fixture.socket(SocketType.DISH, "dish");
		dish.setRcvHWM(10);
		dish.join("news");
		dish.connect("inproc://news");
		assertThat(kinds("radio")).isEmpty();
		await().untilAsserted(() -> {
			radio.base().send(news(), 0);
			assertThat(kinds("radio")).containsExactly(ZmqHint.Kind.MESSAGES_DROPPED);
		});
	}

	private static Msg news() {
		Msg message = new Msg("news".getBytes(ZMQ.CHARSET));
		message.setGroup("news");
		return message;
	}

	@Test
	void peersThatStandStillForLongAreHintedByTheReason() {
		assertThat(still(StallReason.PEER_NOT_READING, 9)).isEmpty();
		assertThat(still(StallReason.PEER_NOT_READING, 10)).singleElement().satisfies((hint) -> {
			assertThat(hint.kind()).isEqualTo(ZmqHint.Kind.PEER_NOT_READING);
			assertThat(hint.endpoint()).isEqualTo("tcp://*:1");
			assertThat(hint.message()).startsWith("a peer took nothing of what waits there for more than 10 s");
		});
		assertThat(still(StallReason.UNREACHABLE, 10)).singleElement().satisfies((hint) -> {
			assertThat(hint.kind()).isEqualTo(ZmqHint.Kind.UNREACHABLE);
			assertThat(hint.message()).startsWith("nothing that was sent to a peer was answered for more than 10 s");
		});
		assertThat(still(null, 100)).isEmpty();
	}

	private List<ZmqHint> still(StallReason reason, long seconds) {
		ZmqEndpointSnapshot endpoint = new ZmqEndpointSnapshot("tcp://*:1", null, null, ZmqEndpointRole.BIND, "tcp",
				ZmqEndpointState.LISTENING, null, null, null, 1, 0, 1L, null, 0L, 0L, 0L, null, null, null, null, null,
				null, null, List.of(), null);
		ConnectionAge connection = new ConnectionAge("tcp://*:1", true, true, Duration.ofSeconds(30), reason,
				Duration.ofSeconds(seconds));
		return new Diagnostics(new SocketIdentity("push-1", 1, "PUSH", null), "socket", null)
			.addConnections(List.of(endpoint), List.of(connection))
			.all();
	}

	private List<ZmqHint.Kind> accepted(boolean ready, long seconds, SocketOptions options) {
		ZmqEndpointSnapshot endpoint = new ZmqEndpointSnapshot("tcp://*:1", null, null, ZmqEndpointRole.BIND, "tcp",
				ZmqEndpointState.LISTENING, null, null, null, ready ? 1 : 0, ready ? 0 : 1, 1L, null, 0L, 0L, 0L, null,
				null, null, null, null, null, null, List.of(), null);
		ConnectionAge connection = new ConnectionAge("tcp://*:1", true, ready, Duration.ofSeconds(seconds), null,
				Duration.ZERO);
		return new Diagnostics(new SocketIdentity("router-1", 1, "ROUTER", null), "socket", options)
			.addConnections(List.of(endpoint), List.of(connection))
			.all()
			.stream()
			.map(ZmqHint::kind)
			.toList();
	}

	@Test
	void theListOfSocketsHasNoHints() {
		ZMQ.Socket socket = this.fixture.socket(SocketType.PUSH, "socket");
		socket.setHWM(0);
		socket.bind("tcp://127.0.0.1:*");
		assertThat(this.fixture.sockets().get(0).hints()).isNull();
		assertThat(this.fixture.monitor().hints()).hasSize(1);
	}

	private List<ZmqHint.Kind> connectedSince(Instant since, String transport, SocketOptions options, Instant now) {
		ZmqEndpointSnapshot endpoint = new ZmqEndpointSnapshot(transport + "://host", null, null,
				ZmqEndpointRole.CONNECT, transport, ZmqEndpointState.CONNECTED, since, null, 0L, 1, 0, null, 1L, 0L, 0L,
				null, 1L, 0L, Duration.ZERO, null, null, null, null, List.of(), null);
		Diagnostics hints = new Diagnostics(new SocketIdentity("dealer-1", 1, "DEALER", null), "socket", options);
		return hints.addEndpoints(List.of(endpoint), now).all().stream().map(ZmqHint::kind).toList();
	}

	private List<ZmqHint> hints(String name) {
		return this.fixture.only(name).hints();
	}

	private List<ZmqHint.Kind> kinds(String name) {
		return hints(name).stream().map(ZmqHint::kind).toList();
	}

	private String message(String name) {
		return hints(name).get(0).message();
	}

}
