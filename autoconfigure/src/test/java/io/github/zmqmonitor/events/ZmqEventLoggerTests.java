package io.github.zmqmonitor.events;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import io.github.zmqmonitor.model.ZmqEndpointRole;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqHint;
import io.github.zmqmonitor.model.ZmqOrigin;
import io.github.zmqmonitor.model.ZmqSocketEvent;
import io.github.zmqmonitor.model.ZmqSocketEvent.EndReason;
import io.github.zmqmonitor.monitor.MonitorFixture;
import org.apache.commons.logging.impl.SimpleLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.StaticApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

class ZmqEventLoggerTests {

	private final RecordingLog log = new RecordingLog();

	private Instant now = Instant.parse("2026-11-22T10:00:00Z");

	private final ZmqEventLogger logger = new ZmqEventLogger(this.log, new TestClock());

	@RegisterExtension
	final MonitorFixture fixture = new MonitorFixture();

	@Test
	void aRefusedPasswordIsSaidInWords() {
		this.logger
			.onEvent(event(ZmqEventType.HANDSHAKE_FAILED_AUTH, new ZmqSocketEvent.AuthenticationStatus(400, "PLAIN")));
		assertThat(this.log.lines).containsExactly(
				"[WARN] vault (dealer-1) tcp://host:1: PLAIN authentication refused (400); JeroMQ will not retry this endpoint");
	}

	@Test
	void theLibraryThatGivesUpIsNamed() {
		this.logger.onEvent(new ZmqSocketEvent(this.now, ZmqEventType.HANDSHAKE_FAILED_AUTH, "dealer-1", "vault",
				"DEALER", ZmqOrigin.NATIVE, ZmqEndpointRole.CONNECT, "tcp://host:1", "tcp://host:1", null,
				ZmqEndpointState.CONNECTED, new ZmqSocketEvent.AuthenticationStatus(400, null), null, null));
		assertThat(this.log.lines).singleElement().asString().endsWith("; libzmq will not retry this endpoint");
	}

	@Test
	void aListenerThatRefusesAClientIsNotSaidToBeGivenUp() {
		this.logger.onEvent(listener(ZmqEventType.HANDSHAKE_FAILED_PROTOCOL,
				new ZmqSocketEvent.ProtocolError("ZMTP_UNEXPECTED_COMMAND", 0x10000001), null));
		assertThat(this.log.lines).containsExactly(
				"[WARN] desk (router-1) tcp://*:5555: handshake failed, a peer broke the protocol (ZMTP_UNEXPECTED_COMMAND); the client is not let in");
	}

	@Test
	void keysThatDoNotMatchAreSaidInWords() {
		this.logger.onEvent(listener(ZmqEventType.HANDSHAKE_FAILED_PROTOCOL,
				new ZmqSocketEvent.ProtocolError("ZMTP_CRYPTOGRAPHIC", 0x11000001), connection(12, true, false)));
		assertThat(this.log.lines).containsExactly(
				"[WARN] desk (router-1) tcp://*:5555: a client's CURVE keys don't match (a wrong server key at the client?); the client is not let in, peer 10.0.0.9:4711, local 10.0.0.1:5555");
	}

	@Test
	void aNameThatCannotBeResolvedIsSaidInWords() {
		this.logger.onEvent(event(ZmqEventType.CONNECT_FAILED, new ZmqSocketEvent.ErrorNumber("UNKNOWN_HOST", -1)));
		assertThat(this.log.lines).containsExactly(
				"[WARN] vault (dealer-1) tcp://host:1: could not connect (UNKNOWN_HOST): the name of the host can't be resolved");
	}

	@Test
	void lossesAndConnectionsAreInfoWithTheirTimesAndBothAddresses() {
		this.logger.onEvent(event(ZmqEventType.CONNECTED, null));
		connected(0, Duration.ofMillis(3));
		lost(7_384_000);
		connected(1187, Duration.ofSeconds(123));
		assertThat(this.log.lines).containsExactly(
				"[DEBUG] vault (dealer-1) tcp://host:1: TCP is up to tcp://10.0.0.1:1, peer 10.0.0.1:1",
				"[INFO] vault (dealer-1) tcp://host:1: connected to tcp://10.0.0.1:1, local 10.0.0.9:4711",
				"[INFO] vault (dealer-1) tcp://host:1: connection lost after 2h3m4s, peer 10.0.0.1:1, local 10.0.0.9:4711",
				"[INFO] vault (dealer-1) tcp://host:1: connected to tcp://10.0.0.1:1 after 2m3s without a connection, 1,187 retries, local 10.0.0.9:4711");
	}

