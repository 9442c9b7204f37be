package io.github.zmqmonitor.benchmarks;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * From the start of the JVM until the application is ready, with the library on the class
 * path and without, in turn: with ten sockets, and without ZeroMQ.
 */
final class StartUp {

	private static final int SOCKETS = 10;

	private static final int WARM_UP = 1;

	private StartUp() {
	}

	static void main(String[] arguments) throws Exception {
		int rounds = (arguments.length > 0) ? Integer.parseInt(arguments[0]) : 40;
		Predicate<String> monitor = (jar) -> jar.startsWith("zmq-monitor");
		Predicate<String> zeromq = (jar) -> jar.startsWith("jeromq");
		Report report = new Report("startup", "application", "without", "with", "difference",
				"difference of the main thread's processor time");
		row(report, "ten sockets", rounds, WithSockets.class, monitor, (jar) -> false);
		row(report, "no ZeroMQ", rounds, WithoutZeroMq.class, monitor.or(zeromq), zeromq);
		report.note("Medians of %d paired starts, with the 95 %% intervals of the differences.", rounds);
		report.write();
	}

	private static void row(Report report, String title, int rounds, Class<?> application, Predicate<String> without,
			Predicate<String> with) throws Exception {
		List<Double> processorWithout = new ArrayList<>();
		List<Double> processorWith = new ArrayList<>();
		Interleaved interleaved = new Interleaved();
		interleaved.add("without", () -> start(application, without, processorWithout));
		interleaved.add("with", () -> start(application, with, processorWith));
		Map<String, double[]> results = interleaved.run(WARM_UP, rounds);
		results.forEach((name, values) -> report.raw(title, name, Arrays.toString(values)));
		report.row(title, Report.format("%.0f ms", Estimate.of(results.get("without")).median()),
				Report.format("%.0f ms", Estimate.of(results.get("with")).median()),
				Estimate.ofDifferences(results.get("with"), results.get("without")).text(0) + " ms",
				Estimate.ofDifferences(measured(processorWith), measured(processorWithout)).text(0) + " ms");
	}

	private static double[] measured(List<Double> values) {
		return values.stream().skip(WARM_UP).mapToDouble(Double::doubleValue).toArray();
	}

	/**
	 * Start an application.
	 * @param processorTimes where the processor time of its main thread goes
	 * @return the milliseconds until it was ready
	 */
	private static double start(Class<?> application, Predicate<String> excluded, List<Double> processorTimes)
			throws Exception {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				classPath(excluded), application.getName())
			.redirectErrorStream(true)
			.start();
		try (Stream<String> lines = process.inputReader().lines()) {
			String output = lines.collect(Collectors.joining("\n"));
			if (process.waitFor() != 0) {
				throw new IllegalStateException(output);
			}
			String[] words = output.substring(output.lastIndexOf("ready")).split(" ");
			processorTimes.add(Double.valueOf(words[2]));
			return Double.parseDouble(words[1]);
		}
	}

	private static String classPath(Predicate<String> excluded) throws IOException {
		List<String> entries = new ArrayList<>(List.of(Report.target().resolve("classes").toString()));
		try (Stream<Path> jars = Files.list(Report.target().resolve("lib"))) {
			jars.filter((jar) -> !excluded.test(jar.getFileName().toString()))
				.sorted()
				.forEach((jar) -> entries.add(jar.toString()));
		}
		return String.join(File.pathSeparator, entries);
	}

	private static void run(Class<?> application) {
		SpringApplication.run(application, "--server.port=0", "--management.endpoints.web.exposure.include=*",
				"--spring.main.banner-mode=off", "--logging.level.root=off");
		long processorTime = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
		System.out.println("ready " + ManagementFactory.getRuntimeMXBean().getUptime() + " "
				+ TimeUnit.NANOSECONDS.toMillis(processorTime));
		Runtime.getRuntime().halt(0);
	}

	/**
	 * Five servers and their clients.
	 */
	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class WithSockets {

		@Bean
		ZContext zContext() {
			return new ZContext();
		}

		@Bean
		List<ZMQ.Socket> sockets(ZContext context) {
			List<ZMQ.Socket> sockets = new ArrayList<>();
			for (int i = 0; i < SOCKETS / 2; i++) {
				ZMQ.Socket server = context.createSocket(SocketType.ROUTER);
				server.bind("tcp://127.0.0.1:*");
				ZMQ.Socket client = context.createSocket(SocketType.DEALER);
				client.connect(server.getLastEndpoint());
				sockets.addAll(List.of(server, client));
			}
			return sockets;
		}

		public static void main(String[] arguments) {
			run(WithSockets.class);
		}

	}

	/**
	 * Nothing at all.
	 */
	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class WithoutZeroMq {

		public static void main(String[] arguments) {
			run(WithoutZeroMq.class);
		}

	}

}
