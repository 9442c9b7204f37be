package io.github.zmqmonitor.actuate.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import io.github.zmqmonitor.model.ZmqEndpointRole;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqMessages;
import io.github.zmqmonitor.model.ZmqMessages.DropReason;
import io.github.zmqmonitor.model.ZmqOrigin;
import io.github.zmqmonitor.model.ZmqPeerSnapshot;
import io.github.zmqmonitor.model.ZmqPeerSnapshot.StallReason;
import io.github.zmqmonitor.model.ZmqPeerSnapshot.Tcp;
import io.github.zmqmonitor.model.ZmqQueueSnapshot;
import io.github.zmqmonitor.model.ZmqQueues;
import io.github.zmqmonitor.model.ZmqSocketSnapshot;
import io.github.zmqmonitor.monitor.MonitorFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * All peers in one table: who is slow is in its first line.
 */
class PeerTableTests {

	private static final Instant NOW = Instant.parse("2026-11-22T15:14:30Z");

	@RegisterExtension
	final MonitorFixture fixture = new MonitorFixture();

	@Test
	void theSlowestComeFirst() {
		List<ZmqPeerSnapshot> peers = List.of(peer("calm", null, queues(0.1, 0), null),
				peer("behind", null, queues(1.0, 0), 70L),
				peer("moment", stalled(3, StallReason.UNREACHABLE), null, null),
				peer("frozen", stalled(190, StallReason.PEER_NOT_READING), queues(0.5, 0), null),
				peer("reader", null, queues(0.0, 0.75), null), peer("unlimited", null, unlimited(800), null),
				peer("far", null, queues(1.0, 0), 71L));
		assertThat(rows(peers)).extracting((row) -> row.split(" +")[4])
			.containsExactly("frozen", "far", "behind", "unlimited", "reader", "calm", "moment");
	}

	@Test
	void aLineHasAllThatIsKnown() {
		ZmqPeerSnapshot known = new ZmqPeerSnapshot("10.0.0.7:43512", "10.0.0.1:5555", NOW.minusSeconds(65), "3", true,
				"DEALER", "desk-7", "anna", "PLAIN",
				new ZmqMessages(12, 345_678, null, Map.of(DropReason.QUEUE_FULL, 9L), null), queues(0.999, 0.25), null,
				null, null);
		List<String> lines = table(List.of(known, ZmqPeerSnapshot.of(null, null, NOW, null, false))).lines().toList();
		assertThat(lines.get(2)).isEqualTo(
				"SOCKET REMOTE         LOCAL         TYPE   IDENTITY USER MECH  ZMTP STATE       SINCE SENT RECV DROP SENDQ RECVQ");
		assertThat(lines.get(3)).isEqualTo(
				"desk   10.0.0.7:43512 10.0.0.1:5555 DEALER desk-7   anna PLAIN 3    ready       1m05s   12 346k    9   99%   25%");
		assertThat(lines.get(4)).isEqualTo(
				"desk   -              -             -      -        -    -     -    handshaking    0s    -    -    -     -     -");
	}

	@Test
	void oneThatStandsStillSaysForHowLong() {
		assertThat(rows(List.of(peer("it", stalled(192, StallReason.PEER_NOT_READING), null, null)))).singleElement()
			.asString()
			.contains(" not reading 3m12s ");
		assertThat(rows(List.of(peer("it", stalled(1, StallReason.UNREACHABLE), null, null)))).singleElement()
			.asString()
			.contains(" unreachable 1s ");
	}

	@Test
	void ofManyTheSlowestAreListed() {
		List<ZmqPeerSnapshot> peers = IntStream.range(0, 1500)
			.mapToObj((i) -> peer("peer-" + i, null, queues(i / 1500.0, 0), null))
			.toList();
		List<String> lines = table(peers).lines().toList();
		assertThat(lines).hasSize(3 + PeerTable.LISTED + 1);
		assertThat(lines.get(3)).contains(" peer-1499 ");
		assertThat(lines).last().isEqualTo("and 500 more");
		assertThat(lines).allSatisfy((line) -> assertThat(line.length()).isLessThanOrEqualTo(TerminalText.WIDTH));
	}