	@Test
	void aLossThatThisSideCausedIsNotBlamedOnThePeer() {
		assertThat(lost(EndReason.TIMEOUT)).contains(": connection lost after 1s: timeout, ended by this side");
		assertThat(lost(EndReason.PROTOCOL)).contains(": connection lost after 1s: protocol error, ended by this side");
		assertThat(lost(EndReason.LOCAL)).contains(": connection lost after 1s, ended by this side");
		assertThat(lost(EndReason.REMOTE)).contains(": connection lost after 1s, ended by the peer or the network");
	}

	@Test
	void nobodyIsBlamedForALossThatNothingIsKnownOf() {
		lost(1000);
		assertThat(this.log.lines).singleElement().asString().doesNotContain("peer or the network");
	}

	@Test
	void everyChangeOfStateIsWrittenAtOnceAndOnlyThen() {
		for (int i = 0; i < 5; i++) {
			connected(0, Duration.ZERO);
			lost(1000);
			this.now = this.now.plusSeconds(1);
		}
		assertThat(this.log.lines).hasSize(10);
		tickAfter(3600);
		assertThat(this.log.lines).hasSize(10);
		assertThat(this.log.lines.get(9)).contains("connection lost");
	}

	@Test
	void aConnectionThatFlapsIsFoldedAndItsLastLineIsItsPresentState() {
		for (int i = 0; i < 300; i++) {
			connected(0, Duration.ZERO);
			lost(1000);
		}
		connected(0, Duration.ZERO);
		assertThat(this.log.lines).hasSize(10);
		tickAfter(5);
		assertThat(this.log.lines).hasSize(11);
		assertThat(this.log.lines.get(10)).contains(": connected to ")
			.endsWith(" (the last of 591 changes until 10:00:00)");
		this.now = this.now.plusSeconds(60);
		lost(1000);
		assertThat(this.log.lines).hasSize(12);
	}

	@Test
	void whatIsHeldBackComesBeforeTheNextStateAndNotAfterIt() {
		for (int i = 0; i < 3; i++) {
			this.logger.onEvent(dealer(ZmqEventType.DISCONNECTED, null, ZmqEndpointState.DISCONNECTED,
					connection(30_000, false, false), null));
		}
		connected(3, Duration.ofSeconds(90));
		tickAfter(7200);
		assertThat(this.log.lines).hasSize(3);
		assertThat(this.log.lines.get(0)).contains(
				": TCP was up for 30s, but no ZeroMQ greeting came: a frozen server, or another service at that port");
		assertThat(this.log.lines.get(1)).endsWith(" (2 more of the same until 10:00:00)");
		assertThat(this.log.lines.get(2)).contains(": connected to ");
	}

	@Test
	void anEventThatIsToldLateHasItsOwnTime() {
		ZmqSocketEvent event = lossOf("slow");
		this.now = this.now.plusSeconds(30);
		this.logger.onEvent(event);
		assertThat(this.log.lines).singleElement().asString().endsWith(" (at 10:00:00)");
	}

	@Test
	void repetitionsAreFoldedEverLonger() {
		for (int i = 0; i < 4 * 3600; i++) {
			this.logger.onEvent(event(ZmqEventType.ACCEPT_FAILED, new ZmqSocketEvent.ErrorNumber("EIOEXC", 1)));
			tickAfter(1);
		}
		assertThat(this.log.lines).hasSize(6);
		assertThat(this.log.lines.get(0)).endsWith("left");
		assertThat(this.log.lines.get(1)).startsWith("[WARN] vault (dealer-1) tcp://host:1: could not accept")
			.endsWith(" (59 more of the same until 10:00:59)");
		assertThat(this.log.lines.get(2)).endsWith(" (600 more of the same until 10:10:59)");
		assertThat(this.log.lines.get(3)).endsWith(" (3600 more of the same until 11:10:59)");
		tickAfter(3600);
		assertThat(this.log.lines).hasSize(7);
		tickAfter(3600);
		this.logger.onEvent(event(ZmqEventType.ACCEPT_FAILED, new ZmqSocketEvent.ErrorNumber("EIOEXC", 1)));
		assertThat(this.log.lines).hasSize(8);
		assertThat(this.log.lines.get(7)).endsWith("left");
	}

