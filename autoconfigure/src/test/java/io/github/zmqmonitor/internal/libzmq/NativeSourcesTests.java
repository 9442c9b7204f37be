package io.github.zmqmonitor.internal.libzmq;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqOrigin;
import io.github.zmqmonitor.model.ZmqPeerSnapshot;
import io.github.zmqmonitor.model.ZmqSocketSnapshot;
import io.github.zmqmonitor.monitor.MonitorFixture;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sources that come, report, contradict themselves and go.
 */
class NativeSourcesTests {

	private static final String ADDRESS = "tcp://127.0.0.1:5555";

	private final ZmqMonitor monitor = new ZmqMonitor();

	private final ZmqNativeStatistics statistics = new ZmqNativeStatistics();

	private final NativeSources sources = new NativeSources(this.monitor.registry(), SourcesFixture.settings(3),
			this.statistics);

	private long now;

	@AfterEach
	void close() {
		this.monitor.close();
	}

	@Test
	void aSourceComesWithItsFirstMessageAndGoesWithItsMonitor() {
		heartbeat("a 0");
		assertThat(socket().origin()).isEqualTo(ZmqOrigin.NATIVE);
		assertThat(socket().type()).isEqualTo("ROUTER");
		event(ZmqEventType.LISTENING, 12);
		event(ZmqEventType.MONITOR_STOPPED, 0);
		assertThat(sockets()).isEmpty();
		assertThat(this.sources.size()).isZero();
		assertThat(this.statistics.lost()).isZero();
	}

	@Test
	void aDescriptorIsAConnectionUntilItsEnd() {
		event(ZmqEventType.LISTENING, 12);
		event(ZmqEventType.ACCEPTED, 15);
		event(ZmqEventType.ACCEPTED, 16);
		assertThat(live()).isEqualTo(2);
		event(ZmqEventType.DISCONNECTED, 15);
		event(ZmqEventType.ACCEPTED, 15);
		event(ZmqEventType.DISCONNECTED, 16);
		assertThat(live()).isEqualTo(1);
		assertThat(endpoint().accepted()).isEqualTo(3);
		assertThat(endpoint().disconnected()).isEqualTo(2);
		assertThat(endpoint().peers()).extracting(ZmqPeerSnapshot::local).containsExactly("127.0.0.1:5555");
		MonitorFixture.assertBalanced(endpoint());
	}

	@Test
	void aDescriptorThatComesAgainHasEndedUnseen() {
		event(ZmqEventType.CONNECT_DELAYED, 115);
		event(ZmqEventType.CONNECTED, 16);
		event(ZmqEventType.CONNECT_DELAYED, 115);
		event(ZmqEventType.CONNECTED, 16);
		assertThat(live()).isEqualTo(1);
		assertThat(endpoint().closedLocally()).isEqualTo(1);
		MonitorFixture.assertBalanced(endpoint());
	}

	@Test
	void aListenerAndAConnectionWithTheSameDescriptorAreToldApart() {
		event(ZmqEventType.LISTENING, 12);
		event(ZmqEventType.ACCEPTED, 15);
		event(ZmqEventType.CLOSED, 12);
		assertThat(endpoint().state()).isEqualTo(ZmqEndpointState.CLOSED);
		event(ZmqEventType.LISTENING, 12);
		assertThat(endpoint().state()).isEqualTo(ZmqEndpointState.LISTENING);
		assertThat(live()).isEqualTo(1);
	}

	@Test
	void anEndThatIsToldBeforeItsBeginCountsOnce() {
		event(ZmqEventType.LISTENING, 12);
		event(ZmqEventType.DISCONNECTED, 15);
		event(ZmqEventType.DISCONNECTED, 15);
		event(ZmqEventType.ACCEPTED, 15);
		event(ZmqEventType.ACCEPTED, 15);
		assertThat(live()).isZero();
		event(ZmqEventType.ACCEPTED, 15);
		assertThat(live()).isEqualTo(1);
		assertThat(endpoint().accepted()).isEqualTo(3);
		MonitorFixture.assertBalanced(endpoint());
	}

	@Test
	void anEndWithoutABeginIsNotExpectedForEver() {
		event(ZmqEventType.LISTENING, 12);
		event(ZmqEventType.DISCONNECTED, 15);
		this.sources.sweep(this.now);
		event(ZmqEventType.ACCEPTED, 15);
		assertThat(live()).isEqualTo(1);
	}

	@Test
	void aMonitorThatCameAfterTheBindDoesNotKnowTheConnections() {
		event(ZmqEventType.DISCONNECTED, 15);
		event(ZmqEventType.ACCEPTED, 15);
		assertThat(endpoint().state()).isEqualTo(ZmqEndpointState.LISTENING);
		assertThat(endpoint().connections()).isNull();
		event(ZmqEventType.CLOSED, 12);
		assertThat(endpoint().state()).isEqualTo(ZmqEndpointState.CLOSED);
	}

