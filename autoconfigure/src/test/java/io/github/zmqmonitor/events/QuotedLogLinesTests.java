package io.github.zmqmonitor.events;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.zmqmonitor.internal.diagnostics.Diagnostics;
import io.github.zmqmonitor.internal.diagnostics.SocketFacts;
import io.github.zmqmonitor.internal.rules.SocketIdentity;
import io.github.zmqmonitor.model.ZmqEndpointRole;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot.RetryReason;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqErrorSnapshot;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqHint;
import io.github.zmqmonitor.model.ZmqOrigin;
import io.github.zmqmonitor.model.ZmqSocketEvent;
import org.apache.commons.logging.impl.SimpleLog;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every line of the log that the documentation quotes, against the code that writes it.
 */
class QuotedLogLinesTests {

	private static final Path ROOT = Path.of(System.getProperty("zmqmonitor.root", ".."));

	private static final Pattern LINE = Pattern
		.compile("(?:(?<level>WARN|INFO|DEBUG) )?(?<text>\\S+ \\([a-z]+-n?\\d+\\)(?: \\S+)?: .+)");

	private static final Pattern FOLDED = Pattern.compile("`( ?\\([^`]*until \\d\\d:\\d\\d:\\d\\d\\))`");

	private static final Instant NOW = Instant.parse("2026-11-22T15:14:30Z");

	private static final String SERVER = "10.0.0.1:5555";

	private static final String CLIENT = "10.0.0.7:43512";

	private final List<String> written = new ArrayList<>();

	private final ZmqEventLogger logger = new ZmqEventLogger(new RecordingLog(), Clock.fixed(NOW, ZoneOffset.UTC));

	@Test
	void everyQuotedLineIsOneThatIsWritten() throws IOException {
		orders();
		desk();
		auditor();
		TreeSet<String> quoted = new TreeSet<>();
		for (String page : pages()) {
			page.lines().map(String::strip).map(LINE::matcher).filter(Matcher::matches).forEach((line) -> {
				String level = line.group("level");
				String text = line.group("text");
				assertThat(this.written).as(text)
					.anyMatch(
							(known) -> (level != null) ? known.equals(level + " " + text) : known.endsWith(" " + text));
				quoted.add(text);
			});
		}
		assertThat(quoted).hasSizeGreaterThanOrEqualTo(15);
	}

	@Test
	void everyQuotedEndOfAFoldedLineIsOneThatIsWritten() throws IOException {
		LineFolder lines = new LineFolder((line) -> this.written.add(line.text()), ZoneOffset.UTC);
		for (int i = 0; i <= 12; i++) {
			lines.write(new LogLine(LogLevel.INFO, "subject", "kind", "line"), 1, NOW);
		}
		for (int i = 0; i < 350; i++) {
			lines.change(new LogLine(LogLevel.INFO, "other", "change", "line"), 10, NOW);
		}
		lines.flush(NOW.plusSeconds(60));
		int quoted = 0;
		for (String page : pages()) {
			for (Matcher folded = FOLDED.matcher(page); folded.find(); quoted++) {
				assertThat(this.written).contains("line " + folded.group(1).strip());
			}
		}
		assertThat(quoted).isGreaterThanOrEqualTo(2);
	}

	private void orders() {
		orders(ZmqEventType.HANDSHAKE_SUCCEEDED, ZmqEndpointState.CONNECTED, connection(CLIENT, 1, true), null);
		orders(ZmqEventType.DISCONNECTED, ZmqEndpointState.DISCONNECTED, connection(CLIENT, 7_384_000, true), null);
		orders(ZmqEventType.DISCONNECTED, ZmqEndpointState.DISCONNECTED, connection(CLIENT, 30_000, false), null);
		orders(ZmqEventType.HANDSHAKE_SUCCEEDED, ZmqEndpointState.CONNECTED, connection("10.0.0.7:43514", 1, true),
				new ZmqSocketEvent.Outage(Duration.ofSeconds(123), 1187));
		reminder(120, 1187, RetryReason.REFUSED, ZmqEndpointState.RETRYING);
		reminder(600, 4, RetryReason.NO_ANSWER, ZmqEndpointState.RETRYING);
		reminder(120, 3, null, ZmqEndpointState.HANDSHAKING);
		reminder(120, 1187, RetryReason.HANDSHAKE, ZmqEndpointState.RETRYING);
	}

	private void orders(ZmqEventType type, ZmqEndpointState state, ZmqSocketEvent.Connection connection,
			ZmqSocketEvent.Outage outage) {
		this.logger.onEvent(new ZmqSocketEvent(NOW, type, "dealer-1", "orders", "DEALER", ZmqOrigin.JVM,
				ZmqEndpointRole.CONNECT, "tcp://hub:5555", "tcp://" + SERVER, SERVER, state, null, connection, outage));
	}

