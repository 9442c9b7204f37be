package io.github.zmqmonitor.monitor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;

import io.github.zmqmonitor.Ways;
import io.github.zmqmonitor.model.ZmqHint;
import io.github.zmqmonitor.model.ZmqMessages.DropReason;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import zmq.Msg;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A STREAM takes the frame after a refused identity for the data of a message, even if it
 * is the identity once more.
 */
class StreamDropsTests {

	private static final int LIMIT = 20;

	private static final byte[] BODY = new byte[1000];

	@RegisterExtension
	final MonitorFixture fixture = new MonitorFixture();

	private ZMQ.Socket stream;

	@BeforeEach
	void needsChangedClasses() {
		Assumptions.assumeTrue(Ways.isAuto(), "skipped: dropped messages are counted by changed classes only");
		this.stream = this.fixture.socket(SocketType.STREAM, "stream");
		this.stream.setHWM(LIMIT);
		this.stream.bind("tcp://127.0.0.1:*");
	}

	@Test
	void whatIsSentAfterARefusedIdentityIsOneDrop() throws IOException {
		try (Socket client = connect()) {
			byte[] identity = accept();
			int refused = 0;
			int sent = 0;
			// the application goes on as if nothing was refused
			while (refused < 10) {
				refused += send(identity) ? 0 : 1;
				assertThat(send(null)).isTrue();
				sent++;
			}
			int received = sent - refused;
			assertThat(dropped()).containsEntry(DropReason.QUEUE_FULL, (long) refused)
				.containsEntry(DropReason.UNROUTABLE, 0L)
				.containsEntry(DropReason.PEER_GONE, 0L);
			client.getInputStream().skipNBytes(1000L * received);
			await().until(() -> send(identity));
		}
	}

	@Test
	void whereARefusedIdentityIsSentAgainAllThatFollowsIsDropped() throws IOException {
		try (Socket client = connect(); Socket other = connect()) {
			byte[] first = accept();
			byte[] second = accept();
			int received = 0;
			while (send(first)) {
				assertThat(send(null)).isTrue();
				received++;
			}
			for (int i = 0; i < 50; i++) {
				assertThat(send((i % 2 == 0) ? first : second)).isTrue();
				assertThat(send(null)).isTrue();
			}
			assertThat(dropped()).containsEntry(DropReason.QUEUE_FULL, 50L);
			assertThat(this.fixture.only("stream").hints()).extracting(ZmqHint::kind)
				.contains(ZmqHint.Kind.MESSAGES_DROPPED);
			await().until(() -> client.getInputStream().available() + other.getInputStream().available() > 0);
			Socket slow = (client.getInputStream().available() > 0) ? client : other;
			slow.getInputStream().skipNBytes(1000L * received);
			await().untilAsserted(() -> assertThat(this.fixture.only("stream").queues().sent().size()).isZero());
			assertThat(client.getInputStream().available() + other.getInputStream().available()).isZero();
		}
	}

	@Test
	void theSameIsSoAfterAnIdentityThatNobodyHas() throws IOException {
		try (Socket client = connect()) {
			byte[] identity = accept();
			assertThatExceptionOfType(ZMQException.class).isThrownBy(() -> this.stream.sendMore("nobody"));
			assertThat(send(identity)).isTrue();
			assertThat(send(null)).isTrue();
			assertThat(dropped()).containsEntry(DropReason.UNROUTABLE, 1L).containsEntry(DropReason.QUEUE_FULL, 0L);
			assertThat(client.getInputStream().available()).isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whatIsForAPeerThatGoesAfterItsIdentityWasTakenIsOneDrop(boolean read) throws IOException {
		byte[] identity;
		try (Socket client = connect()) {
			identity = accept();
			client.getOutputStream().write(1);
			await().until(() -> this.fixture.only("stream").queues().received().size() == 1);
			assertThat(send(identity)).isTrue();
		}
		this.fixture.awaitConnections("stream", 0);
		// what the I/O thread has begun is done when it has taken two more in turn
		try (Socket first = connect()) {
			this.fixture.awaitConnections("stream", 1);
			try (Socket second = connect()) {
				this.fixture.awaitConnections("stream", 2);
				while (read && this.stream.recv(ZMQ.DONTWAIT) != null) {
					Thread.onSpinWait();
				}
				assertThat(dropped().values()).containsOnly(0L);
				assertThat(send(null)).isTrue();
				assertThat(dropped()).containsEntry(DropReason.PEER_GONE, 1L);
				assertThat(dropped().values()).containsOnly(0L, 1L);
				assertThat(first.isConnected() && second.isConnected()).isTrue();
			}
		}
	}

	private Socket connect() throws IOException {
		String address = this.stream.getLastEndpoint();
		Socket client = new Socket();
		client.setReceiveBufferSize(10_000);
		client.connect(
				new InetSocketAddress("127.0.0.1", Integer.parseInt(address.substring(address.lastIndexOf(':') + 1))));
		return client;
	}

	private byte[] accept() {
		byte[] identity = this.stream.recv();
		assertThat(this.stream.recv()).isEmpty();
		return identity;
	}

	/** Send an identity, or the data if there is none. */
	private boolean send(byte[] identity) {
		return this.stream.base()
			.send(new Msg((identity != null) ? identity : BODY),
					zmq.ZMQ.ZMQ_DONTWAIT | ((identity != null) ? zmq.ZMQ.ZMQ_SNDMORE : 0));
	}

	private Map<DropReason, Long> dropped() {
		return this.fixture.only("stream").messages().dropped();
	}

}
