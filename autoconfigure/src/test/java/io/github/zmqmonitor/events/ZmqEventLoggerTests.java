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
				ZmqEndpointState.CONNECTED, new ZmqSocketEvent.AuthenticationStatus(400, null)));
		assertThat(this.log.lines).singleElement().asString().endsWith("; libzmq will not retry this endpoint");
	}

	@Test
	void aListenerThatRefusesAClientIsNotSaidToBeGivenUp() {
		this.logger.onEvent(new ZmqSocketEvent(this.now, ZmqEventType.HANDSHAKE_FAILED_PROTOCOL, "router-1", "vault",
				"ROUTER", ZmqOrigin.JVM, ZmqEndpointRole.BIND, "tcp://*:1", "tcp://0.0.0.0:1", null,
				ZmqEndpointState.LISTENING, new ZmqSocketEvent.ProtocolError("ZMTP_CRYPTOGRAPHIC", 0x11000001)));
		assertThat(this.log.lines).containsExactly(
				"[WARN] vault (router-1) tcp://*:1: handshake failed, a peer broke the protocol (ZMTP_CRYPTOGRAPHIC); the client is not let in");
	}

	@Test
	void lossesAndConnectionsAreInfo() {
		this.logger.onEvent(event(ZmqEventType.CONNECTED, null));
		this.logger.onEvent(event(ZmqEventType.HANDSHAKE_SUCCEEDED, null));
		this.logger.onEvent(event(ZmqEventType.DISCONNECTED, null));
		assertThat(this.log.lines).containsExactly(
				"[DEBUG] vault (dealer-1) tcp://host:1: TCP is up to tcp://10.0.0.1:1",
				"[INFO] vault (dealer-1) tcp://host:1: connected to tcp://10.0.0.1:1",
				"[INFO] vault (dealer-1) tcp://host:1: connection lost, ended by the peer or the network");
	}

	@Test
	void aLossThatThisSideCausedIsNotBlamedOnThePeer() {
		this.logger.onEvent(event(ZmqEventType.DISCONNECTED, new ZmqSocketEvent.ConnectionEnd(EndReason.TIMEOUT)));
		this.logger.onEvent(event(ZmqEventType.DISCONNECTED, new ZmqSocketEvent.ConnectionEnd(EndReason.PROTOCOL)));
		this.logger.onEvent(event(ZmqEventType.DISCONNECTED, new ZmqSocketEvent.ConnectionEnd(EndReason.REMOTE)));
		assertThat(this.log.lines).containsExactly(
				"[INFO] vault (dealer-1) tcp://host:1: connection lost: timeout, ended by this side",
				"[INFO] vault (dealer-1) tcp://host:1: connection lost: protocol error, ended by this side",
				"[INFO] vault (dealer-1) tcp://host:1: connection lost, ended by the peer or the network");
	}

	@Test
	void theSameLineIsWrittenOnceAMinuteWithTheNumberLeftOut() {
		for (int i = 0; i < 1000; i++) {
			this.logger.onEvent(event(ZmqEventType.ACCEPT_FAILED, new ZmqSocketEvent.ErrorNumber("EIOEXC", 1)));
		}
		assertThat(this.log.lines).hasSize(1);
		this.now = this.now.plusSeconds(60);
		this.logger.onEvent(event(ZmqEventType.ACCEPT_FAILED, new ZmqSocketEvent.ErrorNumber("EIOEXC", 1)));
		assertThat(this.log.lines).hasSize(2);
		assertThat(this.log.lines.get(1)).endsWith(" (the last of 1000 since the line before)");
	}

	@Test
	void whatWasLeftOutIsToldWhenAStormHasEnded() {
		for (int i = 0; i < 1000; i++) {
			this.logger.onEvent(event(ZmqEventType.ACCEPT_FAILED, new ZmqSocketEvent.ErrorNumber("EIOEXC", 1)));
		}
		tickAfter(59);
		assertThat(this.log.lines).hasSize(1);
		tickAfter(1);
		assertThat(this.log.lines).hasSize(2);
		assertThat(this.log.lines.get(1)).startsWith("[WARN] vault (dealer-1) tcp://host:1: could not accept")
			.endsWith(" (the last of 999 since the line before)");
		tickAfter(120);
		assertThat(this.log.lines).hasSize(2);
	}

	@Test
	void theSameLineOfShortLivedSocketsOfOneNameIsWrittenOnceAMinute() {
		for (int i = 0; i < 100; i++) {
			this.logger.onEvent(new ZmqSocketEvent(this.now, ZmqEventType.CONNECTED, "req-" + i, "perRequest", "REQ",
					ZmqOrigin.JVM, ZmqEndpointRole.CONNECT, "tcp://host:1", "tcp://10.0.0.1:1", null,
					ZmqEndpointState.CONNECTED, null));
		}
		assertThat(this.log.lines).hasSize(1);
	}

	@Test
	void whatIsForgottenIsToldBefore() {
		for (int i = 0; i < 3; i++) {
			this.logger.onEvent(lossOf("first"));
		}
		for (int i = 0; i < 1000; i++) {
			this.logger.onEvent(lossOf("socket" + i));
		}
		assertThat(this.log.lines).hasSize(1002)
			.filteredOn((line) -> line.endsWith("(the last of 2 since the line before)"))
			.hasSize(1)
			.allSatisfy((line) -> assertThat(line).contains(" first "));
	}

	@Test
	void aLineSaysWhoseConnectionWasLost() {
		this.logger.onEvent(new ZmqSocketEvent(this.now, ZmqEventType.DISCONNECTED, "router-1", "desk", "ROUTER",
				ZmqOrigin.JVM, ZmqEndpointRole.BIND, "tcp://*:5555", "tcp://0.0.0.0:5555", "10.0.0.9:4711",
				ZmqEndpointState.LISTENING, null));
		assertThat(this.log.lines)
			.containsExactly("[INFO] desk (router-1) tcp://*:5555: a client has disconnected, peer 10.0.0.9:4711");
	}

	@Test
	void aLineIsALineWhateverIsInIt() {
		this.logger.onEvent(lossOf("two\nlines\u001b[31m"));
		assertThat(this.log.lines.get(0)).startsWith("[INFO] two?lines?[31m (");
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
			this.logger.onEvent(
					new ZmqSocketEvent(this.now, ZmqEventType.DISCONNECTED, "dealer-" + i, "s", "DEALER", ZmqOrigin.JVM,
							ZmqEndpointRole.CONNECT, "tcp://host:" + i, "", null, ZmqEndpointState.DISCONNECTED, null));
		}
		assertThat(this.log.lines).hasSize(5000);
	}

	@ParameterizedTest
	@EnumSource
	void everyEventHasALine(ZmqEventType type) {
		this.logger.onEvent(event(type, null));
		assertThat(this.log.lines).hasSize(1);
	}

	private void tickAfter(int seconds) {
		this.now = this.now.plusSeconds(seconds);
		this.logger.onTick(() -> this.fixture.monitor().hints());
	}

	private ZmqSocketEvent lossOf(String name) {
		return new ZmqSocketEvent(this.now, ZmqEventType.DISCONNECTED, "dealer-1", name, "DEALER", ZmqOrigin.JVM,
				ZmqEndpointRole.CONNECT, "tcp://host:1", "", null, ZmqEndpointState.DISCONNECTED, null);
	}

	private ZmqSocketEvent event(ZmqEventType type, ZmqSocketEvent.Value value) {
		return new ZmqSocketEvent(this.now, type, "dealer-1", "vault", "DEALER", ZmqOrigin.JVM, ZmqEndpointRole.CONNECT,
				"tcp://host:1", "tcp://10.0.0.1:1", null, ZmqEndpointState.CONNECTED, value);
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