	@Test
	void eventsThatDidNotArriveAreCounted() {
		heartbeat("a 0");
		event(ZmqEventType.LISTENING, 12);
		event(ZmqEventType.ACCEPTED, 15);
		heartbeat("a 2");
		assertThat(this.statistics.missed()).isZero();
		assertThat(live()).isEqualTo(1);
		heartbeat("a 5");
		heartbeat("a 5");
		assertThat(this.statistics.missed()).isEqualTo(3);
		assertThat(endpoint().connections()).isNull();
	}

	@Test
	void aReceiverThatStartsLateKnowsWhatItHasMissed() {
		heartbeat("a 17");
		assertThat(this.statistics.missed()).isEqualTo(17);
		event(ZmqEventType.ACCEPTED, 15);
		heartbeat("a 18");
		assertThat(this.statistics.missed()).isEqualTo(17);
		assertThat(endpoint().connections()).isNull();
	}

	@Test
	void theRunbookQuotesTheLineAboutASilentSource() throws IOException {
		Path runbook = Path.of(System.getProperty("zmqmonitor.root", ".."), "docs", "runbook.md");
		assertThat(Files.readString(runbook)).contains("WARN "
				+ NativeSources.silent(new ForwardedMessage.Source("orders", "ROUTER"), Duration.ofSeconds(15)) + "\n");
	}

	@Test
	void anotherInstanceIsAnotherLife() {
		heartbeat("a 0");
		event(ZmqEventType.LISTENING, 12);
		event(ZmqEventType.ACCEPTED, 15);
		String before = socket().id();
		heartbeat("b 0");
		assertThat(socket().id()).isNotEqualTo(before);
		assertThat(socket().endpoints()).isEmpty();
		event(ZmqEventType.LISTENING, 12);
		assertThat(live()).isZero();
		assertThat(this.statistics.lost()).isEqualTo(1);
	}

	@Test
	void aSourceThatIsSilentIsTakenOff() {
		heartbeat("a 0");
		pass(Duration.ofSeconds(14));
		heartbeat("a 0");
		pass(Duration.ofSeconds(15));
		assertThat(sockets()).hasSize(1);
		pass(Duration.ofSeconds(1));
		assertThat(sockets()).isEmpty();
		assertThat(this.statistics.lost()).isEqualTo(1);
	}

	@Test
	void sourcesBeyondTheLimitAreRefusedAndCounted() {
		for (int i = 0; i < 1000; i++) {
			this.sources.take(ForwardedMessages.heartbeat("source-" + i, "PUB"), this.now);
		}
		assertThat(sockets()).hasSize(3);
		assertThat(this.statistics.rejected(ZmqNativeRejection.SOURCES)).isEqualTo(997);
	}

	@Test
	void sourcesOfOneNameAndSeveralTypesAreSeveral() {
		this.sources.take(ForwardedMessages.heartbeat("worker", "pull"), this.now);
		this.sources.take(ForwardedMessages.heartbeat("worker", "push"), this.now);
		assertThat(sockets()).extracting(ZmqSocketSnapshot::id).containsExactly("pull-n1", "push-n2");
	}

	@Test
	void connectionsBeyondTheLimitAreRefusedAndCounted() {
		event(ZmqEventType.LISTENING, 12);
		for (int i = 0; i < 100_010; i++) {
			event(ZmqEventType.ACCEPTED, 100 + i);
		}
		assertThat(this.statistics.rejected(ZmqNativeRejection.CONNECTIONS)).isEqualTo(10);
		assertThat(endpoint().accepted()).isEqualTo(100_000);
		assertThat(endpoint().connections()).isNull();
		event(ZmqEventType.MONITOR_STOPPED, 0);
		heartbeat("a 0");
		event(ZmqEventType.LISTENING, 12);
		event(ZmqEventType.ACCEPTED, 15);
		assertThat(live()).isEqualTo(1);
	}

	@Test
	void aRefusedEventMakesTheConnectionsUnknown() {
		heartbeat("a 0");
		event(ZmqEventType.LISTENING, 12);
		this.sources.take(ForwardedMessages.event("orders", "ROUTER", ZmqEventType.ACCEPTED, -1, ADDRESS), this.now);
		assertThat(this.statistics.rejected(ZmqNativeRejection.VALUE)).isEqualTo(1);
		heartbeat("a 2");
		assertThat(this.statistics.missed()).isZero();
		assertThat(endpoint().connections()).isNull();
	}

	@Test
	void anEventOfALaterLibzmqChangesNothing() {
		event(ZmqEventType.LISTENING, 12);
		this.sources.take(ForwardedMessages.version1(ForwardedMessages.NATIVE, "orders", "ROUTER", 0x8000, 1, ADDRESS),
				this.now);
		assertThat(this.statistics.rejected(ZmqNativeRejection.EVENT)).isEqualTo(1);
		assertThat(live()).isZero();
	}

