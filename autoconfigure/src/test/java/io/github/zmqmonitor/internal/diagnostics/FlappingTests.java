package io.github.zmqmonitor.internal.diagnostics;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.github.zmqmonitor.Ways;
import io.github.zmqmonitor.internal.history.Progress;
import io.github.zmqmonitor.internal.history.ShortConnection;
import io.github.zmqmonitor.internal.rules.EventValues;
import io.github.zmqmonitor.internal.rules.SocketIdentity;
import io.github.zmqmonitor.internal.rules.SocketRules;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqHint;
import io.github.zmqmonitor.model.ZmqOrigin;
import io.github.zmqmonitor.model.ZmqSocketEvent.EndReason;
import io.github.zmqmonitor.monitor.MonitorFixture;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections that are made and lost again and again, and why.
 */
class FlappingTests {

	private final AtomicLong nanos = new AtomicLong(1_000_000_000_000L);

	private final ZmqMonitor monitor = MonitorFixture
		.monitor(new MonitorClock(this.nanos::get, System::currentTimeMillis));

	private final ZContext context = new ZContext();

	@AfterEach
	void close() {
		this.context.close();
		this.monitor.close();
	}

	@Test
	void aListenerThatIsProbedIsNotFlapping() throws Exception {
		ZMQ.Socket server = bound("server", SocketType.ROUTER);
		for (int i = 1; i <= 4; i++) {
			new Socket("127.0.0.1", port(server)).close();
			awaitDisconnected("server", i);
		}
		assertThat(hints()).isEmpty();
		new Socket("127.0.0.1", port(server)).close();
		awaitDisconnected("server", 5);
		assertThat(hints()).singleElement().satisfies((hint) -> {
			assertThat(hint.kind()).isEqualTo(ZmqHint.Kind.PROBES);
			assertThat(hint.endpoint()).isEqualTo("tcp://127.0.0.1:*");
			assertThat(hint.message()).startsWith("5 connections have ended within the last minute");
		});
		this.nanos.addAndGet(Duration.ofSeconds(59).toNanos());
		assertThat(hints()).hasSize(1);
		this.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
		assertThat(hints()).isEmpty();
	}

	/**
	 * Where JeroMQ's classes aren't changed nobody tells whether a handshake is over.
	 */
	@Test
	void clientsThatAreRefusedAreFlapping() throws Exception {
		ZMQ.Socket server = bound("server", SocketType.ROUTER);
		for (int i = 1; i <= 5; i++) {
			try (Socket client = new Socket("127.0.0.1", port(server))) {
				client.getOutputStream().write(greeting());
				await().untilAsserted(() -> assertThat(endpoint("server").peers()).singleElement()
					.satisfies((peer) -> assertThat(peer.zmtp()).isEqualTo("3")));
			}
			awaitDisconnected("server", i);
		}
		assertFlapping(Ways.isAuto(), "no handshake succeeds");
	}

	@Test
	void aServerThatNeverGreetsMakesAnEndpointFlap() throws Exception {
		try (ServerSocket server = new ServerSocket(0)) {
			connected("client", SocketType.DEALER, server);
			for (int i = 1; i <= 5; i++) {
				server.accept().close();
				awaitDisconnected("client", i);
			}
			assertFlapping(true, "what listens there never greets");
		}
	}

	@Test
	void aServerThatGreetsAndLeavesMakesAnEndpointFlap() throws Exception {
		try (ServerSocket server = new ServerSocket(0)) {
			connected("client", SocketType.DEALER, server);
			for (int i = 1; i <= 5; i++) {
				try (Socket accepted = server.accept()) {
					accepted.getOutputStream().write(greeting());
					// the client answers with its part of the handshake
					accepted.getInputStream().readNBytes(65);
				}
				awaitDisconnected("client", i);
			}
			assertFlapping(true, Ways.isAuto() ? "the server greets, but no handshake succeeds"
					: "the server greets, and why they end isn't known");
		}
	}

