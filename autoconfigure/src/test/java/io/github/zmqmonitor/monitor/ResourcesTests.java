package io.github.zmqmonitor.monitor;

import java.io.File;
import java.time.Duration;
import java.util.function.ToIntFunction;

import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Threads and descriptors of monitored sockets against plain ones, counted in one run.
 */
class ResourcesTests {

	private static final int SOCKETS = 500;

	@Test
	void fiveHundredSocketsCostNoThreadAndNoDescriptor() {
		warmUp();
		Usage plain = measure((context) -> 0, null);
		ZmqMonitor monitor = new ZmqMonitor();
		Usage monitored = measure((context) -> monitor.snapshot().sockets().size(), monitor);
		assertThat(monitored.listed()).isEqualTo(SOCKETS);
		assertThat(monitored.threads()).isEqualTo(plain.threads());
		assertThat(monitored.descriptors()).isEqualTo(plain.descriptors());
		monitor.close();
	}

	/**
	 * Let the JVM open what it opens once.
	 */
	private static void warmUp() {
		try (ZContext context = new ZContext()) {
			context.createSocket(SocketType.ROUTER).bind("tcp://127.0.0.1:*");
		}
		ZmqMonitor monitor = new ZmqMonitor();
		try (ZContext context = new ZContext()) {
			monitor.monitor("test", context).createSocket(SocketType.ROUTER).bind("tcp://127.0.0.1:*");
			monitor.snapshot();
		}
		monitor.close();
		threads();
		descriptors();
	}

	private static Usage measure(ToIntFunction<ZContext> reader, ZmqMonitor monitor) {
		int threads = threads();
		int descriptors = descriptors();
		ZContext plain = new ZContext();
		ZContext context = (monitor != null) ? monitor.monitor("test", plain) : plain;
		Usage usage;
		try {
			for (int i = 0; i < SOCKETS; i++) {
				ZMQ.Socket socket = context.createSocket(SocketType.ROUTER);
				socket.bind("tcp://127.0.0.1:*");
			}
			usage = new Usage(threads() - threads, descriptors() - descriptors, reader.applyAsInt(context));
		}
		finally {
			plain.close();
		}
		await().pollInSameThread().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
			assertThat(threads()).isLessThanOrEqualTo(threads);
			assertThat(descriptors()).isLessThanOrEqualTo(descriptors);
		});
		return usage;
	}

	private static int threads() {
		return Thread.getAllStackTraces().size();
	}

	private static int descriptors() {
		String[] open = new File("/proc/self/fd").list();
		return (open != null) ? open.length : 0;
	}

	private record Usage(int threads, int descriptors, int listed) {
	}

}