	@Test
	void theSameStateOfShortLivedSocketsOfOneNameIsFolded() {
		for (int i = 0; i < 100; i++) {
			this.logger.onEvent(new ZmqSocketEvent(this.now, ZmqEventType.CONNECTED, "req-" + i, "perRequest", "REQ",
					ZmqOrigin.JVM, ZmqEndpointRole.CONNECT, "tcp://host:1", "tcp://10.0.0.1:1", null,
					ZmqEndpointState.CONNECTED, null, connection(1, true, true), null));
		}
		assertThat(this.log.lines).hasSize(1);
		tickAfter(60);
		assertThat(this.log.lines).hasSize(2);
		assertThat(this.log.lines.get(1)).startsWith("[INFO] perRequest (req-99) ")
			.endsWith(" (99 more of the same until 10:00:00)");
	}

	@Test
	void eachSocketOfOneNameTellsItsOwnLoss() {
		for (String id : List.of("dealer-1", "dealer-2", "dealer-3")) {
			this.logger.onEvent(of(id, ZmqEventType.HANDSHAKE_SUCCEEDED, ZmqEndpointState.CONNECTED));
		}
		for (String id : List.of("dealer-1", "dealer-2", "dealer-3")) {
			this.logger.onEvent(of(id, ZmqEventType.DISCONNECTED, ZmqEndpointState.DISCONNECTED));
		}
		assertThat(this.log.lines).filteredOn((line) -> line.contains("connection lost"))
			.hasSize(3)
			.anyMatch((line) -> line.contains("(dealer-3)"));
	}

	@Test
	void whatIsForgottenIsToldBefore() {
		for (int i = 0; i < 3; i++) {
			this.logger.onEvent(refusalOf("first"));
		}
		for (int i = 0; i < 1000; i++) {
			this.logger.onEvent(refusalOf("socket" + i));
		}
		assertThat(this.log.lines).hasSize(1002)
			.filteredOn((line) -> line.endsWith("(2 more of the same until 10:00:00)"))
			.hasSize(1)
			.allSatisfy((line) -> assertThat(line).contains(" first "));
	}

	@Test
	void clientsAreToldApartFromProbes() {
		for (int i = 0; i < 100; i++) {
			this.logger.onEvent(listener(ZmqEventType.DISCONNECTED, null, connection(3, false, false)));
			if (i % 20 == 0) {
				this.logger.onEvent(listener(ZmqEventType.DISCONNECTED, null, connection(65_000, true, true)));
			}
		}
		assertThat(this.log.lines).hasSize(6)
			.contains(
					"[INFO] desk (router-1) tcp://*:5555: a connection ended after 3ms without a ZeroMQ greeting: a probe, or another protocol, peer 10.0.0.9:4711, local 10.0.0.1:5555",
					"[INFO] desk (router-1) tcp://*:5555: a client has disconnected after 1m5s, peer 10.0.0.9:4711, local 10.0.0.1:5555");
		tickAfter(60);
		assertThat(this.log.lines).hasSize(7);
		assertThat(this.log.lines.get(6)).contains(" a probe").endsWith(" (99 more of the same until 10:00:00)");
	}

	@Test
	void anHttpProbeIsNoWarning() {
		this.logger.onEvent(listener(ZmqEventType.HANDSHAKE_PROTOCOL, new ZmqSocketEvent.ZmtpVersion("unversioned"),
				connection(3, false, false)));
		this.logger.onEvent(event(ZmqEventType.HANDSHAKE_PROTOCOL, new ZmqSocketEvent.ZmtpVersion("unversioned")));
		assertThat(this.log.lines.get(0)).startsWith("[DEBUG] desk ");
		assertThat(this.log.lines.get(1)).startsWith("[WARN] vault ").contains("does not speak ZMTP");
	}

	@Test
	void theRecoveryOfAFailedBindIsInfo() {
		ZmqSocketEvent.ErrorNumber taken = new ZmqSocketEvent.ErrorNumber("EADDRINUSE", 48);
		this.logger.onEvent(listener(ZmqEventType.BIND_FAILED, taken, null));
		this.logger.onEvent(listener(ZmqEventType.BIND_FAILED, taken, null));
		this.logger.onEvent(listener(ZmqEventType.LISTENING, null, null));
		this.logger.onEvent(listener(ZmqEventType.CLOSED, null, null));
		this.logger.onEvent(listener(ZmqEventType.LISTENING, null, null));
		assertThat(this.log.lines).extracting((line) -> line.substring(0, line.indexOf(']') + 1))
			.containsExactly("[WARN]", "[WARN]", "[INFO]", "[DEBUG]", "[DEBUG]");
		assertThat(this.log.lines.get(1)).endsWith("(1 more of the same until 10:00:00)");
		assertThat(this.log.lines.get(2)).contains(": listening at tcp://0.0.0.0:5555");
	}

