package io.github.zmqmonitor.autoconfigure.health;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

import com.jayway.jsonpath.JsonPath;
import io.github.zmqmonitor.Ways;
import io.github.zmqmonitor.autoconfigure.LocalServer;
import io.github.zmqmonitor.monitor.MonitorFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Health as a platform asks for it.
 */
class ZmqHealthIT {

	private static final List<String> PROBES = List.of("--server.port=0", "--spring.main.banner-mode=off",
			"--management.endpoint.health.probes.enabled=true", "--management.endpoint.health.show-details=always",
			"--management.endpoint.health.group.readiness.include=readinessState,zmq",
			"--management.endpoint.health.group.readiness.show-details=always");

	private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();

	private LocalServer server;

	@AfterEach
	void close() {
		for (int i = this.contexts.size() - 1; i >= 0; i--) {
			this.contexts.get(i).close();
		}
	}

	@ParameterizedTest
	@EnumSource(value = WebApplicationType.class, names = { "SERVLET", "REACTIVE" })
	void readinessFollowsAPeerThatIsAwayForTooLong(WebApplicationType type) throws Exception {
		run(new SpringApplicationBuilder(Application.class).web(type), "--zmq.monitor.health.disconnected-after=100ms");
		assertThat(get("/readiness").statusCode()).isEqualTo(200);
		ZMQ.Socket client = client();
		client.connect("tcp://127.0.0.1:" + MonitorFixture.freePort());
		await().untilAsserted(() -> assertThat(get("/readiness").statusCode()).isEqualTo(503));
		assertThat(get("/liveness").statusCode()).isEqualTo(200);
		String failing = "$.components.zmq.details.failing[0]";
		String body = get("/readiness").body();
		assertThat(JsonPath.<String>read(body, failing + ".socket"))
			.isEqualTo(Ways.owner("zContext", "zmqHealthIT") + ".dealer");
		assertThat(JsonPath.<String>read(body, failing + ".state")).isEqualTo("retrying");
		assertThat(JsonPath.<String>read(body, failing + ".since")).isNotEmpty();
		client.close();
		await().untilAsserted(() -> assertThat(get("/readiness").statusCode()).isEqualTo(200));
	}

	@Test
	void aPeerThatIsAwayIsNoFailureOfThisApplicationByDefault() throws Exception {
		run(new SpringApplicationBuilder(Application.class).web(WebApplicationType.SERVLET));
		client().connect("tcp://127.0.0.1:" + MonitorFixture.freePort());
		assertThat(get("").statusCode()).isEqualTo(200);
		assertThat(JsonPath.<String>read(get("").body(), "$.components.zmq.status")).isEqualTo("UP");
	}

	@Test
	void switchedOffItIsNotThere() throws Exception {
		run(new SpringApplicationBuilder(Application.class).web(WebApplicationType.SERVLET),
				"--management.health.zmq.enabled=false",
				"--management.endpoint.health.validate-group-membership=false");
		assertThat(get("").body()).doesNotContain("zmq");
	}

	@Test
	void oneIndicatorCoversAParentAndItsChild() throws Exception {
		ConfigurableApplicationContext parent = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.run(PROBES.toArray(String[]::new));
		this.contexts.add(parent);
		run(new SpringApplicationBuilder(Child.class).parent(parent).web(WebApplicationType.SERVLET));
		parent.getBean("zContext", ZContext.class).createSocket(SocketType.PUB).bind("tcp://127.0.0.1:*");
		this.contexts.get(1)
			.getBean("childContext", ZContext.class)
			.createSocket(SocketType.PUB)
			.bind("tcp://127.0.0.1:*");
		String body = get("").body();
		assertThat(JsonPath.<Integer>read(body, "$.components.zmq.details.sockets")).isEqualTo(2);
		assertThat(JsonPath.<Integer>read(body, "$.components.zmq.details.endpoints")).isEqualTo(2);
	}

	private ZMQ.Socket client() {
		return this.contexts.get(0).getBean(ZContext.class).createSocket(SocketType.DEALER);
	}

	private void run(SpringApplicationBuilder application, String... arguments) {
		List<String> all = new ArrayList<>(PROBES);
		all.addAll(List.of(arguments));
		ConfigurableApplicationContext context = application.run(all.toArray(String[]::new));
		this.contexts.add(context);
		this.server = new LocalServer(context);
	}

	private HttpResponse<String> get(String path) throws Exception {
		return this.server.get("/actuator/health" + path);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		ZContext zContext() {
			return new ZContext();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Child {

		@Bean
		ZContext childContext() {
			return new ZContext();
		}

	}

}
