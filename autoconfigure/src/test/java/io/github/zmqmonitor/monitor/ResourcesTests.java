package io.github.zmqmonitor.monitor;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

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
		Set<Thread> threads = threads();
		Set<String> descriptors = descriptors();
		ZContext plain = new ZContext();
		ZContext context = (monitor != null) ? monitor.monitor("test", plain) : plain;
		Usage usage;
		try {
			for (int i = 0; i < SOCKETS; i++) {
				ZMQ.Socket socket = context.createSocket(SocketType.ROUTER);
				socket.bind("tcp://127.0.0.1:*");
			}
			usage = new Usage(more(threads(), threads), more(descriptors(), descriptors), reader.applyAsInt(context));
		}
		finally {
			plain.close();
		}
		await().pollInSameThread().untilAsserted(() -> {
			assertThat(more(threads(), threads)).isZero();
			assertThat(more(descriptors(), descriptors)).isZero();
		});
		return usage;
	}

	private static Set<Thread> threads() {
		return Thread.getAllStackTraces().keySet();
	}

	/**
	 * Return each open descriptor with what it is, as far as the system tells: a number
	 * is given again to the next that comes.
	 */
	private static Set<String> descriptors() {
		String[] open = new File("/proc/self/fd").list();
		return Arrays.stream((open != null) ? open : new String[0])
			.map(ResourcesTests::describe)
			.filter(Objects::nonNull)
			.collect(Collectors.toSet());
	}

	private static @Nullable String describe(String descriptor) {
		try {
			return descriptor + " " + Files.readSymbolicLink(Path.of("/proc/self/fd", descriptor));
		}
		catch (IOException ex) {
			// it was the one that listed the others
			return null;
		}
	}

	/**
	 * Return how many are new. What others leave behind may go at any time.
	 */
	private static <T> int more(Set<T> now, Set<T> before) {
		return (int) now.stream().filter((one) -> !before.contains(one)).count();
	}

	private record Usage(int threads, int descriptors, int listed) {
	}

}