	@Test
	void tooLargeMessagesMakeBothSidesFlap() {
		ZMQ.Socket server = this.monitor.monitor("server", this.context.createSocket(SocketType.PULL));
		server.setMaxMsgSize(1000);
		server.bind("tcp://127.0.0.1:*");
		ZMQ.Socket client = this.monitor.monitor("client", this.context.createSocket(SocketType.PUSH));
		client.connect(server.getLastEndpoint());
		for (int i = 1; i <= 5; i++) {
			client.send(new byte[2000]);
			awaitDisconnected("client", i);
			awaitDisconnected("server", i);
		}
		assertThat(hints()).extracting(ZmqHint::kind).containsOnly(ZmqHint.Kind.FLAPPING);
		assertThat(hints()).extracting(ZmqHint::socketName)
			.containsExactlyElementsOf(Ways.isAuto() ? List.of("server", "client") : List.of("client"));
		assertThat(hints()).extracting(ZmqHint::message).allMatch((message) -> message.contains("setMaxMsgSize"));
	}

	@Test
	void clientsThatComeAndGoAreNotFlapping() {
		ZMQ.Socket server = bound("server", SocketType.ROUTER);
		for (int i = 1; i <= 6; i++) {
			ZMQ.Socket client = this.monitor.monitor("client", this.context.createSocket(SocketType.DEALER));
			client.connect(server.getLastEndpoint());
			await().untilAsserted(() -> assertThat(endpoint("server").connections()).isEqualTo(1));
			client.close();
			awaitDisconnected("server", i);
		}
		assertThat(hints()).isEmpty();
	}

	@Test
	void whatTheApplicationEndsIsNotFlapping() {
		ZMQ.Socket server = bound("server", SocketType.ROUTER);
		ZMQ.Socket client = this.monitor.monitor("client", this.context.createSocket(SocketType.DEALER));
		for (int i = 1; i <= 6; i++) {
			int count = i;
			client.connect(server.getLastEndpoint());
			await().untilAsserted(() -> assertThat(endpoint("client").connections()).isEqualTo(1));
			client.disconnect(server.getLastEndpoint());
			await().untilAsserted(() -> {
				client.recv(ZMQ.DONTWAIT);
				assertThat(endpoint("client").closedLocally()).isEqualTo(count);
			});
		}
		assertThat(hints()).isEmpty();
	}

	@Test
	void connectionsThatLivedForFiveSecondsAreNotFlapping() throws Exception {
		ZMQ.Socket server = this.monitor.monitor("server", this.context.createSocket(SocketType.ROUTER));
		server.setHandshakeIvl(0);
		server.bind("tcp://127.0.0.1:*");
		List<Socket> probes = new ArrayList<>();
		for (int i = 0; i < 6; i++) {
			probes.add(new Socket("127.0.0.1", port(server)));
		}
		await().untilAsserted(() -> assertThat(endpoint("server").handshaking()).isEqualTo(6));
		this.nanos.addAndGet(Duration.ofSeconds(5).toNanos());
		for (Socket probe : probes) {
			probe.close();
		}
		awaitDisconnected("server", 6);
		assertThat(hints()).isEmpty();
	}

	@Test
	void eachReasonHasWordsOfItsOwn() {
		assertThat(told(true, Progress.OPEN, EndReason.REMOTE)).contains("no greeting of ZeroMQ came");
		assertThat(told(true, Progress.OPEN, EndReason.TIMEOUT)).contains("no greeting of ZeroMQ came");
		assertThat(told(true, Progress.GREETED, EndReason.PROTOCOL)).contains("clients greet, but");
		assertThat(told(true, Progress.READY, EndReason.PROTOCOL)).contains("setMaxMsgSize");
		assertThat(told(true, Progress.READY, EndReason.TIMEOUT)).contains("setHeartbeatTimeout");
		assertThat(told(true, Progress.READY, EndReason.REMOTE)).isNull();
		assertThat(told(true, Progress.READY, null)).isNull();
		assertThat(told(false, Progress.OPEN, EndReason.REMOTE)).contains("never greets");
		assertThat(told(false, Progress.GREETED, EndReason.REMOTE)).contains("the server greets, but");
		assertThat(told(false, Progress.READY, EndReason.PROTOCOL)).contains("setMaxMsgSize");
		assertThat(told(false, Progress.READY, EndReason.TIMEOUT)).contains("setHeartbeatTimeout");
		assertThat(told(false, Progress.READY, EndReason.REMOTE)).contains("the peer or the network ends them");
		assertThat(told(false, Progress.READY, EndReason.LOCAL)).isNull();
		assertThat(told(true, Progress.OPEN, EndReason.LOCAL)).isNull();
	}

