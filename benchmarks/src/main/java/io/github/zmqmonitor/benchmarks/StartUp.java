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

import io.micrometer.core.instrument.MeterRegistry;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * From the start of the JVM until the application is ready: with ten sockets that are
 * followed in one way or another, and without ZeroMQ, where the library is on the class
 * path or not.
 */
final class StartUp {

	private static final int SOCKETS = 10;

	private static final int WARM_UP = 1;

	private StartUp() {
	}

	static void main(String[] arguments) throws Exception {
		int rounds = (arguments.length > 0) ? Integer.parseInt(arguments[0]) : 40;
		Predicate<String> library = (jar) -> jar.startsWith("zmq-monitor");
		Predicate<String> zeromq = (jar) -> jar.startsWith("jeromq");
		Report report = new Report("startup", "application", "followed by", "ready after", "difference",
				"difference of the main thread's processor time");
		measure(report, "ten sockets", rounds,
				List.of(new Start(Observation.PLAIN, WithSockets.class, library),
						new Start(Observation.COUNTER, WithSockets.class, library),
						new Start(Observation.ZMONITOR, WithSockets.class, library),
						new Start(Observation.MONITORED, WithSockets.class, (jar) -> false)));
		measure(report, "no ZeroMQ", rounds,
				List.of(new Start(Observation.PLAIN, WithoutZeroMq.class, library.or(zeromq)),
						new Start(Observation.MONITORED, WithoutZeroMq.class, zeromq)));
		report.note("Medians of %d starts in turn, with the 95 %% intervals of the differences.", rounds);
		report.write();
	}

	private static void measure(Report report, String title, int rounds, List<Start> starts) throws Exception {
		Interleaved interleaved = new Interleaved();
		starts.forEach((start) -> interleaved.add(start.observation.title(), start));
		Map<String, double[]> results = interleaved.run(WARM_UP, rounds);
		Start plain = starts.get(0);
		for (Start start : starts) {
			double[] values = results.get(start.observation.title());
			report.raw(title, start.observation.title(), Arrays.toString(values));
			boolean isPlain = start == plain;
			report.row(title, start.observation.title(), Report.format("%.0f ms", Estimate.of(values).median()),
					isPlain ? "" : difference(values, results.get(plain.observation.title())),
					isPlain ? "" : difference(start.processorTimes(), plain.processorTimes()));
		}
	}

	private static String difference(double[] values, double[] base) {
		return Estimate.ofDifferences(values, base).text(0) + " ms";
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
	 * Starts an application in a JVM of its own; measures the milliseconds until it is
	 * ready.
	 */
	private static final class Start implements Interleaved.Measurement {

		private final Observation observation;

		private final Class<?> application;

		private final Predicate<String> excluded;

		private final List<Double> processorTimes = new ArrayList<>();

		Start(Observation observation, Class<?> application, Predicate<String> excluded) {
			this.observation = observation;
			this.application = application;
			this.excluded = excluded;
		}

		@Override
		public double measure() throws Exception {
			Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-Dobservation=" + this.observation, "-cp", classPath(this.excluded), this.application.getName())
				.redirectErrorStream(true)
				.start();
			try (Stream<String> lines = process.inputReader().lines()) {
				String output = lines.collect(Collectors.joining("\n"));
				if (process.waitFor() != 0) {
					throw new IllegalStateException(output);
				}
				String[] words = output.substring(output.lastIndexOf("ready")).split(" ");
				this.processorTimes.add(Double.valueOf(words[2]));
				return Double.parseDouble(words[1]);
			}
		}

		/**
		 * The milliseconds of processor time that the main threads took.
		 */
		double[] processorTimes() {
			return this.processorTimes.stream().skip(WARM_UP).mapToDouble(Double::doubleValue).toArray();
		}

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
		List<ZMQ.Socket> sockets(ZContext context, MeterRegistry registry) {
			Following following = new Following(Observation.valueOf(System.getProperty("observation")), context,
					registry);
			List<ZMQ.Socket> sockets = new ArrayList<>();
			for (int i = 0; i < SOCKETS / 2; i++) {
				ZMQ.Socket server = following.follow(context.createSocket(SocketType.ROUTER));
				server.bind("tcp://127.0.0.1:*");
				ZMQ.Socket client = following.follow(context.createSocket(SocketType.DEALER));
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
