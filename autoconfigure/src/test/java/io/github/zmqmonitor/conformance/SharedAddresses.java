package io.github.zmqmonitor.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import io.github.zmqmonitor.internal.jeromq.InstrumentedSockets;
import io.github.zmqmonitor.model.ZmqEndpointRole;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.monitor.MonitorFixture;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs a random script with a socket that connects to servers by several names, and says
 * whether the view has always been what the script has made true.
 */
final class SharedAddresses {

	private static final int STEPS = 30;

	private static final List<String> HOSTS = List.of("127.0.0.2", "127.0.0.3");

	private static final List<String> NAMES = List.of("primary.test", "backup.test");

	private static final Set<ZmqEndpointState> UNANSWERED = Set.of(ZmqEndpointState.RETRYING,
			ZmqEndpointState.HANDSHAKING);

	private static final Set<ZmqEndpointState> AWAY = Set.of(ZmqEndpointState.RETRYING, ZmqEndpointState.DISCONNECTED,
			ZmqEndpointState.CONNECTING, ZmqEndpointState.HANDSHAKING);

	private final Random random;

	private final Path hostsFile;

	private final SocketType serverType;

	private final List<String> script = new ArrayList<>();

	private final Map<String, String> names = new LinkedHashMap<>();

	private final Map<String, Server> servers = new LinkedHashMap<>();

	/** The endpoints that were ever connected, and where their connection leads. */
	private final Map<String, Connect> connects = new LinkedHashMap<>();

	private final ZmqMonitor monitor = new ZmqMonitor();

	private final ZContext plain = new ZContext();

	private final ZContext context = this.monitor.monitor("test", this.plain);

	private final ZMQ.Socket client;

	private SharedAddresses(SocketType type, SocketType serverType, long seed, Path hostsFile) throws IOException {
		this.client = this.monitor.monitor("client", this.context.createSocket(type));
		this.serverType = serverType;
		this.random = new Random(seed);
		this.hostsFile = hostsFile;
		NAMES.forEach((name) -> this.names.put(name, HOSTS.get(NAMES.indexOf(name))));
		writeNames();
	}

	public static void main(String[] arguments) throws Exception {
		boolean changed = arguments[0].equals("auto");
		if (changed) {
			InstrumentedSockets.install(SharedAddresses.class.getClassLoader());
			assertThat(InstrumentedSockets.isInstalled()).isTrue();
		}
		SharedAddresses run = new SharedAddresses(SocketType.valueOf(arguments[2]), SocketType.valueOf(arguments[3]),
				Long.parseLong(arguments[1]), Path.of(arguments[4]));
		try {
			run.run();
			System.out.println("RESULT as expected");
		}
		catch (Throwable ex) {
			run.script.forEach(System.out::println);
			ex.printStackTrace(System.out);
		}
		System.exit(0);
	}

	private void run() throws Exception {
		this.client.setReconnectIVL(50);
		this.client.setHandshakeIvl(500);
		this.client.setLinger(0);
		int port = freePort(20000);
		for (String host : HOSTS) {
			this.servers.put(host, new Server(host, port));
		}
		for (int i = 0; i < STEPS; i++) {
			this.script.add(step());
			MonitorFixture.await().untilAsserted(this::check);
		}
		this.client.close();
		for (Server server : this.servers.values()) {
			server.down();
		}
		this.context.close();
		MonitorFixture.await().untilAsserted(() -> assertThat(this.monitor.snapshot().sockets()).isEmpty());
	}

	private String step() throws Exception {
		Server server = this.servers.get(HOSTS.get(this.random.nextInt(HOSTS.size())));
		switch (this.random.nextInt(10)) {
			case 0 -> {
				server.up();
				return "up " + server.host;
			}
			case 1 -> {
				server.down();
				return "down " + server.host;
			}
			case 2 -> {
				server.frozen();
				return "frozen " + server.host;
			}
			case 3 -> {
				String name = NAMES.get(this.random.nextInt(NAMES.size()));
				this.names.put(name, HOSTS.get(this.random.nextInt(HOSTS.size())));
				writeNames();
				return name + " is " + this.names.get(name);
			}
			case 4 -> {
				return server.unbind() ? "unbind " + server.host : "nothing to unbind";
			}
			case 5 -> {
				return server.bind() ? "bind " + server.host : "nothing to bind";
			}
			default -> {
				return connectOrDisconnect();
			}
		}
	}

	private String connectOrDisconnect() {
		List<String> hosts = new ArrayList<>(NAMES);
		hosts.addAll(HOSTS);
		String host = hosts.get(this.random.nextInt(hosts.size()));
		String endpoint = "tcp://" + host + ":" + this.servers.get(resolve(host)).port;
		Connect connect = this.connects.computeIfAbsent(endpoint, (key) -> new Connect(host));
		connect.wanted = !connect.wanted;
		connect.server = null;
		if (connect.wanted) {
			this.client.connect(endpoint);
			return "connect " + endpoint;
		}
		this.client.disconnect(endpoint);
		return "disconnect " + endpoint;
	}

	private String resolve(String host) {
		return this.names.getOrDefault(host, host);
	}

