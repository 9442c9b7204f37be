package io.github.zmqmonitor.autoconfigure;

import io.github.zmqmonitor.Ways;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static io.github.zmqmonitor.monitor.MonitorFixture.assertCloses;
import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application of a few lines that never mentions the monitor: endpoint, meters, health
 * and a clean shutdown.
 */
class QuickStartIT {

	private LocalServer server;

	@Test
	void oneDependencyIsEnough() throws Exception {
		ConfigurableApplicationContext context = SpringApplication.run(Application.class, "--server.port=0",
				"--management.endpoints.web.exposure.include=*", "--management.endpoint.health.show-details=always");
		this.server = new LocalServer(context);
		try {
			await().untilAsserted(() -> assertThat(get("/zmq")).contains("\"state\":\"listening\"")
				.contains("\"state\":\"connected\"")
				.contains("\"connections\":1,\"handshaking\":0,\"accepted\":1,\"disconnected\":0"));
			String owner = Ways.owner("zContext", "application");
			await().untilAsserted(() -> assertThat(get("/prometheus"))
				.containsPattern("zmq_connections\\{role=\"bind\",socket=\"" + owner
						+ ".rep\",socket_endpoint=\"tcp://127.0.0.1:\\*\",socket_type=\"REP\"\\} 1.0")
				.containsPattern("zmq_connections_established_total\\{[^}]*socket=\"" + owner + ".req\"[^}]*\\} 1.0"));
			assertThat(get("/health"))
				.contains("\"zmq\":{\"details\":{\"sockets\":2,\"endpoints\":2},\"status\":\"UP\"}");
			assertThat(get("/metrics/zmq.connections")).contains("\"value\":2.0");
		}
		finally {
			assertCloses(context);
		}
		await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
			.noneMatch((name) -> name.startsWith("reaper-") || name.startsWith("iothread-")));
	}

	private String get(String path) throws Exception {
		return this.server.body("/actuator" + path);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		ZContext zContext() {
			return new ZContext();
		}

		@Bean
		Object work(ZContext context) {
			ZMQ.Socket server = context.createSocket(SocketType.REP);
			server.bind("tcp://127.0.0.1:*");
			context.createSocket(SocketType.REQ).connect(server.getLastEndpoint());
			return server.toString();
		}

	}

}
