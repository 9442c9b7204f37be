package io.github.zmqmonitor.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

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

	private Scrape() {
	}

	static void main(String[] arguments) throws Exception {
		int rounds = (arguments.length > 0) ? Integer.parseInt(arguments[0]) : 60;
		Map<String, URL> applications = new LinkedHashMap<>();
		applications.put("default", start(false, 0, 0));
		for (int endpoints : ENDPOINTS) {
			applications.put(endpoints + " endpoints", start(true, endpoints, 0));
		}
		long series = series(applications.get("100 endpoints")) - series(applications.get("default"));
		applications.put("plain counters", start(false, 0, (int) series));
		Interleaved interleaved = new Interleaved();
		applications.forEach((name, url) -> interleaved.add(name, () -> {
			Thread.sleep(PAUSE);
			long begin = System.nanoTime();
			read(url);
			return (System.nanoTime() - begin) / 1e6;
		}));
		for (int i = 0; i < WARM_UP; i++) {
			for (URL url : applications.values()) {
				read(url);
			}
		}
		Map<String, double[]> results = interleaved.run(2, rounds);
		Report report = new Report("scrape", "application", "series", "scrape", "against default",
				"beyond default, a series");
		for (Map.Entry<String, double[]> result : results.entrySet()) {
			double[] base = results.get("default");
			report.raw(result.getKey(), Arrays.toString(result.getValue()));
			long more = series(applications.get(result.getKey())) - series(applications.get("default"));
			double difference = Estimate.ofDifferences(result.getValue(), base).median();
			report.row(result.getKey(), series(applications.get(result.getKey())),
					Estimate.of(result.getValue()).text(2) + " ms", Estimate.ofRatios(result.getValue(), base).text(2),
					(more > 0) ? Report.format("%.2f µs", difference * 1000 / more) : "");
		}
		report.write();
	}

	private static URL start(boolean monitored, int endpoints, int counters) throws IOException {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class).run("--server.port=0",
				"--management.endpoints.web.exposure.include=prometheus", "--zmq.monitor.enabled=" + monitored,
				"--spring.main.banner-mode=off", "--logging.level.root=off");
		for (int i = 0; i < endpoints; i++) {
			ZMQ.Socket socket = context.getBean(ZContext.class).createSocket(SocketType.ROUTER);
			context.getBean(ZmqMonitor.class).monitor("socket" + i, socket).bind("tcp://127.0.0.1:*");
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