	@Test
	void aLongOutageIsRemindedOfEverLessOften() {
		ZmqHint hint = new ZmqHint(ZmqHint.Kind.NO_CONNECTION, "dealer-1", "orders", "tcp://hub:5555",
				"still no connection after 30s");
		for (int seconds = 0; seconds < 4 * 3600; seconds++) {
			this.logger.onTick(() -> List.of(hint));
			this.now = this.now.plusSeconds(1);
		}
		assertThat(this.log.lines).hasSize(6)
			.allMatch("[INFO] orders (dealer-1) tcp://hub:5555: still no connection after 30s"::equals);
		this.logger.onTick(List::of);
		this.logger.onTick(() -> List.of(hint));
		assertThat(this.log.lines).hasSize(7);
	}

	@Test
	void probesAreNoWarningAndWhatFlapsIs() {
		List<ZmqHint> hints = List.of(new ZmqHint(ZmqHint.Kind.PROBES, "router-1", "orders", "tcp://*:5555", "probed"),
				new ZmqHint(ZmqHint.Kind.FLAPPING, "router-1", "orders", "tcp://*:5555", "flapping"),
				new ZmqHint(ZmqHint.Kind.REQ_OUT_OF_STEP, "req-2", "client", null, "out of step"));
		this.logger.onTick(() -> hints);
		this.logger.onTick(() -> hints);
		assertThat(this.log.lines).containsExactly("[INFO] orders (router-1) tcp://*:5555: probed",
				"[WARN] orders (router-1) tcp://*:5555: flapping", "[WARN] client (req-2): out of step");
	}

	@Test
	void nothingIsAlarmingOnceTheApplicationCloses() {
		try (StaticApplicationContext parent = new StaticApplicationContext();
				StaticApplicationContext other = new StaticApplicationContext()) {
			this.logger.setApplicationContext(parent);
			this.logger.onApplicationEvent(new ContextClosedEvent(other));
			lost(1000);
			this.logger.onApplicationEvent(new ContextClosedEvent(parent));
			connected(0, Duration.ZERO);
			lost(1000);
			this.logger.onEvent(event(ZmqEventType.ACCEPT_FAILED, new ZmqSocketEvent.ErrorNumber("EIOEXC", 1)));
			tickAfter(60);
		}
		assertThat(this.log.lines.get(0)).startsWith("[INFO]");
		assertThat(this.log.lines.subList(1, this.log.lines.size())).isNotEmpty()
			.allMatch((line) -> line.startsWith("[DEBUG]"));
	}

	@Test
	void aLineIsALineWhateverIsInIt() {
		this.logger.onEvent(lossOf("two\nlines\u001b[31m\u0085\u202e\u2028\u2029"));
		assertThat(this.log.lines.get(0)).startsWith("[INFO] two?lines?[31m???? (");
	}

	@Test
	void anAbandonedEndpointIsAWarningAndSoIsTheNextOne() {
		ZMQ.Socket server = this.fixture.bound(SocketType.ROUTER, "server");
		ZMQ.Socket client = this.fixture.socket(SocketType.PUSH, "client");
		client.connect(server.getLastEndpoint());
		this.fixture.awaitState("client", ZmqEndpointState.ABANDONED);
		tickAfter(1);
		tickAfter(1);
		assertThat(this.log.lines).hasSize(1);
		assertThat(this.log.lines.get(0)).startsWith("[WARN] client (push-")
			.contains(server.getLastEndpoint() + ": JeroMQ has given this endpoint up");
		client.connect(server.getLastEndpoint());
		tickAfter(60);
		this.fixture.awaitState("client", ZmqEndpointState.ABANDONED);
		tickAfter(1);
		assertThat(this.log.lines).hasSize(2);
	}

