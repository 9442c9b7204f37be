package io.github.zmqmonitor.autoconfigure;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An application of a few lines that never mentions the monitor: endpoint, meters, health
 * and a clean shutdown.
 */
class QuickStartIT {

	private final HttpClient client = HttpClient.newHttpClient();

	@Test
	void oneDependencyIsEnough() throws Exception {
		ConfigurableApplicationContext context = SpringApplication.run(Application.class, "--server.port=0",
				"--management.endpoints.web.exposure.include=*", "--management.endpoint.health.show-details=always");
		int port = ((ServletWebServerApplicationContext) context).getWebServer().getPort();
		await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
			String body = get(port, "/actuator/zmq");
			assertThat(body).contains("\"state\":\"listening\"").contains("\"state\":\"connected\"");
		});
		System.out.println(get(port, "/actuator/zmq"));
		System.out.println(get(port, "/actuator/zmq/server"));
		System.out.println(get(port, "/actuator/health"));
		get(port, "/actuator/prometheus").lines().filter((line) -> line.contains("zmq_")).forEach(System.out::println);
		context.close();
	}

	private String get(int port, String path) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
		HttpResponse<String> response = this.client.send(request, HttpResponse.BodyHandlers.ofString());
		return response.body();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		ZContext zContext() {
			return new ZContext();
		}

		@Bean
		ZMQ.Socket server(ZContext context) {
			ZMQ.Socket socket = context.createSocket(SocketType.REP);
			socket.bind("tcp://127.0.0.1:*");
			return socket;
		}

		@Bean
		ZMQ.Socket client(ZContext context, ZMQ.Socket server) {
			ZMQ.Socket socket = context.createSocket(SocketType.REQ);
			socket.connect(server.getLastEndpoint());
			return socket;
		}

	}

}
