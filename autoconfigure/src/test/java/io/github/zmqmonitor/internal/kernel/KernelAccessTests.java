package io.github.zmqmonitor.internal.kernel;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.zmqmonitor.monitor.MonitorFixture;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is read of real connections, to the byte.
 */
@EnabledOnOs(OS.LINUX)
@ExtendWith(OutputCaptureExtension.class)
class KernelAccessTests {

	@ParameterizedTest
	@EnumSource
	void whatIsUnreadIsKnown(Way way) throws IOException {
		KernelReader reader = way.open(1_000_000);
		try (Pair pair = new Pair(loopback())) {
			pair.client.write(ByteBuffer.allocate(12345));
			await().untilAsserted(() -> assertThat(pair.atServer(reader).unread()).isEqualTo(12345));
			read(pair.server, 345);
			assertThat(pair.atServer(reader).unread()).isEqualTo(12000);
			await().untilAsserted(() -> assertThat(pair.atClient(reader).unacknowledged()).isZero());
		}
	}

	@ParameterizedTest
	@EnumSource
	void whatDoesNotFitIsUnacknowledged(Way way) throws IOException {
		KernelReader reader = way.open(1_000_000);
		try (Pair pair = new Pair(loopback())) {
			pair.client.configureBlocking(false);
			int[] sent = new int[1];
			await().untilAsserted(() -> {
				int written = pair.client.write(ByteBuffer.allocate(1 << 20));
				sent[0] += written;
				assertThat(written).isZero();
				assertThat(pair.atClient(reader).unacknowledged() + pair.atServer(reader).unread()).isEqualTo(sent[0]);
			});
			KernelConnection client = pair.atClient(reader);
			assertThat(client.unacknowledged()).isPositive();
			if (way == Way.NETLINK) {
				assertThat(client.bytesSent(false) + client.unacknowledged()).isEqualTo(sent[0]);
				assertThat(client.info().unsent()).isPositive().isLessThanOrEqualTo(client.unacknowledged());
			}
		}
	}

	@Test
	void bytesAreCountedToTheByte() throws IOException {
		KernelReader reader = Way.NETLINK.open(1_000_000);
		try (Pair pair = new Pair(loopback())) {
			assertThat(pair.atClient(reader).bytesSent(false)).isZero();
			assertThat(pair.atServer(reader).bytesSent(true)).isZero();
			int sent = 0;
			for (int length : new int[] { 1, 7, 1000, 70_001 }) {
				pair.client.write(ByteBuffer.allocate(length));
				read(pair.server, length);
				sent += length;
			}
			pair.server.write(ByteBuffer.allocate(99));
			long expected = sent;
			await().untilAsserted(() -> {
				assertThat(pair.atClient(reader).bytesSent(false)).isEqualTo(expected);
				assertThat(pair.atServer(reader).bytesReceived()).isEqualTo(expected);
				assertThat(pair.atServer(reader).bytesSent(true)).isEqualTo(99);
				assertThat(pair.atClient(reader).bytesReceived()).isEqualTo(99);
			});
			pair.server.shutdownOutput();
			await().until(() -> pair.atClient(reader).peerClosed());
			assertThat(pair.atClient(reader).bytesReceived()).isEqualTo(99);
			assertThat(pair.atClient(reader).info().roundTripMicros()).isPositive();
		}
	}

