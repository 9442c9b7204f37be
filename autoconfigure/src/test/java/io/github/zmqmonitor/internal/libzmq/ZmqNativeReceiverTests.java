package io.github.zmqmonitor.internal.libzmq;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.monitor.MonitorFixture;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The receiver over real connections, with senders that behave and with those that don't.
 */
@ExtendWith(OutputCaptureExtension.class)
class ZmqNativeReceiverTests {

	private static final String ADDRESS = "tcp://127.0.0.1:5555";

	private final ZmqMonitor monitor = new ZmqMonitor();

	private final ZContext context = new ZContext();

	private ZmqNativeReceiver receiver = new ZmqNativeReceiver(this.monitor.registry(), SourcesFixture.settings(3));

	@AfterEach
	void close() {
		this.context.close();
		this.receiver.close();
		this.monitor.close();
		assertThat(threads()).noneMatch((name) -> name.equals("zmq-monitor-native"));
		assertThat(this.monitor.snapshot().sockets()).isEmpty();
	}

	@Test
	void showsWhatIsSentAndNotItsOwnSocket() {
		ZMQ.Socket sender = sender();
		send(sender, ForwardedMessages.heartbeat("orders", "REP", "a 0"));
		send(sender, ForwardedMessages.event("orders", "REP", ZmqEventType.LISTENING, 12, ADDRESS));
		await().untilAsserted(() -> assertThat(this.monitor.snapshot("orders").sockets()).hasSize(1));
		await().untilAsserted(
				() -> assertThat(this.monitor.snapshot("orders").sockets().get(0).endpoints()).singleElement()
					.satisfies((endpoint) -> assertThat(endpoint.state()).isEqualTo(ZmqEndpointState.LISTENING)));
		assertThat(this.monitor.snapshot().sockets()).hasSize(1);
	}

	@Test
	void doesNothingUntilItIsStarted() {
		assertThat(this.receiver.address()).isNull();
		assertThat(this.receiver.isRunning()).isFalse();
		assertThat(threads()).noneMatch((name) -> name.equals("zmq-monitor-native"));
	}

	@Test
	void canBeStoppedAndStartedAgain() {
		sender();
		this.receiver.start();
		String first = this.receiver.address();
		this.receiver.close();
		this.receiver.close();
		assertThat(this.receiver.address()).isNull();
		assertThat(canBind(first)).isTrue();
		ZMQ.Socket sender = sender();
		send(sender, ForwardedMessages.heartbeat("orders", "REP"));
		await().untilAsserted(() -> assertThat(this.monitor.snapshot().sockets()).hasSize(1));
	}

	@Test
	void aTakenPortIsTriedAgain(CapturedOutput output) throws IOException {
		int port;
		try (ServerSocket taken = new ServerSocket(0)) {
			port = taken.getLocalPort();
			this.receiver = receiver("tcp://127.0.0.1:" + port);
			this.receiver.start();
			await().untilAsserted(() -> assertThat(output).contains("can't be taken at tcp://127.0.0.1:" + port));
			assertThat(this.receiver.address()).isNull();
		}
		await().untilAsserted(() -> assertThat(this.receiver.address()).isEqualTo("tcp://127.0.0.1:" + port));
		send(sender(), ForwardedMessages.heartbeat("orders", "REP"));
		await().untilAsserted(() -> assertThat(this.monitor.snapshot().sockets()).hasSize(1));
	}

	@Test
	void framesBeyondTheLimitEndTheConnectionAndAreCounted() {
		ZMQ.Socket sender = sender();
		sender.send(new byte[10 * 1024 * 1024]);
		await().untilAsserted(() -> assertThat(rejected(ZmqNativeRejection.SIZE)).isEqualTo(1));
		send(sender, ForwardedMessages.heartbeat("orders", "REP"));
		await().untilAsserted(() -> assertThat(this.monitor.snapshot().sockets()).hasSize(1));
	}