	@Test
	void aHintIsToldOnceASocketName() {
		for (String name : List.of("first", "second", "second")) {
			ZMQ.Socket socket = this.fixture.socket(SocketType.DEALER, name);
			socket.setHWM(0);
			socket.bind("tcp://127.0.0.1:*");
		}
		tickAfter(1);
		tickAfter(100);
		assertThat(this.log.lines).hasSize(2)
			.allSatisfy((line) -> assertThat(line).startsWith("[INFO] ").contains(": setHWM(0) lets queues grow"));
	}

	@Test
	void aHintAboutADefaultIsToldOnce() {
		for (String name : List.of("first", "second")) {
			ZMQ.Socket socket = this.fixture.socket(SocketType.DEALER, name);
			socket.setLinger(-1);
			socket.bind("tcp://127.0.0.1:*");
		}
		tickAfter(1);
		assertThat(this.log.lines).hasSize(1);
		assertThat(this.log.lines.get(0)).startsWith("[INFO] first (").contains("setLinger(-1)").contains("said once");
	}

	@Test
	void anOrdinarySocketHasNothingToHint() {
		ZMQ.Socket server = this.fixture.bound(SocketType.ROUTER, "server");
		this.fixture.socket(SocketType.DEALER, "client").connect(server.getLastEndpoint());
		this.fixture.awaitConnections("server", 1);
		tickAfter(1);
		assertThat(this.log.lines).isEmpty();
	}

	@Test
	void retriesWithAnyIntervalAreTheSameLine() {
		for (int i = 0; i < 100; i++) {
			this.logger
				.onEvent(event(ZmqEventType.CONNECT_RETRIED, new ZmqSocketEvent.RetryInterval(Duration.ofMillis(i))));
		}
		assertThat(this.log.lines).hasSize(1);
	}

	@Test
	void linesAboutEndlesslyManyEndpointsAreForgotten() {
		for (int i = 0; i < 5000; i++) {
			this.logger.onEvent(new ZmqSocketEvent(this.now, ZmqEventType.DISCONNECTED, "dealer-" + i, "s", "DEALER",
					ZmqOrigin.JVM, ZmqEndpointRole.CONNECT, "tcp://host:" + i, "", null, ZmqEndpointState.DISCONNECTED,
					null, connection(1, true, true), null));
		}
		assertThat(this.log.lines).hasSize(5000);
	}

	@ParameterizedTest
	@EnumSource
	void everyEventHasALine(ZmqEventType type) {
		this.logger.onEvent(event(type, null));
		assertThat(this.log.lines).hasSize(1);
	}

	@Test
	void aPeerIsNamedByItsIdentity() {
		ZmqSocketEvent.Connection known = new ZmqSocketEvent.Connection("10.0.0.1:5555",
				"desk-7\u202e (x), y" + "z".repeat(255), Duration.ofMinutes(5), true, true);
		this.logger.onEvent(new ZmqSocketEvent(this.now, ZmqEventType.DISCONNECTED, "router-1", "desk", "ROUTER",
				ZmqOrigin.JVM, ZmqEndpointRole.BIND, "tcp://*:5555", "tcp://0.0.0.0:5555", "10.0.0.9:4711",
				ZmqEndpointState.LISTENING, null, known, null));
		this.logger.onEvent(new ZmqSocketEvent(this.now, ZmqEventType.HANDSHAKE_SUCCEEDED, "dealer-1", "orders",
				"DEALER", ZmqOrigin.JVM, ZmqEndpointRole.CONNECT, "tcp://hub:1", "tcp://10.0.0.1:1", "10.0.0.1:1",
				ZmqEndpointState.CONNECTED, null, known, null));
		String name = "desk-7???x???y" + "z".repeat(46);
		assertThat(this.log.lines).containsExactly(
				"[INFO] desk (router-1) tcp://*:5555: a client has disconnected after 5m, peer " + name
						+ " (10.0.0.9:4711), local 10.0.0.1:5555",
				"[INFO] orders (dealer-1) tcp://hub:1: connected to tcp://10.0.0.1:1, peer " + name
						+ ", local 10.0.0.1:5555");
	}

	private void tickAfter(int seconds) {
		this.now = this.now.plusSeconds(seconds);
		this.logger.onTick(() -> this.fixture.monitor().hints());
	}

	private void connected(long retries, Duration outage) {
		this.logger.onEvent(dealer(ZmqEventType.HANDSHAKE_SUCCEEDED, null, ZmqEndpointState.CONNECTED,
				connection(1, true, true), new ZmqSocketEvent.Outage(outage, retries)));
	}

