package io.github.zmqmonitor.monitor;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqPeerSnapshot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Five thousand connections to and from an application that has much to do. Those whose
 * handshake stands still, since the peer says no more or because JeroMQ forgets to read,
 * are the ones over which no message comes, and no others.
 */
class StandingHandshakesTests {

	private static final int HOSTS = 20;

	private static final int THREADS = 4;

	private static final int ONE_IN = 20;

	@RegisterExtension
	final MonitorFixture fixture = new MonitorFixture();

	private final List<ZmtpPeer> peers = new CopyOnWriteArrayList<>();

	private final ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);

	private volatile boolean over;

	private Future<?> load;

	@BeforeEach
	void keepBusy() {
		this.load = this.threads.submit(() -> {
			try (ZContext shadow = this.fixture.context().shadow()) {
				ZMQ.Socket pull = shadow.createSocket(SocketType.PULL);
				pull.bind("tcp://127.0.0.1:*");
				ZMQ.Socket push = shadow.createSocket(SocketType.PUSH);
				push.connect(pull.getLastEndpoint());
				while (!this.over) {
					push.send("load", ZMQ.DONTWAIT);
					pull.recv(ZMQ.DONTWAIT);
				}
			}
		});
	}

	@AfterEach
	void end() throws Exception {
		this.over = true;
		if (this.load != null) {
			this.load.get();
		}
		this.threads.shutdownNow();
		closePeers();
	}

	private void closePeers() throws IOException {
		for (ZmtpPeer peer : this.peers) {
			peer.close();
		}
		this.peers.clear();
	}

	private void proceed() throws IOException {
		for (ZmtpPeer peer : this.peers) {
			peer.proceed();
		}
	}

	@Test
	void threeThousandClientsOfAListener() throws Exception {
		ZMQ.Socket server = this.fixture.socket(SocketType.ROUTER, "server");
		server.setHandshakeIvl(0);
		List<String> addresses = new ArrayList<>();
		for (int i = 1; i <= HOSTS; i++) {
			// no more peers at a listener than are listed
			server.bind("tcp://127.0.0." + i + ":*");
			addresses.add(server.getLastEndpoint());
		}
		for (int wave = 1; wave <= 3; wave++) {
			String names = "peer-" + wave + "-";
			Map<String, String> remotes = new ConcurrentHashMap<>();
			Set<String> heard = new TreeSet<>();
			List<Future<?>> connecting = new ArrayList<>();
			for (int i = 0; i < THREADS; i++) {
				int first = i;
				connecting.add(this.threads.submit(() -> {
					for (int k = first; k < 1000; k += THREADS) {
						connect(addresses.get(k % HOSTS), k, names + k, remotes);
					}
					return null;
				}));
			}
			for (Future<?> connected : connecting) {
				connected.get();
			}
			int accepted = 1000 * wave;
			await().untilAsserted(() -> {
				proceed();
				receive(server, (identity) -> heard.add(remotes.get(identity)));
				Set<String> silent = new TreeSet<>(remotes.values());
				silent.removeAll(heard);
				List<ZmqEndpointSnapshot> endpoints = this.fixture.only("server").endpoints();
				assertThat(endpoints.stream().mapToLong(ZmqEndpointSnapshot::accepted).sum()).isEqualTo(accepted);
				assertThat(remotes(endpoints, false)).isEqualTo(silent);
				assertThat(remotes(endpoints, true)).isEqualTo(heard);
				assertNumbers(endpoints, heard.size(), silent.size());
				assertThat(silent).hasSizeGreaterThanOrEqualTo(1000 / ONE_IN);
				assertThat(heard).isNotEmpty();
			});
			closePeers();
			await().untilAsserted(() -> assertNumbers(this.fixture.only("server").endpoints(), 0, 0));
		}
	}

	private void connect(String address, int number, String identity, Map<String, String> remotes) throws IOException {
		ZmtpPeer peer = ZmtpPeer.connected(address);
		remotes.put(identity, peer.name());
		this.peers.add(peer);
		if (number % ONE_IN == 0) {
			sayLess(peer, number / ONE_IN);
		}
		else {
			peer.say("DEALER", identity, "hello");
		}
	}

	/**
	 * Say nothing, begin a greeting, or say no more than it.
	 */
	private static void sayLess(ZmtpPeer peer, int number) throws IOException {
		peer.write(ZmtpPeer.greeting(List.of(0, 10, 33, 64).get(number % 4)));
	}

	private static void receive(ZMQ.Socket server, Consumer<String> senders) {
		for (String identity = server.recvStr(ZMQ.DONTWAIT); identity != null; identity = server
			.recvStr(ZMQ.DONTWAIT)) {
			assertThat(server.recvStr()).isEqualTo("hello");
			senders.accept(identity);
		}
	}

	private static Set<String> remotes(List<ZmqEndpointSnapshot> endpoints, boolean ready) {
		Set<String> remotes = new TreeSet<>();
		for (ZmqEndpointSnapshot endpoint : endpoints) {
			assertThat(endpoint.peersOmitted()).isNull();
			endpoint.peers().stream().filter((peer) -> peer.ready() == ready).forEach((peer) -> {
				assertThat(remotes.add(ZmtpPeer.name(peer.local(), peer.remote()))).as(peer.toString()).isTrue();
			});
		}
		return remotes;
	}

	private static void assertNumbers(List<ZmqEndpointSnapshot> endpoints, int ready, int handshaking) {
		endpoints.forEach(MonitorFixture::assertBalanced);
		assertThat(endpoints.stream().mapToInt(ZmqEndpointSnapshot::connections).sum()).isEqualTo(ready);
		assertThat(endpoints.stream().mapToInt(ZmqEndpointSnapshot::handshaking).sum()).isEqualTo(handshaking);
	}

	@Test
	void twoThousandConnectionsOfClients() throws Exception {
		Future<?> accepting;
		try (ServerSocket listener = new ServerSocket(0, 2000)) {
			accepting = this.threads.submit(() -> accept(listener));
			for (int wave = 0; wave < 4; wave++) {
				List<ZMQ.Socket> clients = new ArrayList<>();
				for (int i = 0; i < 500 / HOSTS; i++) {
					clients.add(client(listener.getLocalPort()));
				}
				await().untilAsserted(() -> {
					assertThat(this.peers).hasSize(500);
					assertClients();
				});
				clients.forEach(ZMQ.Socket::close);
				await().untilAsserted(() -> assertThat(this.fixture.monitor().snapshot("client").sockets()).isEmpty());
				closePeers();
			}
		}
		accepting.get();
	}

	private ZMQ.Socket client(int port) {
		ZMQ.Socket client = this.fixture.socket(SocketType.DEALER, "client");
		client.setHandshakeIvl(0);
		client.setLinger(0);
		for (int i = 1; i <= HOSTS; i++) {
			client.connect("tcp://127.0.0." + i + ":" + port);
		}
		for (int i = 1; i <= HOSTS; i++) {
			// one for each connection, which waits for it to be ready
			client.send("hello");
		}
		return client;
	}

	private void accept(ServerSocket listener) {
		try {
			for (int number = 0; true; number++) {
				Socket accepted = listener.accept();
				ZmtpPeer peer = new ZmtpPeer(accepted);
				this.peers.add(peer);
				int one = number;
				this.threads.submit(() -> {
					if (one % ONE_IN != 0) {
						peer.say("ROUTER", "", null);
					}
					else {
						sayLess(peer, one / ONE_IN);
					}
					return null;
				});
			}
		}
		catch (IOException ex) {
			assertThat(listener.isClosed()).isTrue();
		}
	}

	private void assertClients() throws IOException {
		Set<String> heard = new TreeSet<>();
		Set<String> silent = new TreeSet<>();
		proceed();
		for (ZmtpPeer peer : this.peers) {
			(peer.hasHeard("hello") ? heard : silent).add(peer.name());
		}
		Set<String> connected = new TreeSet<>();
		Set<String> handshaking = new TreeSet<>();
		this.fixture.monitor().snapshot("client").sockets().forEach((socket) -> {
			assertThat(socket.endpoints()).hasSize(HOSTS);
			for (ZmqEndpointSnapshot endpoint : socket.endpoints()) {
				MonitorFixture.assertBalanced(endpoint);
				assertThat(endpoint.peers()).hasSize(1);
				ZmqPeerSnapshot peer = endpoint.peers().get(0);
				assertThat("tcp://" + peer.remote()).isEqualTo(endpoint.endpoint());
				assertThat(endpoint.state())
					.isEqualTo(peer.ready() ? ZmqEndpointState.CONNECTED : ZmqEndpointState.HANDSHAKING);
				assertThat(endpoint.connections()).isEqualTo(peer.ready() ? 1 : 0);
				assertThat((peer.ready() ? connected : handshaking).add(ZmtpPeer.name(peer.local(), peer.remote())))
					.isTrue();
			}
		});
		assertThat(handshaking).isEqualTo(silent).hasSizeGreaterThanOrEqualTo(500 / ONE_IN);
		assertThat(connected).isEqualTo(heard).isNotEmpty();
	}

}