	@Test
	void version2TellsBothEndsOfConnections() {
		version2(ZmqEventType.LISTENING, 12, "tcp://0.0.0.0:5555", "");
		version2(ZmqEventType.ACCEPTED, 15, ADDRESS, "tcp://127.0.0.1:40000");
		version2(ZmqEventType.HANDSHAKE_SUCCEEDED, 0, ADDRESS, "tcp://127.0.0.1:40000");
		assertThat(endpoint().endpoint()).isEqualTo("tcp://0.0.0.0:5555");
		assertThat(endpoint().peers().get(0).remote()).isEqualTo("127.0.0.1:40000");
		assertThat(endpoint().peers().get(0).local()).isEqualTo("127.0.0.1:5555");
		version2(ZmqEventType.DISCONNECTED, 15, ADDRESS, "tcp://127.0.0.1:40000");
		assertThat(live()).isZero();
	}

	@Test
	void version2OfASocketThatConnectsIsAboutTheRemoteAddress() {
		version2(ZmqEventType.CONNECT_DELAYED, 115, "", ADDRESS);
		version2(ZmqEventType.CONNECTED, 15, "tcp://127.0.0.1:40000", ADDRESS);
		version2(ZmqEventType.HANDSHAKE_SUCCEEDED, 0, "tcp://127.0.0.1:40000", ADDRESS);
		assertThat(endpoint().endpoint()).isEqualTo(ADDRESS);
		assertThat(endpoint().peers().get(0).remote()).isEqualTo("127.0.0.1:5555");
		assertThat(this.monitor.statistics().events(ZmqEventType.HANDSHAKE_SUCCEEDED)).isEqualTo(1);
	}

	@Test
	void aConnectEndpointWithAnAddressOfItsOwnIsOneEndpoint() {
		String written = "tcp://127.0.0.1:0;127.0.0.1:5555";
		take(ZmqEventType.CONNECT_DELAYED, 115, written);
		take(ZmqEventType.CONNECTED, 18, written);
		take(ZmqEventType.DISCONNECTED, 18, written);
		take(ZmqEventType.CONNECT_RETRIED, 110, ADDRESS);
		assertThat(endpoint().endpoint()).isEqualTo(ADDRESS);
		assertThat(endpoint().state()).isEqualTo(ZmqEndpointState.RETRYING);
	}

	@Test
	void bindsThatFailAreToldWithTheirTransport() {
		take(ZmqEventType.BIND_FAILED, 98, "127.0.0.1:5555");
		take(ZmqEventType.BIND_FAILED, 2, "/nowhere/x");
		assertThat(socket().endpoints()).extracting(ZmqEndpointSnapshot::endpoint)
			.containsExactly(ADDRESS, "ipc:///nowhere/x");
		assertThat(socket().endpoints()).extracting((endpoint) -> endpoint.lastError().error())
			.containsExactly("EADDRINUSE", "ENOENT");
	}

	@Test
	void errorNumbersOfAnotherPlatformHaveASymbolWhereItIsCertain() {
		assertThat(ErrorNumbers.of("Linux")).containsEntry(98, "EADDRINUSE").containsEntry(11, "EAGAIN");
		assertThat(ErrorNumbers.of("Mac OS X")).containsEntry(24, "EMFILE").doesNotContainKeys(11, 48, 98);
		assertThat(ErrorNumbers.of("Windows 11")).containsEntry(156384712 + 53, "ETERM");
	}

	private void heartbeat(String text) {
		this.sources.take(ForwardedMessages.heartbeat("orders", "ROUTER", text), this.now);
	}

	private void event(ZmqEventType type, int value) {
		take(type, value, ADDRESS);
	}

	private void take(ZmqEventType type, int value, String address) {
		this.sources.take(ForwardedMessages.event("orders", "ROUTER", type, value, address), this.now);
	}

	private void version2(ZmqEventType type, long value, String local, String remote) {
		this.sources.take(ForwardedMessages.version2(ForwardedMessages.NATIVE, "orders", "ROUTER", type.code(),
				new long[] { value }, local, remote), this.now);
	}

	private void pass(Duration duration) {
		this.now += duration.toNanos();
		this.sources.sweep(this.now);
	}

	private List<ZmqSocketSnapshot> sockets() {
		return this.monitor.snapshot().sockets();
	}

	private ZmqSocketSnapshot socket() {
		Optional<ZmqSocketSnapshot> socket = sockets().stream().findFirst();
		assertThat(socket).isPresent();
		return socket.get();
	}

	private int live() {
		return endpoint().connections() + endpoint().handshaking();
	}

	private ZmqEndpointSnapshot endpoint() {
		assertThat(socket().endpoints()).hasSize(1);
		return socket().endpoints().get(0);
	}

}
