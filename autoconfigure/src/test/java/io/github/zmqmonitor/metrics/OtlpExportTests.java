package io.github.zmqmonitor.metrics;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.zmqmonitor.monitor.MonitorFixture;
import io.micrometer.core.instrument.Clock;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.zeromq.SocketType;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Meters as they are sent to a collector.
 */
class OtlpExportTests {

	@RegisterExtension
	final MonitorFixture fixture = new MonitorFixture();

	private final List<String> received = new CopyOnWriteArrayList<>();

	private HttpServer collector;

	@BeforeEach
	void startCollector() throws IOException {
		this.collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.collector.createContext("/v1/metrics", this::receive);
		this.collector.start();
	}

	@AfterEach
	void stopCollector() {
		this.collector.stop(0);
	}

	private void receive(HttpExchange exchange) throws IOException {
		try (exchange) {
			this.received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
			exchange.sendResponseHeaders(200, -1);
		}
	}

	@Test
	void metersReachACollector() {
		String url = "http://127.0.0.1:" + this.collector.getAddress().getPort() + "/v1/metrics";
		Map<String, String> settings = Map.of("otlp.url", url, "otlp.step", "1h");
		OtlpMeterRegistry registry = new OtlpMeterRegistry(settings::get, Clock.SYSTEM);
		try (ZmqMetrics metrics = new ZmqMetrics(this.fixture.monitor())) {
			metrics.bindTo(registry);
			this.fixture.bound(SocketType.ROUTER, "desk");
			// the last numbers are sent when the registry is closed
			registry.close();
		}
		await().untilAsserted(() -> assertThat(this.received).isNotEmpty());
		assertThat(String.join("", this.received)).contains("zmq.connections", "zmq.endpoint.state", "zmq.messages",
				"desk", "listening", "tcp://127.0.0.1:*");
	}

}