	private String lost(EndReason reason) {
		connected(0, Duration.ZERO);
		this.logger.onEvent(dealer(ZmqEventType.DISCONNECTED, new ZmqSocketEvent.ConnectionEnd(reason),
				ZmqEndpointState.DISCONNECTED, connection(1000, true, true), null));
		return this.log.lines.get(this.log.lines.size() - 1);
	}

	private void lost(long age) {
		this.logger.onEvent(dealer(ZmqEventType.DISCONNECTED, null, ZmqEndpointState.DISCONNECTED,
				connection(age, true, true), null));
	}

	private ZmqSocketEvent lossOf(String name) {
		return new ZmqSocketEvent(this.now, ZmqEventType.DISCONNECTED, "dealer-1", name, "DEALER", ZmqOrigin.JVM,
				ZmqEndpointRole.CONNECT, "tcp://host:1", "", null, ZmqEndpointState.DISCONNECTED, null,
				connection(1, true, true), null);
	}

	private ZmqSocketEvent refusalOf(String name) {
		return new ZmqSocketEvent(this.now, ZmqEventType.HANDSHAKE_FAILED_AUTH, "dealer-1", name, "DEALER",
				ZmqOrigin.JVM, ZmqEndpointRole.CONNECT, "tcp://host:1", "", null, ZmqEndpointState.DISCONNECTED, null,
				null, null);
	}

	private ZmqSocketEvent of(String id, ZmqEventType type, ZmqEndpointState state) {
		return new ZmqSocketEvent(this.now, type, id, "pool", "DEALER", ZmqOrigin.JVM, ZmqEndpointRole.CONNECT,
				"tcp://host:1", "tcp://10.0.0.1:1", null, state, null, connection(1, true, true), null);
	}

	private ZmqSocketEvent event(ZmqEventType type, ZmqSocketEvent.Value value) {
		return dealer(type, value, ZmqEndpointState.CONNECTED, null, null);
	}

	private ZmqSocketEvent dealer(ZmqEventType type, ZmqSocketEvent.Value value, ZmqEndpointState state,
			ZmqSocketEvent.Connection connection, ZmqSocketEvent.Outage outage) {
		boolean known = connection != null || type == ZmqEventType.CONNECTED;
		ZmqSocketEvent.Connection own = (connection != null) ? new ZmqSocketEvent.Connection("10.0.0.9:4711", null,
				connection.age(), connection.greeted(), connection.ready()) : null;
		return new ZmqSocketEvent(this.now, type, "dealer-1", "vault", "DEALER", ZmqOrigin.JVM, ZmqEndpointRole.CONNECT,
				"tcp://host:1", "tcp://10.0.0.1:1", known ? "10.0.0.1:1" : null, state, value, own, outage);
	}

	private ZmqSocketEvent listener(ZmqEventType type, ZmqSocketEvent.Value value,
			ZmqSocketEvent.Connection connection) {
		ZmqEndpointState state = (type == ZmqEventType.CLOSED) ? ZmqEndpointState.CLOSED : ZmqEndpointState.LISTENING;
		return new ZmqSocketEvent(this.now, type, "router-1", "desk", "ROUTER", ZmqOrigin.JVM, ZmqEndpointRole.BIND,
				"tcp://*:5555", "tcp://0.0.0.0:5555", (connection != null) ? "10.0.0.9:4711" : null, state, value,
				connection, null);
	}

	private static ZmqSocketEvent.Connection connection(long millis, boolean greeted, boolean ready) {
		return new ZmqSocketEvent.Connection("10.0.0.1:5555", null, Duration.ofMillis(millis), greeted, ready);
	}

	private final class TestClock extends Clock {

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

		@Override
		public Instant instant() {
			return ZmqEventLoggerTests.this.now;
		}

	}

	private static final class RecordingLog extends SimpleLog {

		private static final long serialVersionUID = 1L;

		private final transient List<String> lines = new ArrayList<>();

		RecordingLog() {
			super("test");
			setLevel(LOG_LEVEL_DEBUG);
		}

		@Override
		protected void log(int type, Object message, Throwable cause) {
			String level = switch (type) {
				case LOG_LEVEL_WARN -> "WARN";
				case LOG_LEVEL_INFO -> "INFO";
				default -> "DEBUG";
			};
			this.lines.add("[" + level + "] " + message);
		}

	}

}