	@Test
	void peersThatSpeakSomethingElseAreNotCountedAsOverlong() throws IOException {
		sender();
		String address = this.receiver.address();
		int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
		try (java.net.Socket stranger = new java.net.Socket()) {
			stranger.connect(new InetSocketAddress("127.0.0.1", port));
			stranger.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes());
		}
		send(sender(), ForwardedMessages.heartbeat("orders", "REP"));
		await().untilAsserted(() -> assertThat(this.monitor.snapshot().sockets()).hasSize(1));
		assertThat(rejected(ZmqNativeRejection.SIZE)).isZero();
	}

	@Test
	void messagesOfTooManyFramesEndTheConnectionAreCountedOnceAndWhatFollowsIsRead() {
		ZMQ.Socket sender = sender();
		sender.setSendTimeOut(1000);
		for (int i = 0; i < 40; i++) {
			sender.sendMore("x");
		}
		sender.send("x");
		await().untilAsserted(() -> assertThat(rejected(ZmqNativeRejection.FRAMES)).isEqualTo(1));
		await().untilAsserted(() -> {
			sender.sendMore("orders");
			sender.send("REP");
			assertThat(this.monitor.snapshot().sockets()).hasSize(1);
		});
		assertThat(rejected(ZmqNativeRejection.FRAMES)).isEqualTo(1);
	}

	@Test
	void aFloodIsTakenOrWaitsAtTheSender() {
		ZMQ.Socket sender = sender();
		send(sender, ForwardedMessages.heartbeat("orders", "REP", "a 0"));
		int sent = 0;
		long accepted = 0;
		for (int i = 0; i < 20_000; i++) {
			List<byte[]> message = ForwardedMessages.event("orders", "REP", ZmqEventType.ACCEPT_FAILED, 24, ADDRESS);
			accepted += sendNow(sender, message) ? 1 : 0;
			sent++;
		}
		sender.setSendTimeOut((int) MonitorFixture.LIMIT.toMillis());
		send(sender, ForwardedMessages.heartbeat("orders", "REP", "a " + sent));
		long arrived = accepted;
		long missing = sent - arrived;
		await().untilAsserted(
				() -> assertThat(this.monitor.statistics().events(ZmqEventType.ACCEPT_FAILED)).isEqualTo(arrived));
		await().untilAsserted(() -> assertThat(this.receiver.statistics().missed()).isEqualTo(missing));
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp://0.0.0.0:5600", "tcp://*:5600", "tcp://10.0.0.1:5600", "tcp://example:5600",
			"tcp://[::]:5600", "tcp://127.0.0.1.example:5600", "tcp://127.0.0.1:5600;tcp://0.0.0.0:5600" })
	void endpointsThatOthersCanReachMustBeAllowed(String endpoint) {
		assertThatIllegalArgumentException().isThrownBy(() -> receiver(endpoint));
		assertThat(ZmqNativeSettings.isLocal(endpoint)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp://127.0.0.1:5600", "tcp://127.8.8.8:*", "tcp://localhost:5600", "tcp://[::1]:5600",
			"ipc://events" })
	void localEndpointsAreAllowed(String endpoint) {
		assertThat(ZmqNativeSettings.isLocal(endpoint)).isTrue();
		assertThat(receiver(endpoint)).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "inproc://x", "udp://127.0.0.1:1", "127.0.0.1:5600", "tcp://127.0.0.1", "tcp://:",
			"tcp://127.0.0.1:99999", "tcp://127.0.0.1:65536", "tcp://127.0.0.1:x", "tcp://127.0.0.1:-1", "tcp://a b:1",
			"tcp://a/b:1", "tcp://[::1:1", "ipc://", "ipc://a b" })
	void otherEndpointsAreRefused(String endpoint) {
		assertThatIllegalArgumentException().isThrownBy(() -> new ZmqNativeSettings(endpoint, true,
				ByteOrder.nativeOrder(), Duration.ofSeconds(15), 100, null));
	}

	@Test
	void anEndpointThatOthersCanReachIsWarnedOf(CapturedOutput output) {
		this.receiver = new ZmqNativeReceiver(this.monitor.registry(), new ZmqNativeSettings("tcp://0.0.0.0:*", true,
				ByteOrder.nativeOrder(), Duration.ofSeconds(15), 100, null));
		this.receiver.start();
		assertThat(output).contains("WARN").contains("Other hosts can reach tcp://0.0.0.0:*");
	}

	private ZmqNativeReceiver receiver(String endpoint) {
		return new ZmqNativeReceiver(this.monitor.registry(),
				new ZmqNativeSettings(endpoint, false, ByteOrder.nativeOrder(), Duration.ofSeconds(15), 100, null));
	}

	private ZMQ.Socket sender() {
		this.receiver.start();
		await().untilAsserted(() -> assertThat(this.receiver.address()).isNotNull());
		// now and then a handshake of JeroMQ stands still until something else happens on
		// the I/O thread: so something does, on both sides
		connected(this.receiver.address());
		connected("tcp://127.0.0.1:" + MonitorFixture.freePort());
		return connected(this.receiver.address());
	}

	private ZMQ.Socket connected(String address) {
		ZMQ.Socket socket = this.context.createSocket(SocketType.PUSH);
		socket.setLinger(0);
		socket.setReconnectIVL(50);
		socket.setHeartbeatIvl(50);
		socket.setHeartbeatTimeout(60_000);
		socket.connect(address);
		return socket;
	}

	private static void send(ZMQ.Socket sender, List<byte[]> frames) {
		assertThat(sendNow(sender, frames)).isTrue();
	}

	private static boolean sendNow(ZMQ.Socket sender, List<byte[]> frames) {
		boolean sent = sender.send(frames.get(0), ZMQ.SNDMORE | ((sender.getSendTimeOut() > 0) ? 0 : ZMQ.DONTWAIT));
		for (int i = 1; sent && i < frames.size(); i++) {
			sent = sender.send(frames.get(i), (i < frames.size() - 1) ? ZMQ.SNDMORE : 0);
		}
		return sent;
	}

	private long rejected(ZmqNativeRejection reason) {
		return this.receiver.statistics().rejected(reason);
	}

	private static boolean canBind(String address) {
		try (ServerSocket socket = new ServerSocket()) {
			socket.setReuseAddress(true);
			socket.bind(new InetSocketAddress("127.0.0.1",
					Integer.parseInt(address.substring(address.lastIndexOf(':') + 1))));
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static Set<String> threads() {
		return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).collect(Collectors.toSet());
	}

}
