package io.github.zmqmonitor.monitor;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.model.ZmqEndpointRole;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqMonitorSettings;
import io.github.zmqmonitor.model.ZmqSocketSnapshot;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A monitor with a context, closed after each test, when nothing may be left of either.
 */
public class MonitorFixture implements AfterEachCallback {

	/**
	 * How long anything may take, far more than a slow and busy machine needs.
	 */
	public static final Duration LIMIT = Duration.ofMinutes(2);

	private static final int HIGHEST_PORT = 30000;

	private final ZmqMonitor monitor;

	private final ZContext plain = new ZContext(1);

	private final ZContext context;

	private boolean eventErrors;

	public MonitorFixture() {
		this(ZmqMonitorSettings.DEFAULTS);
	}

	public MonitorFixture(ZmqMonitorSettings settings) {
		this.monitor = new ZmqMonitor(settings);
		this.context = this.monitor.monitor("test", this.plain);
	}

	/**
	 * A monitor with a clock of the test's own.
	 */
	public static ZmqMonitor monitor(MonitorClock clock) {
		return new ZmqMonitor(ZmqMonitorSettings.DEFAULTS, clock);
	}

	public ZmqMonitor monitor() {
		return this.monitor;
	}

	public ZContext context() {
		return this.context;
	}

	public ZMQ.Socket socket(SocketType type) {
		ZMQ.Socket socket = this.context.createSocket(type);
		// now and then JeroMQ forgets to read a greeting, monitored or not
		socket.setHandshakeIvl(5000);
		return socket;
	}

	/**
	 * A socket that is connected to nothing, under a name of its own.
	 */
	public ZMQ.Socket socket(SocketType type, String name) {
		return this.monitor.monitor(name, socket(type));
	}

	/**
	 * A bound socket that lets clients be silent for as long as they like.
	 */
	public ZMQ.Socket patient(SocketType type, String name) {
		ZMQ.Socket socket = socket(type, name);
		socket.setHandshakeIvl(0);
		socket.bind("tcp://127.0.0.1:*");
		return socket;
	}

	/**
	 * A bound socket, whose address is its last endpoint.
	 */
	public ZMQ.Socket bound(SocketType type, String name) {
		ZMQ.Socket socket = socket(type, name);
		socket.bind("tcp://127.0.0.1:*");
		return socket;
	}

	public List<ZmqSocketSnapshot> sockets() {
		return this.monitor.snapshot().sockets();
	}

	public ZmqSocketSnapshot only(String name) {
		List<ZmqSocketSnapshot> sockets = this.monitor.snapshot(name).sockets();
		assertThat(sockets).as(name).hasSize(1);
		return sockets.get(0);
	}

	public ZmqEndpointSnapshot endpoint(String name) {
		List<ZmqEndpointSnapshot> endpoints = only(name).endpoints();
		assertThat(endpoints).as(name).hasSize(1);
		return endpoints.get(0);
	}

	public ZmqEndpointSnapshot endpoint(String name, String endpoint) {
		Optional<ZmqEndpointSnapshot> found = only(name).endpoints()
			.stream()
			.filter((candidate) -> candidate.endpoint().equals(endpoint))
			.findFirst();
		assertThat(found).as(endpoint).isPresent();
		return found.get();
	}

	public void awaitState(String name, ZmqEndpointState state) {
		await().untilAsserted(() -> assertThat(endpoint(name).state()).isEqualTo(state));
	}

	public void awaitConnections(String name, int connections) {
		await().untilAsserted(() -> assertThat(endpoint(name).connections()).isEqualTo(connections));
	}

	/**
	 * What is opened less what is closed is what lives, ready or not, always.
	 */
	public static void assertBalanced(ZmqEndpointSnapshot endpoint) {
		Long opened = (endpoint.role() == ZmqEndpointRole.BIND) ? endpoint.accepted() : endpoint.established();
		assertThat(opened - endpoint.disconnected() - endpoint.closedLocally()).as(endpoint.toString())
			.isEqualTo(endpoint.connections().longValue() + endpoint.handshaking());
	}

	/**
	 * The test makes events fail on purpose.
	 */
	public void tolerateEventErrors() {
		this.eventErrors = true;
	}

	/**
	 * Wait for a condition. The limit is for what hangs, not for what is slow.
	 */
	public static ConditionFactory await() {
		return Awaitility.await().pollInterval(Duration.ofMillis(10)).atMost(LIMIT);
	}

	/**
	 * Close something that must not hang.
	 */
	public static void assertCloses(AutoCloseable closeable) throws Exception {
		long begin = System.nanoTime();
		closeable.close();
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LIMIT);
	}

	/**
	 * A port that can be bound, and that no connection takes for its own end while nobody
	 * listens there.
	 */
	public static int freePort() {
		for (int i = 0; i < 1000; i++) {
			int port = ThreadLocalRandom.current().nextInt(12_000, 32_000);
			try {
				new ServerSocket(port).close();
				return port;
			}
			catch (IOException ex) {
				// taken: try another one
			}
		}
		throw new IllegalStateException("No free port");
	}

	/**
	 * An ipc endpoint that can be bound: JeroMQ makes a port of the name.
	 */
	public static String freeIpcEndpoint() {
		while (true) {
			String name = "zmq-monitor-" + Long.toHexString(System.nanoTime());
			int port = Math.abs(name.hashCode()) % 55536 + 10000;
			if (port < HIGHEST_PORT && isFree(port)) {
				return "ipc://" + name;
			}
		}
	}

	private static boolean isFree(int port) {
		try (ServerSocket socket = new ServerSocket(port)) {
			return socket.isBound();
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Override
	public void afterEach(ExtensionContext extension) {
		this.plain.close();
		this.monitor.close();
		await().untilAsserted(() -> assertThat(sockets()).isEmpty());
		if (!this.eventErrors) {
			assertThat(this.monitor.statistics().eventErrors()).isZero();
		}
	}

}