	@Test
	void aSlowReaderOfARealSocketIsInTheFirstLine() {
		ZMQ.Socket router = this.fixture.socket(SocketType.ROUTER, "router");
		router.setSndHWM(10);
		router.bind("tcp://127.0.0.1:*");
		for (String identity : List.of("first", "slow", "last")) {
			ZMQ.Socket dealer = this.fixture.socket(SocketType.DEALER, identity);
			dealer.setIdentity(identity.getBytes(ZMQ.CHARSET));
			dealer.setRcvHWM(1);
			dealer.setReceiveBufferSize(4096);
			dealer.connect(router.getLastEndpoint());
			dealer.send("hello");
			assertThat(router.recvStr()).isEqualTo(identity);
			assertThat(router.recvStr()).isEqualTo("hello");
		}
		byte[] message = new byte[1 << 20];
		await().untilAsserted(() -> {
			for (int i = 0; i < 20; i++) {
				router.sendMore("slow");
				router.send(message);
			}
			assertThat(PeerTable.of(endpoint(Show.ALWAYS).peers(name("router"), SecurityContext.NONE), Instant.now())
				.lines()
				.skip(3)).hasSize(3).first().asString().contains(" DEALER slow ").matches("router .* 100% +\\S+");
		});
	}

	@Test
	void asManyPeersAreListedAsAreAskedFor() {
		ZMQ.Socket server = this.fixture.bound(SocketType.PULL, "server");
		for (int i = 0; i < 3; i++) {
			this.fixture.socket(SocketType.PUSH, "client" + i).connect(server.getLastEndpoint());
		}
		this.fixture.awaitConnections("server", 3);
		for (int peers = 0; peers < 5; peers++) {
			ZmqEndpointSnapshot listed = this.fixture.monitor().snapshot(peers).sockets().get(0).endpoints().get(0);
			assertThat(listed.peers()).hasSize(Math.min(peers, 3));
			assertThat(listed.peersOmitted()).isEqualTo((peers < 3) ? 3 - peers : null);
		}
		assertThatIllegalArgumentException().isThrownBy(() -> this.fixture.monitor().snapshot(-1));
	}

	@Test
	void whoMayNotSeePeersIsToldSo() {
		this.fixture.bound(SocketType.ROUTER, "router");
		assertThat(
				PeerTable.of(endpoint(Show.NEVER).peers(name("router"), SecurityContext.NONE), Instant.now()).lines())
			.last()
			.isEqualTo("you may not see peers: management.endpoint.zmq.show-peers");
	}

	private ZmqEndpoint endpoint(Show show) {
		return new ZmqEndpoint(this.fixture.monitor(), show, Set.of());
	}

	private static ZmqFilter name(String name) {
		return ZmqFilter.of(null, null, List.of(name), null);
	}

	private static List<String> rows(List<ZmqPeerSnapshot> peers) {
		return table(peers).lines().skip(3).toList();
	}

	private static String table(List<ZmqPeerSnapshot> peers) {
		ZmqEndpointSnapshot endpoint = new ZmqEndpointSnapshot("tcp://*:5555", null, null, ZmqEndpointRole.BIND, "tcp",
				ZmqEndpointState.LISTENING, NOW, null, null, peers.size(), 0, null, null, null, null, null, null, null,
				null, null, null, null, null, peers, null);
		ZmqSocketSnapshot socket = new ZmqSocketSnapshot("router-1", "desk", null, "ROUTER", ZmqOrigin.JVM, true, NOW,
				List.of(endpoint), null, null, null, null, null, null, null, null, null);
		return PeerTable.of(ZmqDescriptor.of(List.of(socket), 0), NOW);
	}

	private static ZmqPeerSnapshot peer(String identity, Tcp tcp, ZmqQueues queues, Long dropped) {
		ZmqMessages messages = new ZmqMessages(1, 2, null,
				(dropped != null) ? Map.of(DropReason.QUEUE_FULL, dropped) : null, null);
		return new ZmqPeerSnapshot("10.0.0.7:1", "10.0.0.1:5555", NOW, "3", true, "DEALER", identity, null, "NULL",
				messages, queues, tcp, null, null);
	}

	private static ZmqQueues queues(double sent, double received) {
		return new ZmqQueues(new ZmqQueueSnapshot((long) (sent * 1000), 1000, sent, (sent == 1) ? 1 : 0),
				new ZmqQueueSnapshot((long) (received * 1000), 1000, received, 0));
	}

	private static ZmqQueues unlimited(long size) {
		return new ZmqQueues(new ZmqQueueSnapshot(size, null, null, 0), new ZmqQueueSnapshot(0, null, null, 0));
	}

	private static Tcp stalled(long seconds, StallReason reason) {
		return new Tcp(null, null, 100, null, 0, null, null, null, Duration.ZERO, null, reason,
				NOW.minusSeconds(seconds));
	}

}
