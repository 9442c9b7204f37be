package io.github.zmqmonitor.internal.libzmq;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.monitor.MonitorFixture;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may send to the receiver, and who is shut off.
 */
class ReceiverAdmissionTests {

	private static final List<byte[]> HEARTBEAT = ForwardedMessages.heartbeat("orders", "REP");

	private final ZmqMonitor monitor = new ZmqMonitor();

	private ZmqNativeReceiver receiver = new ZmqNativeReceiver(this.monitor.registry(), SourcesFixture.settings(3));

	@AfterEach
	void close() {
		this.receiver.close();
		this.monitor.close();
	}

	@Test
	void aFormOfAWebPageWritesNothing() throws IOException {
		String request = "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\n\r\n";
		// what is read as the identity of a peer, up to where the length in the letter P
		// ends
		byte[] head = request.getBytes(StandardCharsets.US_ASCII);
		byte[] body = RawPeer.unversioned(HEARTBEAT);
		byte[] post = new byte[Math.max(head.length, 'P') + body.length];
		System.arraycopy(head, 0, post, 0, Math.min(head.length, 'P'));
		System.arraycopy(body, 2, post, 'P', body.length - 2);
		assertRefused(post);
	}

	@Test
	void onlyPeersOfTheThirdVersionAreTaken() throws IOException {
		assertRefused(RawPeer.unversioned(HEARTBEAT));
		for (int version : new int[] { 0, 1 }) {
			byte[] greeting = { (byte) 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0x7f, (byte) version, 8 };
			assertRefused(greeting);
		}
	}

	@Test
	void peersOfAnotherTypeOfSocketAreRefused() throws IOException {
		long before = rejected(ZmqNativeRejection.HANDSHAKE);
		try (RawPeer peer = new RawPeer(address())) {
			peer.write(RawPeer.greeting("NULL")).command("\5READY\13Socket-Type\0\0\0\3SUB").awaitEnd();
		}
		await().untilAsserted(() -> assertThat(rejected(ZmqNativeRejection.HANDSHAKE)).isEqualTo(before + 1));
		assertTakesSenders();
	}

	private void assertRefused(byte[] bytes) throws IOException {
		long before = rejected(ZmqNativeRejection.HANDSHAKE);
		try (RawPeer peer = new RawPeer(address())) {
			peer.write(bytes).awaitEnd();
		}
		await().untilAsserted(() -> assertThat(rejected(ZmqNativeRejection.HANDSHAKE)).isEqualTo(before + 1));
		assertThat(this.monitor.snapshot().sockets()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "\4PING", "\5READY", "\0", "\5HELLO\u00ff", "\5READY\u00ff\0\0\0\0" })
	void commandsOfNonsenseLeaveTheReceiverAlive(String command) throws IOException {
		try (RawPeer early = new RawPeer(address()); RawPeer late = new RawPeer(address())) {
			early.write(RawPeer.greeting("NULL")).command(command);
			late.greet().command(command);
			assertTakesSenders();
		}
	}

	@Test
	void aMessageWithoutAnEndIsCountedOnce() throws IOException {
		try (RawPeer peer = new RawPeer(address())) {
			peer.greet();
			for (int i = 0; i < 40; i++) {
				peer.more(new byte[100]);
			}
			peer.awaitEnd();
		}
		assertThat(rejected(ZmqNativeRejection.FRAMES)).isEqualTo(1);
		assertTakesSenders();
	}

	@ParameterizedTest
	@ValueSource(ints = { 2049, 60_000 })
	void aFrameThatIsTooLongEndsTheConnection(int size) throws IOException {
		try (RawPeer peer = new RawPeer(address())) {
			peer.greet().more(new byte[size]).awaitEnd();
		}
		await().untilAsserted(() -> assertThat(rejected(ZmqNativeRejection.SIZE)).isEqualTo(1));
	}

