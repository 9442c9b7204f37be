package io.github.zmqmonitor.monitor;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import com.sun.management.ThreadMXBean;
import io.github.zmqmonitor.internal.state.SocketTracker;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqMonitorSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import zmq.ZError;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The bytes that events allocate on the thread where they happen, counted by the JVM.
 */
class AllocationTests {

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private static final String ADDRESS = "tcp://127.0.0.1:5555";

	private static final int EVENTS = 20_000;

	private static final int REPETITIONS = 3;

	private static final int BYTES_A_CONNECTION = 200;

	private final AtomicLong nanos = new AtomicLong(1_000_000_000_000L);

	private final ZmqMonitor monitor = new ZmqMonitor(ZmqMonitorSettings.DEFAULTS,
			new MonitorClock(this.nanos::get, System::currentTimeMillis));

	private final ZContext plain = new ZContext();

	private final List<SocketChannel> channels = new ArrayList<>();

	private SocketTracker tracker;

	@BeforeEach
	void open() {
		// on its own thread it may allocate
		this.monitor.addListener((event) -> {
		});
		ZMQ.Socket socket = this.plain.createSocket(SocketType.ROUTER);
		this.monitor.monitor("server", socket);
		this.tracker = this.monitor.registry().sockets().findFirst().orElseThrow().tracker();
		this.tracker.record(ZmqEventType.LISTENING.code(), ADDRESS, 0, null, null);
		this.monitor.snapshot();
		this.nanos.addAndGet(2_000_000_000L);
	}

	@AfterEach
	void close() throws IOException {
		this.plain.close();
		this.monitor.close();
		for (SocketChannel channel : this.channels) {
			channel.close();
		}
	}

	/**
	 * A listener opens once a bind, on the application's thread.
	 */
	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = { "ACCEPTED", "CONNECTED", "DISCONNECTED", "CLOSED", "LISTENING" })
	void eventsWithoutAChannelAllocateNothing(ZmqEventType type) {
		int value = valueOf(type);
		assertThat(allocated(() -> this.tracker.record(type.code(), ADDRESS, value, null, null))).isZero();
	}

	@Test
	void failedAttemptsAllocateNothing() throws IOException {
		SocketChannel channel = channel();
		assertThat(allocated(() -> this.tracker.record(ZmqEventType.CLOSED.code(), ADDRESS, 0, channel, null)))
			.isZero();
	}

	/**
	 * The clock stands still, so that the one thing that a loss may allocate for, a
	 * sample of the socket's queues each 250 ms, is left out.
	 */
	@ParameterizedTest
	@EnumSource(mode = Mode.INCLUDE, names = { "ACCEPTED", "CONNECTED" })
	void aConnectionAllocatesItsRecordAndItsEndNothing(ZmqEventType opened) throws IOException {
		try (ServerSocket server = new ServerSocket(0)) {
			SocketChannel channel = channel();
			channel.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()));
			long bytes = allocated(() -> {
				this.tracker.record(opened.code(), ADDRESS, 0, channel, null);
				this.tracker.record(ZmqEventType.DISCONNECTED.code(), ADDRESS, 0, channel, null);
			});
			assertThat(bytes / EVENTS).isBetween(1L, (long) BYTES_A_CONNECTION);
		}
	}

	@Test
	void manyLiveConnectionsAllocateLittleMoreThanTheirRecords() throws IOException {
		int count = 2_000;
		for (int i = 0; i < count; i++) {
			channel();
		}
		long before = bytes();
		for (SocketChannel channel : this.channels) {
			this.tracker.record(ZmqEventType.ACCEPTED.code(), ADDRESS, 0, channel, null);
		}
		assertThat((bytes() - before) / count).isBetween(1L, (long) BYTES_A_CONNECTION);
		assertThat(this.tracker.size()).isEqualTo(count);
	}

	private static int valueOf(ZmqEventType type) {
		return switch (type) {
			case HANDSHAKE_PROTOCOL -> 3;
			case BIND_FAILED, ACCEPT_FAILED, CLOSE_FAILED -> ZError.EIOEXC;
			case HANDSHAKE_FAILED_PROTOCOL -> zmq.ZMQ.ZMQ_PROTOCOL_ERROR_ZMTP_UNSPECIFIED;
			default -> 100;
		};
	}

	private SocketChannel channel() throws IOException {
		SocketChannel channel = SocketChannel.open();
		this.channels.add(channel);
		return channel;
	}

	/**
	 * What an action allocates when it is repeated, the least of a few times: the JVM
	 * itself allocates now and then when code runs for the first time.
	 */
	private static long allocated(Runnable action) {
		long least = Long.MAX_VALUE;
		for (int i = 0; i < REPETITIONS; i++) {
			long before = bytes();
			repeat(action);
			least = Math.min(least, bytes() - before);
		}
		return least;
	}

	private static void repeat(Runnable action) {
		for (int i = 0; i < EVENTS; i++) {
			action.run();
		}
	}

	private static long bytes() {
		return THREADS.getCurrentThreadAllocatedBytes();
	}

}
