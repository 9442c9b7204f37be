package io.github.zmqmonitor.internal.instrument;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.zmqmonitor.internal.instrument.Recorder.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zeromq.SocketType;
import org.zeromq.ZAuth;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import zmq.io.StreamEngine.ErrorReason;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(InstrumentedJeromq.class)
class ObservedHandshakesTests {

	private final Recorder recorder = new Recorder();

	@Test
	void bothSidesAreReadyOnceAfterTheirGreeting() {
		try (ZContext context = new ZContext()) {
			ZMQ.Socket pull = context.createSocket(SocketType.PULL);
			ZMQ.Socket push = connect(context, SocketType.PUSH, RoundTrip.bind(pull));
			push.send("first");
			assertThat(pull.recvStr()).isEqualTo("first");
			for (ZMQ.Socket socket : List.of(pull, push)) {
				Call greeting = this.recorder.awaitEvent(socket, zmq.ZMQ.ZMQ_EVENT_HANDSHAKE_PROTOCOL);
				Call ready = this.recorder.await(socket, "ready");
				assertThat(this.recorder.calls()).containsSubsequence(greeting, ready);
				assertThat(ready.owner()).isNotNull().isSameAs(greeting.owner());
				assertThat((SocketChannel) ready.detail()).isNotNull();
				assertThat(this.recorder.calls(socket, "ready")).hasSize(1);
			}
		}
		assertNothingFailed();
	}

	@Test
	void curveIsReadyAfterItsMechanism() {
		ZMQ.Curve.KeyPair keys = ZMQ.Curve.generateKeyPair();
		try (ZContext context = new ZContext()) {
			ZMQ.Socket push = curveClient(context, curveServer(context, keys), keys.publicKey);
			assertThat(this.recorder.await(push, "ready").owner())
				.isSameAs(this.recorder.await(push, "endpointAdded").owner());
		}
		assertNothingFailed();
	}

	@Test
	void aWrongCurveKeyFailsWithTheServersSessionAndIsNeverReady() {
		ZMQ.Curve.KeyPair keys = ZMQ.Curve.generateKeyPair();
		try (ZContext context = new ZContext()) {
			ZMQ.Socket pull = curveServer(context, keys);
			ZMQ.Socket push = curveClient(context, pull, ZMQ.Curve.generateKeyPair().publicKey);
			Call failed = this.recorder.awaitEvent(pull, zmq.ZMQ.ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL);
			assertThat(failed.owner()).isSameAs(this.recorder.await(pull, "sessionAccepted").detail());
			assertThat(failed.argument()).isEqualTo(zmq.ZMQ.ZMQ_PROTOCOL_ERROR_ZMTP_CRYPTOGRAPHIC);
			this.recorder.await(push, "connectionEnded");
			assertThat(this.recorder.calls(push, "ready")).isEmpty();
			assertThat(this.recorder.calls(pull, "ready")).isEmpty();
		}
		assertNothingFailed();
	}

	@Test
	void aWrongPasswordFailsWithTheClientsSession() throws IOException {
		try (ZContext context = new ZContext(); ZAuth auth = new ZAuth(context)) {
			auth.configurePlain("*", passwords().toString());
			ZMQ.Socket pull = context.createSocket(SocketType.PULL);
			pull.setPlainServer(true);
			pull.setZAPDomain("global");
			int port = RoundTrip.bind(pull);
			ZMQ.Socket push = context.createSocket(SocketType.PUSH);
			push.setPlainUsername("admin".getBytes(StandardCharsets.UTF_8));
			push.setPlainPassword("wrong".getBytes(StandardCharsets.UTF_8));
			push.connect("tcp://127.0.0.1:" + port);
			Call failed = this.recorder.awaitEvent(push, zmq.ZMQ.ZMQ_EVENT_HANDSHAKE_FAILED_AUTH);
			assertThat(failed.owner()).isSameAs(this.recorder.await(push, "endpointAdded").owner());
			assertThat(failed.argument()).isEqualTo(400);
			assertThat(this.recorder.calls(push, "ready")).isEmpty();
		}
		assertNothingFailed();
	}

	@Test
	void anUnexpectedCommandFailsWithTheAcceptedSession() throws IOException {
		try (ZContext context = new ZContext()) {
			ZMQ.Socket pull = context.createSocket(SocketType.PULL);
			try (Socket peer = new Socket("127.0.0.1", RoundTrip.bind(pull))) {
				byte[] greeting = new byte[64];
				System.arraycopy(greeting(3, 0), 0, greeting, 0, 12);
				System.arraycopy("NULL".getBytes(StandardCharsets.UTF_8), 0, greeting, 12, 4);
				peer.getOutputStream().write(greeting);
				peer.getOutputStream().write(new byte[] { 4, 6, 5, 'H', 'E', 'L', 'L', 'O' });
				Call failed = this.recorder.awaitEvent(pull, zmq.ZMQ.ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL);
				assertThat(failed.owner()).isSameAs(this.recorder.await(pull, "sessionAccepted").detail());
			}
		}
		assertNothingFailed();
	}