	@Test
	void peersThatAreSilentMakeRoomForOthers() throws IOException {
		List<RawPeer> silent = new ArrayList<>();
		try (RawPeer first = new RawPeer(address())) {
			first.greet().message(HEARTBEAT);
			await().untilAsserted(() -> assertThat(this.monitor.snapshot().sockets()).hasSize(1));
			for (int i = 0; i < 60; i++) {
				silent.add(new RawPeer(address()).greet());
			}
			silent.get(0).awaitEnd();
			await().untilAsserted(
					() -> assertThat(rejected(ZmqNativeRejection.PEERS)).isGreaterThanOrEqualTo(60 - 2 * 3 - 32 + 1));
			first.message(ForwardedMessages.heartbeat("prices", "PUB"));
			await().untilAsserted(() -> assertThat(this.monitor.snapshot("prices").sockets()).hasSize(1));
			assertTakesSenders();
		}
		finally {
			for (RawPeer peer : silent) {
				peer.close();
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp://[::1]:*", "ipc" })
	void otherTransportsAreGuardedToo(String transport) {
		String endpoint = transport.equals("ipc") ? MonitorFixture.freeIpcEndpoint() : transport;
		start(endpoint, null);
		try (ZContext context = new ZContext()) {
			ZMQ.Socket sender = context.createSocket(SocketType.PUSH);
			sender.setIPv6(true);
			sender.setLinger(0);
			sender.connect(address());
			send(sender, HEARTBEAT);
			await().untilAsserted(() -> assertThat(this.monitor.snapshot().sockets()).hasSize(1));
			for (int i = 0; i < 40; i++) {
				sender.sendMore("x");
			}
			sender.send("x");
			await().untilAsserted(() -> assertThat(rejected(ZmqNativeRejection.FRAMES)).isEqualTo(1));
		}
	}

	@Test
	void whoKnowsThePasswordIsTaken() {
		start("tcp://127.0.0.1:*", "s3cret2");
		try (ZContext context = new ZContext()) {
			assertThat(isTaken(context, "s3cret2")).isTrue();
			assertThat(rejected(ZmqNativeRejection.HANDSHAKE)).isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "s3cret", "s3cret2x" })
	void whoDoesNotKnowThePasswordIsRefused(String password) {
		start("tcp://127.0.0.1:*", "s3cret2");
		try (ZContext context = new ZContext()) {
			send(sender(context, password), ForwardedMessages.heartbeat("stranger", "REP"));
			await().untilAsserted(() -> assertThat(rejected(ZmqNativeRejection.HANDSHAKE)).isPositive());
			assertThat(isTaken(context, "s3cret2")).isTrue();
			assertThat(this.monitor.snapshot().sockets()).hasSize(1);
		}
	}

	@Test
	void whoHasNoPasswordIsRefused() throws IOException {
		start("tcp://127.0.0.1:*", "s3cret");
		try (RawPeer peer = new RawPeer(address())) {
			peer.write(RawPeer.greeting("NULL")).awaitEnd();
		}
		await().untilAsserted(() -> assertThat(rejected(ZmqNativeRejection.HANDSHAKE)).isEqualTo(1));
		assertThat(this.monitor.snapshot().sockets()).isEmpty();
	}

	@Test
	void thePasswordIsShownNowhere() {
		assertThat(SourcesFixture.settings("tcp://127.0.0.1:*", 1, "s3cret")).asString().doesNotContain("s3cret");
	}

	private boolean isTaken(ZContext context, String password) {
		send(sender(context, password), ForwardedMessages.heartbeat("known", "REP"));
		await().untilAsserted(() -> assertThat(this.monitor.snapshot("known").sockets()).hasSize(1));
		return true;
	}

	private ZMQ.Socket sender(ZContext context, String password) {
		ZMQ.Socket sender = context.createSocket(SocketType.PUSH);
		sender.setLinger(0);
		sender.setReconnectIVL(50);
		sender.setHandshakeIvl(2000);
		sender.setPlainUsername("zmq-monitor".getBytes(StandardCharsets.UTF_8));
		sender.setPlainPassword(password.getBytes(StandardCharsets.UTF_8));
		sender.connect(address());
		return sender;
	}

	private static void send(ZMQ.Socket sender, List<byte[]> frames) {
		for (byte[] frame : frames.subList(0, frames.size() - 1)) {
			assertThat(sender.sendMore(frame)).isTrue();
		}
		assertThat(sender.send(frames.get(frames.size() - 1))).isTrue();
	}

	private void assertTakesSenders() throws IOException {
		long events = this.monitor.statistics().events(ZmqEventType.LISTENING);
		await().untilAsserted(() -> {
			try (RawPeer peer = new RawPeer(address())) {
				peer.greet()
					.message(ForwardedMessages.event("honest", "REP", ZmqEventType.LISTENING, 1, "tcp://127.0.0.1:1"));
				await().untilAsserted(() -> assertThat(this.monitor.statistics().events(ZmqEventType.LISTENING))
					.isGreaterThan(events));
			}
		});
	}

	private void start(String endpoint, String password) {
		this.receiver = new ZmqNativeReceiver(this.monitor.registry(), SourcesFixture.settings(endpoint, 3, password));
	}

	private String address() {
		this.receiver.start();
		await().untilAsserted(() -> assertThat(this.receiver.address()).isNotNull());
		return this.receiver.address();
	}

	private long rejected(ZmqNativeRejection reason) {
		return this.receiver.statistics().rejected(reason);
	}

}