	private void writeNames() throws IOException {
		StringBuilder lines = new StringBuilder("127.0.0.1 localhost\n");
		this.names.forEach((name, address) -> lines.append(address).append(' ').append(name).append('\n'));
		Path next = this.hostsFile.resolveSibling("next");
		Files.writeString(next, lines);
		Files.move(next, this.hostsFile, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	private void check() {
		// commands that wait at a socket, such as those of ended pipes and listeners
		this.client.getEvents();
		for (Server server : this.servers.values()) {
			if (server.socket != null) {
				server.socket.getEvents();
			}
		}
		Map<String, ZmqEndpointSnapshot> view = new LinkedHashMap<>();
		this.monitor.snapshot("client").sockets().get(0).endpoints().forEach((it) -> view.put(it.endpoint(), it));
		assertThat(view).containsOnlyKeys(this.connects.keySet());
		this.connects.forEach((endpoint, connect) -> {
			connect.follow();
			check(view.get(endpoint), connect);
		});
		this.servers.values().forEach(this::check);
	}

	private void check(ZmqEndpointSnapshot endpoint, Connect connect) {
		boolean connected = connect.server != null;
		assertThat(endpoint.role()).isEqualTo(ZmqEndpointRole.CONNECT);
		assertThat(endpoint.connections()).as(endpoint.toString()).isEqualTo(connected ? 1 : 0);
		if (!connect.wanted) {
			assertThat(endpoint.state()).as(endpoint.toString()).isEqualTo(ZmqEndpointState.CLOSED);
		}
		else if (connected) {
			assertThat(endpoint.state()).as(endpoint.toString()).isEqualTo(ZmqEndpointState.CONNECTED);
			assertThat(endpoint.peers().get(0).remote()).as(endpoint.toString())
				.isEqualTo(connect.server.host + ":" + connect.server.port);
		}
		else {
			Server server = this.servers.get(resolve(connect.host));
			assertThat(endpoint.state()).as(endpoint.toString()).isIn((server.silent != null) ? UNANSWERED : AWAY);
			if (server.isDown()) {
				assertThat(endpoint.handshaking()).as(endpoint.toString()).isZero();
			}
		}
		MonitorFixture.assertBalanced(endpoint);
	}

	private void check(Server server) {
		if (server.socket != null) {
			long clients = this.connects.values().stream().filter((connect) -> connect.server == server).count();
			List<ZmqEndpointSnapshot> listeners = this.monitor.snapshot(server.host).sockets().get(0).endpoints();
			assertThat(listeners).as(server.host).hasSize(1);
			assertThat(listeners.get(0).state()).as(server.host)
				.isEqualTo(server.bound ? ZmqEndpointState.LISTENING : ZmqEndpointState.CLOSED);
			assertThat(listeners.get(0).connections()).as(server.host).isEqualTo((int) clients);
			MonitorFixture.assertBalanced(listeners.get(0));
		}
	}

	private static int freePort(int from) throws IOException {
		for (int port = from; port < from + 10000; port++) {
			try (ServerSocket one = new ServerSocket(port, 1, InetAddress.getByName(HOSTS.get(0)));
					ServerSocket other = new ServerSocket(port, 1, InetAddress.getByName(HOSTS.get(1)))) {
				return Math.max(one.getLocalPort(), other.getLocalPort());
			}
			catch (IOException ex) {
				// taken
			}
		}
		throw new IOException("no free port");
	}

	/**
	 * What the client was told about one endpoint, and where it leads by now: a
	 * connection stays where it is while its server does, whatever becomes of the name.
	 */
	private final class Connect {

		private final String host;

		private boolean wanted;

		private Server server;

		private long generation;

		Connect(String host) {
			this.host = host;
		}

		void follow() {
			if (this.server != null && this.server.generation != this.generation) {
				this.server = null;
			}
			Server next = SharedAddresses.this.servers.get(resolve(this.host));
			if (this.wanted && this.server == null && next.bound) {
				this.server = next;
				this.generation = next.generation;
			}
		}

	}

	/**
	 * A server that is up, or down, or takes connections and says nothing.
	 */
	private final class Server {

		private final String host;

		private final int port;

		private ZMQ.Socket socket;

		private ServerSocket silent;

		private boolean bound;

		private long generation;

		Server(String host, int port) {
			this.host = host;
			this.port = port;
		}

		boolean isDown() {
			return !this.bound && this.silent == null;
		}

		void up() throws IOException {
			if (this.socket == null) {
				down();
				ZContext context = SharedAddresses.this.context;
				this.socket = SharedAddresses.this.monitor.monitor(this.host,
						context.createSocket(SharedAddresses.this.serverType));
				this.socket.setHandshakeIvl(500);
				this.socket.setLinger(0);
				bind();
			}
		}

		boolean bind() {
			if (this.socket == null || this.bound) {
				return false;
			}
			MonitorFixture.await().ignoreExceptions().until(() -> this.socket.bind(endpoint()));
			this.bound = true;
			return true;
		}

		boolean unbind() {
			if (!this.bound) {
				return false;
			}
			this.generation++;
			this.bound = false;
			return this.socket.unbind(endpoint());
		}

		void frozen() throws IOException {
			if (this.silent == null) {
				down();
				this.silent = new ServerSocket();
				this.silent.setReuseAddress(true);
				MonitorFixture.await().ignoreExceptions().until(() -> {
					this.silent.bind(new InetSocketAddress(this.host, this.port), 200);
					return true;
				});
			}
		}

		void down() throws IOException {
			this.generation++;
			if (this.socket != null) {
				this.socket.close();
				this.socket = null;
				this.bound = false;
			}
			if (this.silent != null) {
				this.silent.close();
				this.silent = null;
			}
		}

		private String endpoint() {
			return "tcp://" + this.host + ":" + this.port;
		}

	}

}
