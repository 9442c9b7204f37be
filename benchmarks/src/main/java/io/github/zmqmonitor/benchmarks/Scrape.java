package io.github.zmqmonitor.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.zmqmonitor.monitor.ZmqMonitor;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * Scraping {@code /actuator/prometheus} of applications with more and more endpoints,
 * against the default one, and against one with as many plain counters of Micrometer.
 * Scrapes are far enough apart that each one reads the sockets anew.
 */
final class Scrape {

	private static final int[] ENDPOINTS = { 0, 10, 100 };

	private static final int PAUSE = 60;

	private static final int WARM_UP = 300;

	private static final Pattern BALANCED = Pattern
		.compile("^zmq_connections(|_accepted_total|_closed_total)\\{.*socket=\"(\\w+)\".*} (\\S+)$");

	private Scrape() {
	}

	static void main(String[] arguments) throws Exception {
		int rounds = (arguments.length > 0) ? Integer.parseInt(arguments[0]) : 60;
		Map<String, URL> applications = new LinkedHashMap<>();
		List<ZMQ.Socket> sockets = List.of();
		applications.put("default", start(false, 0, 0, sockets));
		for (int endpoints : ENDPOINTS) {
			sockets = new ArrayList<>();
			applications.put(endpoints + " endpoints", start(true, endpoints, 0, sockets));
		}
		long series = series(applications.get("100 endpoints")) - series(applications.get("default"));
		applications.put("plain counters", start(false, 0, (int) series, List.of()));
		Report report = new Report("scrape", "events / s", "application", "series", "scrape", "against default",
				"beyond default, a series", "torn");
		measure(report, "0", applications, rounds);
		try (ComingAndGoing events = new ComingAndGoing(sockets)) {
			events.start();
			applications.keySet().retainAll(List.of("default", "100 endpoints"));
			measure(report, "10,000", applications, rounds);
		}
		report.write();
	}

	private static void measure(Report report, String events, Map<String, URL> applications, int rounds)
			throws Exception {
		Map<String, List<Double>> balances = new HashMap<>();
		Interleaved interleaved = new Interleaved();
		applications.forEach((name, url) -> interleaved.add(name, () -> {
			Thread.sleep(PAUSE);
			long begin = System.nanoTime();
			byte[] text = read(url);
			double milliseconds = (System.nanoTime() - begin) / 1e6;
			balances.computeIfAbsent(name, (it) -> new ArrayList<>()).addAll(balances(text));
			return milliseconds;
		}));
		for (int i = 0; i < WARM_UP; i++) {
			for (URL url : applications.values()) {
				read(url);
			}
		}
		Map<String, double[]> results = interleaved.run(2, rounds);
		double[] base = results.get("default");
		for (Map.Entry<String, double[]> result : results.entrySet()) {
			String name = result.getKey();
			report.raw(events, name, Arrays.toString(result.getValue()));
			long more = series(applications.get(name)) - series(applications.get("default"));
			double difference = Estimate.ofDifferences(result.getValue(), base).median();
			report.row(events, name, series(applications.get(name)), Estimate.of(result.getValue()).text(2) + " ms",
					Estimate.ofRatios(result.getValue(), base).text(2),
					(more > 0) ? Report.format("%.2f µs", difference * 1000 / more) : "", torn(balances.get(name)));
		}
	}

	/**
	 * For each endpoint, the connections that have come, less those that have gone, less
	 * those that there are.
	 */
	private static Collection<Double> balances(byte[] text) {
		Map<String, Double> balances = new HashMap<>();
		new String(text, StandardCharsets.UTF_8).lines().forEach((line) -> {
			Matcher matcher = BALANCED.matcher(line);
			if (matcher.find()) {
				double sign = "_accepted_total".equals(matcher.group(1)) ? 1 : -1;
				balances.merge(matcher.group(2), sign * Double.parseDouble(matcher.group(3)), Double::sum);
			}
		});
		return balances.values();
	}

	private static String torn(List<Double> balances) {
		return Report.format("%,d of %,d", balances.stream().filter((balance) -> balance != 0).count(),
				balances.size());
	}

	private static URL start(boolean monitored, int endpoints, int counters, List<ZMQ.Socket> sockets)
			throws IOException {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class).run("--server.port=0",
				"--management.endpoints.web.exposure.include=prometheus", "--zmq.monitor.enabled=" + monitored,
				"--spring.main.banner-mode=off", "--logging.level.root=off");
		for (int i = 0; i < endpoints; i++) {
			ZMQ.Socket socket = context.getBean(ZContext.class).createSocket(SocketType.ROUTER);
			context.getBean(ZmqMonitor.class).monitor("socket" + i, socket).bind("tcp://127.0.0.1:*");
			sockets.add(socket);
		}
		for (int i = 0; i < counters; i++) {
			FunctionCounter.builder("plain", i, Integer::doubleValue)
				.tags("socket", "socket" + i, "socket.type", "ROUTER", "socket.endpoint", "tcp://127.0.0.1:*", "role",
						"bind")
				.register(context.getBean(MeterRegistry.class));
		}
		String port = context.getEnvironment().getRequiredProperty("local.server.port");
		return URI.create("http://localhost:" + port + "/actuator/prometheus").toURL();
	}

	private static long series(URL url) throws IOException {
		return new String(read(url), StandardCharsets.UTF_8).lines().filter((line) -> !line.startsWith("#")).count();
	}

	private static byte[] read(URL url) throws IOException {
		try (InputStream in = url.openStream()) {
			return in.readAllBytes();
		}
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Application {

		@Bean
		ZContext zContext() {
			return new ZContext(1);
		}

	}

}
