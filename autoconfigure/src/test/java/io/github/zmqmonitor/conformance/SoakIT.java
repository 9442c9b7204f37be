package io.github.zmqmonitor.conformance;

import java.io.File;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.monitor.MonitorFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections that come and go, many times: every one is accounted for, and nothing grows
 * between the first tenth and the last.
 */
class SoakIT {

	private static final int CYCLES = Integer.getInteger("zmqmonitor.soak-cycles", 5000);

	private static final Duration MINIMUM = Duration.ofSeconds(Integer.getInteger("zmqmonitor.soak-seconds", 0));

	private static final int THREADS = 4;

	private static final int PARTS = 10;

	@RegisterExtension
	final Scenario scenario = new Scenario();

	@Test
	@Timeout(1800)
	void everyCycleIsAccountedForAndNothingGrows() throws Exception {
		ZMQ.Socket server = this.scenario.bound(SocketType.ROUTER, "server");
		String address = server.getLastEndpoint();
		int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
		List<Usage> usages = new ArrayList<>();
		long cycles = 0;
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		try {
			for (int part = 1; part <= PARTS; part++) {
				long begin = System.nanoTime();
				do {
					List<Future<?>> running = new ArrayList<>();
					for (int i = 0; i < THREADS; i++) {
						running.add(threads.submit(() -> cycle(port, CYCLES / PARTS / THREADS)));
					}
					for (Future<?> future : running) {
						future.get();
					}
					cycles += THREADS * (CYCLES / PARTS / THREADS);
					awaitEndOfPipes(server);
				}
				while (System.nanoTime() - begin < MINIMUM.toNanos() / PARTS);
				long expected = cycles;
				await().untilAsserted(() -> {
					ZmqEndpointSnapshot endpoint = this.scenario.endpoint("server");
					assertThat(endpoint.accepted()).isEqualTo(expected);
					assertThat(endpoint.connections()).isZero();
					MonitorFixture.assertBalanced(endpoint);
				});
				usages.add(Usage.now(this.scenario));
			}
		}
		finally {
			threads.shutdownNow();
		}
		Usage first = usages.get(0);
		Usage last = usages.get(usages.size() - 1);
		System.out.println("soak of " + cycles + " cycles: " + first + " -> " + last);
		assertThat(last.meters()).isEqualTo(first.meters());
		assertThat(last.descriptors()).isLessThanOrEqualTo(first.descriptors() + 5);
		assertThat(last.threads()).isLessThanOrEqualTo(first.threads() + 2);
		assertThat(last.heap()).isLessThan(first.heap() + 8 * 1024 * 1024);
	}

	/**
	 * The owner of a socket deals with the begins and ends of its pipes as it uses it.
	 * With very many left to the end, JeroMQ's threads were seen to wait for room in each
	 * other's mailboxes when the context was closed.
	 */
	private void awaitEndOfPipes(ZMQ.Socket server) {
		await().untilAsserted(() -> {
			server.recv(ZMQ.DONTWAIT);
			assertThat(this.scenario.only("server").fullestPipes()).isEmpty();
		});
	}

	private static Void cycle(int port, int count) throws Exception {
		for (int i = 0; i < count; i++) {
			try (SocketChannel channel = SocketChannel.open()) {
				// end with a reset, so that ports are not used up by waiting
				channel.setOption(StandardSocketOptions.SO_LINGER, 0);
				channel.connect(new InetSocketAddress("127.0.0.1", port));
				channel.finishConnect();
				channel.shutdownOutput();
				Socket socket = channel.socket();
				socket.setSoTimeout((int) MonitorFixture.LIMIT.toMillis());
				while (socket.getInputStream().read() >= 0) {
					Thread.onSpinWait();
				}
			}
		}
		return null;
	}

	/**
	 * What is in use.
	 */
	private record Usage(long heap, int meters, int descriptors, int threads) {

		static Usage now(Scenario scenario) {
			Runtime runtime = Runtime.getRuntime();
			for (int i = 0; i < 3; i++) {
				System.gc();
			}
			String[] open = new File("/proc/self/fd").list();
			return new Usage(runtime.totalMemory() - runtime.freeMemory(), scenario.registry().getMeters().size(),
					(open != null) ? open.length : 0, Thread.getAllStackTraces().size());
		}

	}

}
