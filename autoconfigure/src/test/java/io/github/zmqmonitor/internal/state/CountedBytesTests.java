package io.github.zmqmonitor.internal.state;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.zmqmonitor.internal.kernel.KernelConnection;
import io.github.zmqmonitor.internal.kernel.TcpInfo;
import io.github.zmqmonitor.internal.registry.SocketRegistry;
import io.github.zmqmonitor.internal.rules.SocketIdentity;
import io.github.zmqmonitor.internal.rules.SocketRules;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot.Bytes;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqMonitorSettings;
import io.github.zmqmonitor.model.ZmqOrigin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bytes of an endpoint, from what is read of its connections: what can't be known makes
 * them a lower bound, and that is said.
 */
class CountedBytesTests {

	private static final String ADDRESS = "tcp://127.0.0.1:5555";

	private final SocketTracker tracker = new SocketRegistry(ZmqMonitorSettings.DEFAULTS, new MonitorClock())
		.track(new SocketIdentity("push-1", 1, "PUSH", null, ZmqOrigin.JVM, SocketRules.READY), "socket");

	private final List<SocketChannel> channels = new ArrayList<>();

	private final Map<Object, KernelConnection> kernel = new HashMap<>();

	CountedBytesTests() {
		SocketCalls calls = this.tracker.calls();
		calls.connectEnded(calls.connectStarted(ADDRESS), ADDRESS);
	}

	@AfterEach
	void close() throws IOException {
		for (SocketChannel channel : this.channels) {
			channel.close();
		}
	}

	@Test
	void areAbsentUntilTheyAreRead() throws IOException {
		SocketChannel channel = open();
		assertThat(bytes()).isNull();
		read();
		assertThat(bytes()).isNull();
		end(channel);
		assertThat(bytes()).isNull();
	}

	@Test
	void areExactWhileAllConnectionsAreRead() throws IOException {
		carried(open(), 1, 100, 10);
		carried(open(), 2, 1000, 20);
		read();
		assertThat(bytes()).isEqualTo(new Bytes(1100, 30, null));
	}

	@Test
	void areALowerBoundOnceAConnectionHasEnded() throws IOException {
		SocketChannel first = open();
		carried(first, 1, 100, 10);
		read();
		end(first);
		assertThat(bytes()).isEqualTo(new Bytes(100, 10, true));
		carried(open(), 2, 50, 5);
		read();
		assertThat(bytes()).isEqualTo(new Bytes(150, 15, true));
	}

	@Test
	void areALowerBoundWhereAConnectionCameAndWentUnread() throws IOException {
		end(open());
		carried(open(), 1, 100, 10);
		read();
		assertThat(bytes()).isEqualTo(new Bytes(100, 10, true));
	}

	@Test
	void areALowerBoundAsLongAsAConnectionCanNotBeRead() throws IOException {
		SocketChannel channel = open();
		carried(channel, 1, 100, 10);
		read();
		this.kernel.clear();
		read();
		assertThat(bytes()).isEqualTo(new Bytes(100, 10, true));
		carried(channel, 1, 400, 40);
		read();
		assertThat(bytes()).isEqualTo(new Bytes(400, 40, null));
	}

	@Test
	void ofAnotherConnectionWithTheSamePortsAreNotCounted() throws IOException {
		SocketChannel channel = open();
		carried(channel, 1, 100, 10);
		read();
		carried(channel, 2, 5000, 50);
		read();
		assertThat(bytes()).isEqualTo(new Bytes(100, 10, true));
		assertThat(this.tracker.connections().get(0).tcp()).isNull();
	}

	private SocketChannel open() throws IOException {
		SocketChannel channel = SocketChannel.open();
		this.channels.add(channel);
		record(ZmqEventType.CONNECTED, channel);
		return channel;
	}

	private void end(SocketChannel channel) {
		record(ZmqEventType.DISCONNECTED, channel);
	}

	private void record(ZmqEventType type, SocketChannel channel) {
		this.tracker.record(type.code(), ADDRESS, 0, channel, null);
	}

	/**
	 * Let the kernel say how many bytes a connection has carried.
	 */
	private void carried(SocketChannel channel, long inode, long sent, long received) {
		// what opens a connection counts as a byte of the side that does
		TcpInfo info = new TcpInfo(sent + 1, received, 100, 10, 0, 0, 0, 0, 0, 65535);
		this.kernel.put(channel,
				new KernelConnection(inode, false, KernelConnection.Timer.NONE, 0, 200, 0, 0, 0, 0, info));
	}

	private void read() {
		this.tracker.reports().measured((connection) -> this.kernel.get(connection.channel()), 1);
	}

	private Bytes bytes() {
		return this.tracker.endpoints().get(0).bytes();
	}

}
