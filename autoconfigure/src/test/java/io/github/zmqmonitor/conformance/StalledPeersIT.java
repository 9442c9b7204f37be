package io.github.zmqmonitor.conformance;

import java.io.BufferedReader;
import java.time.Duration;
import java.util.List;

import io.github.zmqmonitor.model.ZmqMonitorSettings;
import io.github.zmqmonitor.model.ZmqMonitorSettings.Kernel;
import io.github.zmqmonitor.model.ZmqPeerSnapshot;
import io.github.zmqmonitor.model.ZmqPeerSnapshot.StallReason;
import io.github.zmqmonitor.model.ZmqPeerSnapshot.Tcp;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Frozen peers and peers that can't be reached are told apart without heartbeats, by
 * netlink on Java 22 and later and by the kernel's tables before; who lives is left
 * alone.
 */
class StalledPeersIT {

	private static final int ROUNDS = Integer.getInteger("zmqmonitor.stall-rounds", 2);

	private static final int SMALL = 100;

	private static final int LARGE = 20_000;

	@RegisterExtension
	final Scenario scenario = new Scenario(new ZmqMonitorSettings(100, Duration.ofMinutes(10), 64,
			Duration.ofSeconds(2), 1024, true, ZmqMonitorSettings.Naming.CALLER, Duration.ofMinutes(1),
			new Kernel(true, Kernel.Netlink.ALWAYS, 1_000_000)));

	@BeforeEach
	void setUp() {
		Needs.procfs();
	}

	@Test
	void aFrozenLibzmqDoesNotReadWhateverTheSizeOfMessages() {
		try (LibzmqPeer peer = LibzmqPeer.start()) {
			peer.command("socket", "server", "PULL");
			peer.command("option", "server", "RCVHWM", "10");
			ZMQ.Socket client = connected(peer.command("bind", "server", "tcp://127.0.0.1:*"));
			for (int i = 0; i < ROUNDS; i++) {
				peer.freeze();
				awaitStall(client, (i % 2 == 0) ? LARGE : SMALL, StallReason.PEER_NOT_READING, StallReason.UNREACHABLE);
				peer.thaw();
				awaitLife(() -> peer.command("drain", "server"));
			}
		}
	}

	@Test
	void aFrozenJeromqDoesNotRead() throws Exception {
		Needs.bash();
		Process process = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-Xmx64m", "-cp",
				System.getProperty("java.class.path"), Reader.class.getName())
			.redirectErrorStream(true)
			.start();
		try (BufferedReader output = process.inputReader()) {
			ZMQ.Socket client = connected(output.readLine());
			for (int i = 0; i < ROUNDS; i++) {
				signal(process, "STOP");
				awaitStall(client, LARGE, StallReason.PEER_NOT_READING, StallReason.UNREACHABLE);
				signal(process, "CONT");
				awaitLife(() -> {
				});
			}
		}
		finally {
			process.destroyForcibly().waitFor();
		}
	}

	@Test
	void aPeerWhosePacketsAreDroppedIsUnreachable() {
		try (PeerNetwork network = PeerNetwork.start(); LibzmqPeer peer = network.peer()) {
			ZMQ.Socket client = connected(peer.bound("server", "PULL", "tcp://" + network.there() + ":*"));
			for (int i = 0; i < ROUNDS; i++) {
				network.partition();
				awaitStall(client, (i % 2 == 0) ? SMALL : LARGE, StallReason.UNREACHABLE, StallReason.PEER_NOT_READING);
				network.heal();
				awaitLife(() -> peer.command("drain", "server"));
			}
		}
	}

	@Test
	void aPeerThatReadsSlowlyIsNeverJudged() throws Exception {
		ZMQ.Socket server = this.scenario.socket(SocketType.PULL, "server");
		server.setRcvHWM(2);
		server.bind("tcp://127.0.0.1:*");
		ZMQ.Socket client = connected(server.getLastEndpoint());
		client.setSendTimeOut(0);
		byte[] message = new byte[LARGE];
		boolean closed = false;
		long end = System.nanoTime() + Duration.ofSeconds(4).toNanos();
		while (System.nanoTime() - end < 0) {
			while (client.send(message)) {
				continue;
			}
			Tcp tcp = tcp();
			if (tcp != null) {
				closed |= tcp.unacknowledged() > LARGE;
				assertThat(tcp.stalled()).isNull();
			}
			// a third of what it could take
			Thread.sleep(20);
			server.recv();
		}
		assertThat(closed).isTrue();
	}

	@Test
	void anIdlePeerIsNotJudged() {
		try (LibzmqPeer peer = LibzmqPeer.start()) {
			connected(peer.bound("server", "PULL", "tcp://127.0.0.1:*"));
			peer.freeze();
			try {
				await().during(Duration.ofSeconds(2)).untilAsserted(() -> {
					Tcp tcp = tcp();
					assertThat((tcp != null) ? tcp.stalled() : null).isNull();
				});
				await().untilAsserted(() -> assertThat(tcp()).isNotNull());
			}
			finally {
				peer.thaw();
			}
		}
	}

	private ZMQ.Socket connected(String address) {
		ZMQ.Socket client = this.scenario.client(SocketType.PUSH, "client");
		client.setLinger(0);
		client.connect(address);
		this.scenario.awaitConnections("client", 1);
		return client;
	}

	private @Nullable Tcp tcp() {
		List<ZmqPeerSnapshot> peers = this.scenario.endpoint("client").peers();
		return (peers.size() == 1) ? peers.get(0).tcp() : null;
	}

	/**
	 * Send until the peer is judged, and never otherwise than it should be.
	 */
	private void awaitStall(ZMQ.Socket client, int size, StallReason reason, StallReason other) {
		byte[] message = new byte[size];
		client.setSendTimeOut(0);
		await().untilAsserted(() -> {
			for (int i = 0; i < 1000 && client.send(message); i++) {
				continue;
			}
			Tcp tcp = tcp();
			assertThat(tcp).isNotNull();
			assertThat(tcp.stalled()).isNotEqualTo(other).isEqualTo(reason);
			assertThat(tcp.stalledSince()).isNotNull();
		});
		assertThat(this.scenario.endpoint("client").stalled()).isEqualTo(1);
	}

	private void awaitLife(Runnable read) {
		await().untilAsserted(() -> {
			read.run();
			Tcp tcp = tcp();
			assertThat(tcp).isNotNull();
			assertThat(tcp.stalled()).isNull();
			assertThat(tcp.unacknowledged()).isZero();
		});
		assertThat(this.scenario.endpoint("client").stalled()).isZero();
	}

	private static void signal(Process process, String signal) {
		assertThat(Needs.runs(Needs.BASH, "-c", "kill -" + signal + " " + process.pid())).isTrue();
	}

	/**
	 * A process that reads all that comes.
	 */
	static class Reader {

		public static void main(String[] arguments) {
			try (ZContext context = new ZContext()) {
				ZMQ.Socket server = context.createSocket(SocketType.PULL);
				server.bind("tcp://127.0.0.1:*");
				System.out.println(server.getLastEndpoint());
				while (server.recv() != null) {
					continue;
				}
			}
		}

	}

}
