package io.github.zmqmonitor.events;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.github.zmqmonitor.monitor.ZmqEndpointRole;
import io.github.zmqmonitor.monitor.ZmqEndpointState;
import io.github.zmqmonitor.monitor.ZmqEventType;
import io.github.zmqmonitor.monitor.ZmqSocketEvent;
import org.apache.commons.logging.impl.SimpleLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class ZmqEventLoggerTests {

	private final RecordingLog log = new RecordingLog();

	private final ZmqEventLogger logger = new ZmqEventLogger(this.log);

	private Instant now = Instant.parse("2026-11-22T10:00:00Z");

	@Test
	void aRefusedPasswordIsSaidInWords() {
		this.logger.onEvent(event(ZmqEventType.HANDSHAKE_FAILED_AUTH, new ZmqSocketEvent.AuthenticationStatus(400)));
		assertThat(this.log.lines).containsExactly(
				"[WARN] vault (dealer-1) tcp://host:1: authentication refused (400); JeroMQ will not retry this endpoint");
	}

	@Test
	void aListenerThatRefusesAClientIsNotSaidToBeGivenUp() {
		this.logger.onEvent(new ZmqSocketEvent(this.now, ZmqEventType.HANDSHAKE_FAILED_PROTOCOL, "router-1", "vault",
				"ROUTER", ZmqEndpointRole.BIND, "tcp://*:1", "tcp://0.0.0.0:1", null, ZmqEndpointState.LISTENING,
				new ZmqSocketEvent.ProtocolError("ZMTP_CRYPTOGRAPHIC", 0x11000001)));
		assertThat(this.log.lines).containsExactly(
				"[WARN] vault (router-1) tcp://*:1: handshake failed (ZMTP_CRYPTOGRAPHIC); the client is not let in");
	}

	@Test
	void lossesAndConnectionsAreInfo() {
		this.logger.onEvent(event(ZmqEventType.CONNECTED, null));
		this.logger.onEvent(event(ZmqEventType.DISCONNECTED, null));
		assertThat(this.log.lines).containsExactly(
				"[INFO] vault (dealer-1) tcp://host:1: connected to tcp://10.0.0.1:1",
				"[INFO] vault (dealer-1) tcp://host:1: connection lost");
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
		assertThat(this.log.lines.get(1)).endsWith("(EIOEXC) (and 999 times more in the time before)");
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

	private ZmqSocketEvent event(ZmqEventType type, ZmqSocketEvent.Value value) {
		return new ZmqSocketEvent(this.now, type, "dealer-1", "vault", "DEALER", ZmqEndpointRole.CONNECT,
				"tcp://host:1", "tcp://10.0.0.1:1", null, ZmqEndpointState.CONNECTED, value);
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
