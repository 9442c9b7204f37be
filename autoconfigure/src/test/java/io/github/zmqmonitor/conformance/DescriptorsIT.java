package io.github.zmqmonitor.conformance;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.zmqmonitor.events.ZmqEventLogger;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.monitor.MonitorFixture;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process without descriptors, where accepting fails as fast as the I/O thread can.
 */
class DescriptorsIT {

	@Test
	void withoutDescriptorsFailuresAreCountedAndNeitherMemoryNorLogGrows() throws Exception {
		Needs.bash();
		long begin = System.nanoTime();
		Process starved = new ProcessBuilder(Needs.BASH, "-c", "ulimit -n 400; exec \"$0\" -Xmx128m -cp \"$1\" \"$2\"",
				System.getProperty("java.home") + "/bin/java", System.getProperty("java.class.path"),
				Starved.class.getName())
			.redirectErrorStream(true)
			.start();
		try (BufferedReader output = starved.inputReader(StandardCharsets.UTF_8)) {
			List<String> lines = output.lines().toList();
			assertThat(lines).contains("RESULT recent=few heap=flat errors=0 alive=true");
			long minutes = Duration.ofNanos(System.nanoTime() - begin).toMinutes();
			assertThat(lines.stream().filter((line) -> line.contains("could not accept a connection")))
				.hasSizeBetween(1, (int) minutes + 1);
			assertThat(starved.waitFor(MonitorFixture.LIMIT.toMinutes(), TimeUnit.MINUTES)).isTrue();
		}
		finally {
			starved.destroyForcibly().waitFor();
		}
	}

	/**
	 * A process that runs out of descriptors while clients wait to be accepted.
	 */
	static final class Starved {

		private static final int FAILURES = 100_000;

		private static final int SPARES = 40;

		private static final ZmqMonitor monitor = new ZmqMonitor();

		public static void main(String[] arguments) throws Exception {
			ZContext plain = new ZContext();
			monitor.addListener(new ZmqEventLogger());
			ZMQ.Socket server = monitor.monitor("test", plain).createSocket(SocketType.ROUTER);
			server.setHandshakeIvl(0);
			server.bind("tcp://127.0.0.1:*");
			String address = server.getLastEndpoint();
			int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
			// whoever reads has read before, as a scrape would have
			try (Socket first = new Socket("127.0.0.1", port)) {
				await().until(() -> first.isConnected() && live() == 1);
				recentEvents();
			}
			await().until(() -> live() == 0);
			usedHeap();
			List<Socket> sockets = new ArrayList<>();
			List<InputStream> spares = new ArrayList<>();
			for (int i = 0; i < SPARES; i++) {
				spares.add(new FileInputStream("/dev/null"));
			}
			try {
				while (sockets.size() < 500) {
					sockets.add(new Socket("127.0.0.1", port));
				}
			}
			catch (IOException ex) {
				// as intended: no descriptor is left
			}
			for (InputStream spare : spares) {
				spare.close();
				if (connects(port, sockets)) {
					break;
				}
			}
			await().until(() -> endpoint().acceptFailures() > FAILURES / 10);
			long before = usedHeap();
			await().until(() -> endpoint().acceptFailures() > FAILURES);
			long after = usedHeap();
			int recent = recentEvents();
			for (Socket socket : sockets) {
				socket.close();
			}
			await().until(() -> live() == 0 && endpoint().accepted() - endpoint().disconnected() == 0);
			try (Socket again = new Socket("127.0.0.1", port)) {
				await().until(() -> live() == 1);
				System.out.println("RESULT recent=" + ((recent <= 64) ? "few" : recent) + " heap="
						+ ((after < before + 2 * 1024 * 1024) ? "flat" : before + "->" + after) + " errors="
						+ monitor.statistics().eventErrors() + " alive=" + again.isConnected());
			}
			plain.close();
			monitor.close();
		}

		/**
		 * One descriptor for a client, and none for the server to accept it; unless the
		 * server is faster and accepts one that waits.
		 */
		private static boolean connects(int port, List<Socket> sockets) {
			try {
				return sockets.add(new Socket("127.0.0.1", port));
			}
			catch (IOException ex) {
				return false;
			}
		}

		private static ZmqEndpointSnapshot endpoint() {
			return monitor.snapshot().sockets().get(0).endpoints().get(0);
		}

		/**
		 * How many connections there are: these clients are silent, and so never ready.
		 */
		private static int live() {
			ZmqEndpointSnapshot endpoint = endpoint();
			return endpoint.connections() + endpoint.handshaking();
		}

		private static int recentEvents() {
			return monitor.snapshot("test.router").sockets().get(0).recentEvents().size();
		}

		private static long usedHeap() {
			for (int i = 0; i < 3; i++) {
				System.gc();
			}
			return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
		}

	}

}