	private void reminder(long seconds, long retries, RetryReason reason, ZmqEndpointState state) {
		ZmqEndpointSnapshot away = new ZmqEndpointSnapshot("tcp://hub:5555", null, null, ZmqEndpointRole.CONNECT, "tcp",
				state, NOW, NOW.minusSeconds(seconds), retries, 0, 0, null, 0L, 0L, 0L, null, 1L, 0L, null, reason,
				null, null, null, List.of(), null);
		hint(new Diagnostics(new SocketIdentity("dealer-1", 1, "DEALER", null), "orders", null), away);
	}

	private void hint(Diagnostics diagnostics, ZmqEndpointSnapshot endpoint) {
		List<ZmqHint> hints = diagnostics.addEndpoints(List.of(endpoint), NOW).all();
		assertThat(hints).hasSize(1);
		// a logger of its own each time: one tells an outage only now and then
		new ZmqEventLogger(new RecordingLog(), Clock.fixed(NOW, ZoneOffset.UTC)).onTick(() -> hints);
	}

	private void desk() {
		desk(ZmqEventType.BIND_FAILED, new ZmqSocketEvent.ErrorNumber("EADDRINUSE", 48), null, null);
		desk(ZmqEventType.ACCEPT_FAILED, new ZmqSocketEvent.ErrorNumber("EIOEXC", 1), null, null);
		desk(ZmqEventType.DISCONNECTED, null, CLIENT,
				new ZmqSocketEvent.Connection(SERVER, "desk-7", Duration.ofSeconds(65), true, true));
		String stranger = "10.0.0.9:4711";
		desk(ZmqEventType.DISCONNECTED, null, stranger, connection(SERVER, 3, false));
		for (String error : List.of("ZMTP_CRYPTOGRAPHIC", "ZMTP_UNEXPECTED_COMMAND")) {
			desk(ZmqEventType.HANDSHAKE_FAILED_PROTOCOL, new ZmqSocketEvent.ProtocolError(error, 1), stranger,
					connection(SERVER, 3, false));
		}
		this.logger.onTick(() -> new Diagnostics(new SocketIdentity("router-1", 1, "ROUTER", null), "desk", null)
			.addFacts(new SocketFacts(null, 2, true, null), List.of(), Duration.ZERO)
			.all());
	}

	private void desk(ZmqEventType type, ZmqSocketEvent.Value value, String peer,
			ZmqSocketEvent.Connection connection) {
		this.logger
			.onEvent(new ZmqSocketEvent(NOW, type, "router-1", "desk", "ROUTER", ZmqOrigin.JVM, ZmqEndpointRole.BIND,
					"tcp://*:5555", "tcp://0.0.0.0:5555", peer, ZmqEndpointState.LISTENING, value, connection, null));
	}

	private void auditor() {
		this.logger.onEvent(new ZmqSocketEvent(NOW, ZmqEventType.HANDSHAKE_FAILED_AUTH, "push-7", "auditor", "PUSH",
				ZmqOrigin.JVM, ZmqEndpointRole.CONNECT, "tcp://vault:5557", "", null, ZmqEndpointState.HANDSHAKING,
				new ZmqSocketEvent.AuthenticationStatus(400, "PLAIN"), null, null));
		ZmqErrorSnapshot error = new ZmqErrorSnapshot("handshake", "auth", "400", NOW, 1L);
		ZmqEndpointSnapshot abandoned = new ZmqEndpointSnapshot("tcp://vault:5557", null, null, ZmqEndpointRole.CONNECT,
				"tcp", ZmqEndpointState.ABANDONED, NOW, NOW, 0L, 0, 0, null, 0L, 0L, 0L, null, 1L, 0L, null, null,
				error, null, null, List.of(), null);
		hint(new Diagnostics(new SocketIdentity("push-7", 7, "PUSH", null), "auditor", null), abandoned);
	}

	private static ZmqSocketEvent.Connection connection(String local, long millis, boolean ready) {
		return new ZmqSocketEvent.Connection(local, null, Duration.ofMillis(millis), ready, ready);
	}

	private static List<String> pages() throws IOException {
		try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
			List<String> pages = new ArrayList<>();
			for (Path page : docs.filter((path) -> path.toString().endsWith(".md")).toList()) {
				pages.add(Files.readString(page));
			}
			pages.add(Files.readString(ROOT.resolve("README.md")));
			return pages;
		}
	}

	private final class RecordingLog extends SimpleLog {

		private static final long serialVersionUID = 1L;

		RecordingLog() {
			super("test");
			setLevel(LOG_LEVEL_DEBUG);
		}

		@Override
		protected void log(int type, Object message, Throwable cause) {
			String level = (type == LOG_LEVEL_WARN) ? "WARN" : (type == LOG_LEVEL_INFO) ? "INFO" : "DEBUG";
			QuotedLogLinesTests.this.written.add(level + " " + message);
		}

	}

}
