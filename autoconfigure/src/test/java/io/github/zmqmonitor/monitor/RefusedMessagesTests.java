package io.github.zmqmonitor.monitor;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.github.zmqmonitor.Ways;
import io.github.zmqmonitor.model.ZmqMessages.DropReason;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import zmq.Msg;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Types that refuse what a full queue can't take drop nothing.
 */
class RefusedMessagesTests {

	private static final int LIMIT = 20;

	private static final byte[] BODY = new byte[1000];

	@RegisterExtension
	final MonitorFixture fixture = new MonitorFixture();

	@BeforeEach
	void needsChangedClasses() {
		Assumptions.assumeTrue(Ways.isAuto(), "skipped: dropped messages are counted by changed classes only");
	}

	static Stream<Arguments> pairs() {
		return Stream.of(Transport.values())
			.flatMap((transport) -> Stream
				.of("PUSH PULL", "DEALER DEALER", "PAIR PAIR", "CLIENT SERVER", "SERVER CLIENT", "SCATTER GATHER",
						"CHANNEL CHANNEL", "PEER PEER", "ROUTER DEALER")
				.map((types) -> types.split(" "))
				.map((types) -> Arguments.of(transport, SocketType.valueOf(types[0]), SocketType.valueOf(types[1]))));
	}

	@ParameterizedTest
	@MethodSource("pairs")
	void whatIsTakenIsReceived(Transport transport, SocketType from, SocketType to) {
		ZMQ.Socket sender = limited(from, "sender");
		ZMQ.Socket receiver = limited(to, "receiver");
		int peer = connect(sender, receiver, transport);
		int taken = 0;
		int refused = 0;
		while (refused < 100) {
			if (send(sender, peer)) {
				taken++;
			}
			else {
				refused++;
				Thread.onSpinWait();
			}
		}
		assertThat(taken).isGreaterThanOrEqualTo(LIMIT);
		int expected = taken;
		AtomicInteger received = new AtomicInteger();
		await().untilAsserted(() -> {
			while (receiver.base().recv(zmq.ZMQ.ZMQ_DONTWAIT) != null) {
				received.incrementAndGet();
			}
			assertThat(received).hasValue(expected);
		});
		assertThat(dropped("sender").values()).containsOnly(0L);
		assertThat(dropped("receiver").values()).containsOnly(0L);
	}

	private ZMQ.Socket limited(SocketType type, String name) {
		ZMQ.Socket socket = this.fixture.socket(type, name);
		socket.setHWM(LIMIT);
		socket.setReceiveBufferSize(30_000);
		if (type == SocketType.ROUTER) {
			socket.setRouterMandatory(true);
		}
		return socket;
	}

	/**
	 * Connect two sockets.
	 * @return what the sender calls the receiver, 0 if it needs no name
	 */
	private static int connect(ZMQ.Socket sender, ZMQ.Socket receiver, Transport transport) {
		switch (sender.getSocketType()) {
			case PEER -> {
				sender.setSendBufferSize(30_000);
				return sender.connectPeer(transport.bind(receiver));
			}
			case SERVER -> {
				receiver.connect(transport.bind(sender));
				receiver.send("hello");
				return sender.base().recv(0).getRoutingId();
			}
			case ROUTER -> {
				receiver.setIdentity("receiver".getBytes());
				receiver.connect(transport.bind(sender));
				receiver.send("hello");
				assertThat(sender.recvStr()).isEqualTo("receiver");
				assertThat(sender.recvStr()).isEqualTo("hello");
				return 0;
			}
			default -> {
				sender.setSendBufferSize(30_000);
				sender.connect(transport.bind(receiver));
				return 0;
			}
		}
	}

	private static boolean send(ZMQ.Socket sender, int peer) {
		if (sender.getSocketType() == SocketType.ROUTER
				&& !sender.base().send(new Msg("receiver".getBytes()), zmq.ZMQ.ZMQ_SNDMORE | zmq.ZMQ.ZMQ_DONTWAIT)) {
			return false;
		}
		Msg message = new Msg(BODY);
		if (peer != 0) {
			message.setRoutingId(peer);
		}
		return sender.base().send(message, zmq.ZMQ.ZMQ_DONTWAIT);
	}

	private Map<DropReason, Long> dropped(String name) {
		return this.fixture.only(name).messages().dropped();
	}

}