	@Test
	void libzmqDoesNotTellProbesFromClients() {
		SocketIdentity libzmq = new SocketIdentity("router-1", 1, "ROUTER", null, ZmqOrigin.NATIVE,
				SocketRules.libzmq(EventValues.JEROMQ));
		assertThat(told(libzmq, new ShortConnection("tcp://*:1", true, Progress.OPEN, null), 5)).isEmpty();
		assertThat(told(libzmq, new ShortConnection("tcp://host:1", false, Progress.OPEN, null), 5)).singleElement()
			.satisfies((hint) -> assertThat(hint.message()).contains("no handshake succeeds"));
	}

	@Test
	void theMostFrequentReasonIsTold() {
		List<ShortConnection> ended = new ArrayList<>(
				Collections.nCopies(2, new ShortConnection("tcp://host:1", false, Progress.OPEN, null)));
		ended.addAll(Collections.nCopies(3, new ShortConnection("tcp://host:1", false, Progress.GREETED, null)));
		ended.addAll(Collections.nCopies(4, new ShortConnection("tcp://other:1", false, Progress.GREETED, null)));
		assertThat(new Diagnostics(ready(), "socket", null).addEnded(ended).all()).singleElement()
			.satisfies((hint) -> assertThat(hint.message()).startsWith("5 connections ")
				.contains("the server greets, but"));
	}

	private static SocketIdentity ready() {
		return new SocketIdentity("dealer-1", 1, "DEALER", null, ZmqOrigin.JVM, SocketRules.READY);
	}

	private static String told(boolean accepted, Progress progress, EndReason reason) {
		ShortConnection connection = new ShortConnection("tcp://host:1", accepted, progress, reason);
		assertThat(told(ready(), connection, 4)).isEmpty();
		List<ZmqHint> hints = told(ready(), connection, 5);
		return hints.isEmpty() ? null : hints.get(0).message();
	}

	private static List<ZmqHint> told(SocketIdentity identity, ShortConnection connection, int count) {
		return new Diagnostics(identity, "socket", null).addEnded(Collections.nCopies(count, connection)).all();
	}

	private void assertFlapping(boolean expected, String reason) {
		if (!expected) {
			assertThat(hints()).isEmpty();
			return;
		}
		assertThat(hints()).singleElement().satisfies((hint) -> {
			assertThat(hint.kind()).isEqualTo(ZmqHint.Kind.FLAPPING);
			assertThat(hint.message()).startsWith("5 connections have ended within the last minute").contains(reason);
		});
	}

	private static byte[] greeting() {
		byte[] greeting = new byte[64];
		greeting[0] = (byte) 0xff;
		greeting[9] = 0x7f;
		greeting[10] = 3;
		System.arraycopy("NULL".getBytes(ZMQ.CHARSET), 0, greeting, 12, 4);
		return greeting;
	}

	private ZMQ.Socket bound(String name, SocketType type) {
		ZMQ.Socket socket = this.monitor.monitor(name, this.context.createSocket(type));
		socket.bind("tcp://127.0.0.1:*");
		return socket;
	}

	private void connected(String name, SocketType type, ServerSocket server) throws IOException {
		ZMQ.Socket socket = this.monitor.monitor(name, this.context.createSocket(type));
		socket.setReconnectIVL(10);
		server.setSoTimeout((int) MonitorFixture.LIMIT.toMillis());
		socket.connect("tcp://127.0.0.1:" + server.getLocalPort());
	}

	private static int port(ZMQ.Socket socket) {
		String endpoint = socket.getLastEndpoint();
		return Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
	}

	private void awaitDisconnected(String name, long count) {
		await().untilAsserted(() -> assertThat(endpoint(name).disconnected()).isEqualTo(count));
	}

	private ZmqEndpointSnapshot endpoint(String name) {
		return this.monitor.snapshot(name).sockets().get(0).endpoints().get(0);
	}

	private List<ZmqHint> hints() {
		return this.monitor.hints();
	}

}