	@ParameterizedTest
	@EnumSource
	void allKindsOfAddressesAreFound(Way way) throws IOException {
		KernelReader reader = way.open(1_000_000);
		// a channel of the family of IPv4 is in the one table, any other in that of IPv6
		try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.INET);
				SocketChannel client = SocketChannel.open(StandardProtocolFamily.INET)) {
			server.bind(new InetSocketAddress(loopback(), 0));
			client.connect(server.getLocalAddress());
			assertThat(reader.read(List.of(tuple(client)))).containsOnlyKeys(tuple(client));
		}
		try (Pair pair = new Pair(loopback())) {
			assertThat(pair.atClient(reader)).isNotNull();
			assertThat(pair.atServer(reader).inode()).isNotEqualTo(pair.atClient(reader).inode());
		}
		InetAddress six = InetAddress.getByName("::1");
		Assumptions.assumeTrue(isThere(six), "skipped: needs an address of IPv6 for this machine itself (::1)");
		try (Pair pair = new Pair(six)) {
			pair.client.write(ByteBuffer.allocate(5));
			await().untilAsserted(() -> assertThat(pair.atServer(reader).unread()).isEqualTo(5));
		}
	}

	@ParameterizedTest
	@EnumSource
	void aPortThatIsUsedAgainIsAnotherConnection(Way way) throws IOException {
		KernelReader reader = way.open(1_000_000);
		try (ServerSocketChannel server = ServerSocketChannel.open()) {
			server.bind(new InetSocketAddress(loopback(), 0));
			TcpTuple first;
			KernelConnection before;
			// none that somebody else can be given in between
			InetSocketAddress local = new InetSocketAddress(loopback(), MonitorFixture.freePort());
			try (SocketChannel client = SocketChannel.open().bind(local)) {
				client.connect(server.getLocalAddress());
				try (SocketChannel accepted = server.accept()) {
					assertThat(accepted.getRemoteAddress()).isEqualTo(local);
					first = tuple(client);
					before = reader.read(List.of(first)).get(first);
					assertThat(before).isNotNull();
					// without a time in which the port is not used again
					client.setOption(StandardSocketOptions.SO_LINGER, 0);
				}
			}
			await().untilAsserted(() -> assertThat(reader.read(List.of(first))).isEmpty());
			try (SocketChannel client = SocketChannel.open()) {
				client.setOption(StandardSocketOptions.SO_REUSEADDR, true);
				client.bind(local).connect(server.getLocalAddress());
				KernelConnection again = reader.read(List.of(first)).get(first);
				assertThat(again).isNotNull();
				assertThat(again.inode()).isNotEqualTo(before.inode());
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void aListenerIsNoConnection(Way way) throws IOException {
		KernelReader reader = way.open(1_000_000);
		try (ServerSocket server = new ServerSocket(0, 1, loopback())) {
			TcpTuple nobody = new TcpTuple(loopback(), server.getLocalPort(), loopback(), 1);
			try (Pair pair = new Pair(loopback())) {
				assertThat(reader.read(List.of(nobody, tuple(pair.client)))).containsOnlyKeys(tuple(pair.client));
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void manyConnectionsAreReadTogetherWithoutADescriptorLeft(Way way) throws IOException {
		KernelReader reader = way.open(1_000_000);
		List<Pair> pairs = new ArrayList<>();
		try {
			for (int i = 0; i < 100; i++) {
				pairs.add(new Pair(loopback()));
			}
			List<TcpTuple> tuples = new ArrayList<>();
			for (Pair pair : pairs) {
				tuples.add(tuple(pair.client));
			}
			// the first reading loads classes, and so can open a jar
			assertThat(reader.read(tuples)).hasSize(100);
			int before = descriptors();
			for (int i = 0; i < 20; i++) {
				assertThat(reader.read(tuples)).hasSize(100);
			}
			assertThat(descriptors()).isEqualTo(before);
		}
		finally {
			for (Pair pair : pairs) {
				pair.close();
			}
		}
	}

	@Test
	void aTableWithTooManyLinesIsNotRead(CapturedOutput output) throws IOException {
		KernelReader reader = Way.TABLES.open(1);
		try (Pair pair = new Pair(loopback()); Pair other = new Pair(loopback())) {
			TcpTuple nobody = new TcpTuple(loopback(), 1, loopback(), 1);
			assertThat(reader.read(List.of(nobody))).isNull();
			assertThat(reader.read(List.of(nobody))).isNull();
			assertThat(output).containsOnlyOnce("zmq.monitor.kernel.max-lines (1)");
			assertThat(tuple(pair.client)).isNotEqualTo(tuple(other.client));
		}
	}

	@Test
	void withoutAWordNetlinkIsUsedWhereNativeAccessIsEnabled() throws Exception {
		boolean enabled = Runtime.version().feature() >= 22
				&& (boolean) Module.class.getMethod("isNativeAccessEnabled").invoke(getClass().getModule());
		assertThat(KernelAccess.open(null, 10).readsInfo()).isEqualTo(enabled);
		assertThat(KernelAccess.open(false, 10).readsInfo()).isFalse();
	}

	@Test
	void whereThereIsNoForeignFunctionApiTheTablesAreRead(CapturedOutput output) {
		Assumptions.assumeTrue(Runtime.version().feature() < 22, "skipped: this Java has the foreign function API");
		assertThat(KernelAccess.open(true, 10).readsInfo()).isFalse();
		assertThat(output).containsOnlyOnce("TCP connections can't be read by netlink");
	}

	@Test
	void onAnotherSystemNothingIsReadAndTheLogSaysSo(CapturedOutput output) {
		String system = System.getProperty("os.name");
		System.setProperty("os.name", "Another");
		try {
			assertThat(KernelAccess.isPossible()).isFalse();
			assertThat(KernelAccess.open(null, 10)).isNull();
		}
		finally {
			System.setProperty("os.name", system);
		}
		assertThat(output).containsOnlyOnce("read on Linux only");
	}

	@Test
	void withoutPermissionNothingIsReadAndTheLogSaysSo(CapturedOutput output, @TempDir Path empty) {
		assertThat(KernelAccess.open(false, 10, empty)).isNull();
		assertThat(output).containsOnlyOnce("can't be read: no access to " + empty);
	}

	private static int descriptors() {
		return new File("/proc/self/fd").list().length;
	}

	private static void read(SocketChannel channel, int length) throws IOException {
		ByteBuffer buffer = ByteBuffer.allocate(length);
		while (buffer.hasRemaining()) {
			assertThat(channel.read(buffer)).isNotNegative();
		}
	}

	private static InetAddress loopback() throws UnknownHostException {
		return InetAddress.getByName("127.0.0.1");
	}

	private static boolean isThere(InetAddress address) {
		try (ServerSocket socket = new ServerSocket(0, 1, address)) {
			return socket.isBound();
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static TcpTuple tuple(SocketChannel channel) throws IOException {
		return TcpTuple.of(channel.getLocalAddress(), channel.getRemoteAddress());
	}

	/**
	 * The ways to the kernel.
	 */
	enum Way {

		TABLES, NETLINK;

		KernelReader open(int maxLines) {
			Assumptions.assumeTrue(this == TABLES || Runtime.version().feature() >= 22,
					"skipped: netlink needs Java 22 or later");
			KernelAccess access = KernelAccess.open(this == NETLINK, maxLines);
			assertThat(access.readsInfo()).isEqualTo(this == NETLINK);
			return access;
		}

	}

	/**
	 * Both ends of a connection.
	 */
	private static final class Pair implements AutoCloseable {

		private final SocketChannel client;

		private final SocketChannel server;

		private Pair(InetAddress address) throws IOException {
			try (ServerSocketChannel listener = ServerSocketChannel.open()) {
				listener.bind(new InetSocketAddress(address, 0));
				this.client = SocketChannel.open(listener.getLocalAddress());
				this.server = listener.accept();
			}
		}

		private KernelConnection atClient(KernelReader reader) throws IOException {
			return at(this.client, reader);
		}

		private KernelConnection atServer(KernelReader reader) throws IOException {
			return at(this.server, reader);
		}

		private static KernelConnection at(SocketChannel channel, KernelReader reader) throws IOException {
			Map<TcpTuple, KernelConnection> found = reader.read(List.of(tuple(channel)));
			assertThat(found).containsOnlyKeys(tuple(channel));
			return found.get(tuple(channel));
		}

		@Override
		public void close() throws IOException {
			this.client.close();
			this.server.close();
		}

	}

}