	@ParameterizedTest
	@CsvSource({ "0, 1", "1, 2" })
	void peersOfOldVersionsAreReadyWithTheirGreeting(int revision, int version) throws IOException {
		try (ZContext context = new ZContext()) {
			ZMQ.Socket pull = context.createSocket(SocketType.PULL);
			try (Socket peer = new Socket("127.0.0.1", RoundTrip.bind(pull))) {
				OutputStream output = peer.getOutputStream();
				output.write(greeting(revision, zmq.ZMQ.ZMQ_PUSH));
				Call ready = this.recorder.await(pull, "ready");
				assertThat(ready.owner()).isSameAs(this.recorder.await(pull, "sessionAccepted").detail());
				assertThat(this.recorder.awaitEvent(pull, zmq.ZMQ.ZMQ_EVENT_HANDSHAKE_PROTOCOL).argument())
					.isEqualTo(version);
				assertThat(this.recorder.calls(pull, "ready")).hasSize(1);
			}
		}
		assertNothingFailed();
	}

	@Test
	void whatHasNoVersionIsNeverReady() throws IOException {
		try (ZContext context = new ZContext()) {
			ZMQ.Socket pull = context.createSocket(SocketType.PULL);
			try (Socket peer = new Socket("127.0.0.1", RoundTrip.bind(pull))) {
				peer.getOutputStream().write(new byte[] { 1, 0 });
				assertThat(this.recorder.awaitEvent(pull, zmq.ZMQ.ZMQ_EVENT_HANDSHAKE_PROTOCOL).argument())
					.isEqualTo(0);
			}
			this.recorder.await(pull, "connectionEnded");
			assertThat(this.recorder.calls(pull, "ready")).isEmpty();
		}
		assertNothingFailed();
	}

	@Test
	void streamsAreReadyAtOnce() throws IOException {
		try (ZContext context = new ZContext()) {
			ZMQ.Socket stream = context.createSocket(SocketType.STREAM);
			try (Socket peer = new Socket("127.0.0.1", RoundTrip.bind(stream))) {
				Call ready = this.recorder.await(stream, "ready");
				assertThat(((SocketChannel) ready.detail()).getRemoteAddress()).isEqualTo(peer.getLocalSocketAddress());
				assertThat(ready.owner()).isSameAs(this.recorder.await(stream, "sessionAccepted").detail());
			}
			Call ended = this.recorder.await(stream, "connectionEnded");
			assertThat(ended.detail()).isEqualTo(ErrorReason.CONNECTION);
			assertThat(this.recorder.calls(stream, "ready")).hasSize(1);
		}
		assertNothingFailed();
	}

	@Test
	void aPeerOfTheWrongTypeIsNeverReady() {
		try (ZContext context = new ZContext()) {
			ZMQ.Socket pull = context.createSocket(SocketType.PULL);
			ZMQ.Socket dealer = connect(context, SocketType.DEALER, RoundTrip.bind(pull));
			await().until(() -> !this.recorder.calls(dealer, "connectionEnded").isEmpty()
					|| !this.recorder.calls(pull, "connectionEnded").isEmpty());
			assertThat(this.recorder.calls(dealer, "ready")).isEmpty();
			assertThat(this.recorder.calls(pull, "ready")).isEmpty();
		}
		assertNothingFailed();
	}

	private ZMQ.Socket curveServer(ZContext context, ZMQ.Curve.KeyPair keys) {
		ZMQ.Socket pull = context.createSocket(SocketType.PULL);
		pull.setCurveServer(true);
		pull.setCurvePublicKey(ZMQ.Curve.z85Decode(keys.publicKey));
		pull.setCurveSecretKey(ZMQ.Curve.z85Decode(keys.secretKey));
		RoundTrip.bind(pull);
		return pull;
	}

	private ZMQ.Socket curveClient(ZContext context, ZMQ.Socket server, String serverKey) {
		ZMQ.Curve.KeyPair keys = ZMQ.Curve.generateKeyPair();
		ZMQ.Socket push = context.createSocket(SocketType.PUSH);
		push.setCurvePublicKey(ZMQ.Curve.z85Decode(keys.publicKey));
		push.setCurveSecretKey(ZMQ.Curve.z85Decode(keys.secretKey));
		push.setCurveServerKey(ZMQ.Curve.z85Decode(serverKey));
		push.connect(server.getLastEndpoint());
		return push;
	}

	private static ZMQ.Socket connect(ZContext context, SocketType type, int port) {
		ZMQ.Socket socket = context.createSocket(type);
		socket.connect("tcp://127.0.0.1:" + port);
		return socket;
	}

	private static byte[] greeting(int revision, int socketType) {
		return new byte[] { (byte) 0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, (byte) revision, (byte) socketType };
	}

	private static Path passwords() throws IOException {
		Path file = Files.createTempFile("passwords", ".txt");
		Files.writeString(file, "admin=right\n");
		file.toFile().deleteOnExit();
		return file;
	}

	private void assertNothingFailed() {
		assertThat(JeromqInstrumentation.failure()).isNull();
	}

}
