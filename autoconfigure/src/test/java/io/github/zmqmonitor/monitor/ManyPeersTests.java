package io.github.zmqmonitor.monitor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqPeerSnapshot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A thousand peers that come and go, each under an identity of its own: once all is quiet
 * there is one row for each, with what that peer has said of itself, and no other.
 */
class ManyPeersTests {

	private static final int LISTENERS = 20;

	private static final int THREADS = 4;

	private static final int PEERS_PER_THREAD = 250;

	private static final int REPLACED_PER_THREAD = 250;

	@RegisterExtension
	final MonitorFixture fixture = new MonitorFixture();

	private final List<String> addresses = new ArrayList<>();

	private final Set<String> heard = new HashSet<>();

	private final List<Crowd> crowds = new ArrayList<>();

	@AfterEach
	void close() throws IOException {
		for (Crowd crowd : this.crowds) {
			crowd.close();
		}
	}

	@Test
	void onceQuietThereIsTheRightRowForEachOfAThousandPeers() throws Exception {
		ZMQ.Socket server = this.fixture.socket(SocketType.ROUTER, "server");
		server.setHandshakeIvl(1000);
		for (int i = 1; i <= LISTENERS; i++) {
			// no more peers at a listener than are listed
			server.bind("tcp://127.0.0." + i + ":*");
			this.addresses.add(server.getLastEndpoint());
		}
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		try {
			List<Future<?>> churning = new ArrayList<>();
			for (int i = 0; i < THREADS; i++) {
				Crowd crowd = new Crowd(i);
				this.crowds.add(crowd);
				churning.add(threads.submit(() -> {
					crowd.churn();
					return null;
				}));
			}
			while (!churning.stream().allMatch(Future::isDone)) {
				listen(server);
				assertBalanced();
			}
			for (Future<?> churned : churning) {
				churned.get();
			}
		}
		finally {
			threads.shutdownNow();
		}
		await().untilAsserted(() -> {
			listen(server);
			for (Crowd crowd : this.crowds) {
				crowd.replaceEnded();
			}
			assertThat(peers().map(Peer::identity).filter((identity) -> !this.heard.contains(identity))).isEmpty();
			assertRows();
		});
	}

	/**
	 * What the application receives says who is really there.
	 */
	private void listen(ZMQ.Socket server) {
		for (String identity = server.recvStr(ZMQ.DONTWAIT); identity != null; identity = server
			.recvStr(ZMQ.DONTWAIT)) {
			assertThat(server.recvStr()).isEqualTo("hello");
			this.heard.add(identity);
		}
	}

	private void assertBalanced() {
		this.fixture.only("server").endpoints().forEach(MonitorFixture::assertBalanced);
	}

	private void assertRows() {
		Map<String, Peer> expected = new HashMap<>();
		peers().forEach((peer) -> expected.put(peer.connection().name(), peer));
		List<ZmqEndpointSnapshot> endpoints = this.fixture.only("server").endpoints();
		assertThat(endpoints).hasSize(LISTENERS);
		for (ZmqEndpointSnapshot endpoint : endpoints) {
			MonitorFixture.assertBalanced(endpoint);
			assertThat(endpoint.handshaking()).isZero();
			assertThat(endpoint.peersOmitted()).isNull();
			assertThat(endpoint.peers()).hasSize(endpoint.connections());
			for (ZmqPeerSnapshot row : endpoint.peers()) {
				Peer peer = expected.remove(ZmtpPeer.name(row.local(), row.remote()));
				assertThat(peer).as(row.toString()).isNotNull();
				assertThat(row.identity()).isEqualTo(peer.identity());
				assertThat(row.type()).isEqualTo(peer.type());
				assertThat(row.ready()).isTrue();
				assertThat(row.zmtp()).isEqualTo("3");
				assertThat(row.mechanism()).isEqualTo("NULL");
				assertThat(endpoint.address()).isEqualTo("tcp://" + row.local());
				assertThat(row.messages().received()).isEqualTo(1);
			}
		}
		assertThat(expected).isEmpty();
	}

	private Stream<Peer> peers() {
		return this.crowds.stream().flatMap((crowd) -> crowd.peers.stream());
	}

	/**
	 * A peer that is there.
	 */
	private record Peer(ZmtpPeer connection, String type, String identity) {

	}

	/**
	 * The peers of one thread.
	 */
	private final class Crowd {

		private static final List<String> TYPES = List.of("DEALER", "REQ", "ROUTER");

		private final List<Peer> peers = new ArrayList<>();

		private final int number;

		private final Random random;

		private int made;

		Crowd(int number) {
			this.number = number;
			this.random = new Random(number);
		}

		void churn() throws IOException {
			for (int i = 0; i < PEERS_PER_THREAD; i++) {
				this.peers.add(peer(i));
			}
			for (int i = 0; i < REPLACED_PER_THREAD; i++) {
				replace(this.random.nextInt(PEERS_PER_THREAD));
			}
		}

		void replaceEnded() throws IOException {
			for (int i = 0; i < PEERS_PER_THREAD; i++) {
				Peer peer = this.peers.get(i);
				if (!ManyPeersTests.this.heard.contains(peer.identity())) {
					peer.connection().proceed();
					if (peer.connection().hasEnded()) {
						replace(i);
					}
				}
			}
		}

		private void replace(int index) throws IOException {
			this.peers.get(index).connection().close();
			this.peers.set(index, peer(index));
		}

		private Peer peer(int index) throws IOException {
			String type = TYPES.get(this.random.nextInt(TYPES.size()));
			String identity = "peer-" + this.number + "-" + this.made++;
			List<String> addresses = ManyPeersTests.this.addresses;
			ZmtpPeer connection = ZmtpPeer.connected(addresses.get(index % addresses.size()));
			try {
				connection.say(type, identity, "hello");
			}
			catch (IOException ex) {
				// the server has hung up: now and then JeroMQ forgets to read a greeting
			}
			return new Peer(connection, type, identity);
		}

		void close() throws IOException {
			for (Peer peer : this.peers) {
				peer.connection().close();
			}
		}

	}

}
