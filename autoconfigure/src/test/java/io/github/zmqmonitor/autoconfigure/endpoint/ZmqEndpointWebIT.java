package io.github.zmqmonitor.autoconfigure.endpoint;

import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import javax.management.ObjectName;

import com.jayway.jsonpath.JsonPath;
import io.github.zmqmonitor.autoconfigure.LocalServer;
import io.github.zmqmonitor.monitor.MonitorFixture;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zeromq.SocketType;
import org.zeromq.ZContext;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.json.BasicJsonTester;
import org.springframework.boot.test.json.JsonContent;
import org.springframework.context.ConfigurableApplicationContext;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The endpoint over Spring MVC, WebFlux and JMX.
 */
class ZmqEndpointWebIT {

	private final BasicJsonTester json = new BasicJsonTester(getClass());

	private ConfigurableApplicationContext context;

	private LocalServer server;

	@AfterEach
	void close() {
		if (this.context != null) {
			this.context.close();
		}
	}

	private void run(Stack stack, String... arguments) {
		List<String> all = new ArrayList<>(List.of(arguments));
		all.add("--server.port=0");
		all.add("--spring.main.banner-mode=off");
		all.add("--management.endpoints.web.exposure.include=zmq,prometheus,health");
		this.context = new SpringApplicationBuilder(PairApplication.class).web(stack.type)
			.run(all.toArray(String[]::new));
		this.server = new LocalServer(this.context);
	}

	@ParameterizedTest
	@EnumSource
	void listsSockets(Stack stack) throws Exception {
		run(stack);
		await().untilAsserted(() -> assertThat(get("/actuator/zmq").body()).contains("\"connected\""));
		HttpResponse<String> response = get("/actuator/zmq");
		assertThat(response.headers().firstValue("Content-Type"))
			.hasValueSatisfying((type) -> assertThat(type).startsWith("application/vnd.spring-boot.actuator.v3+json"));
		JsonContent<Object> body = this.json.from(response.body());
		assertThat(body).extractingJsonPathNumberValue("summary.sockets").isEqualTo(2);
		assertThat(body).extractingJsonPathNumberValue("summary.connections").isEqualTo(2);
		assertThat(body).extractingJsonPathNumberValue("summary.states.listening").isEqualTo(1);
		assertThat(body).extractingJsonPathStringValue("sockets[0].name").isEqualTo("server");
		assertThat(body).extractingJsonPathStringValue("sockets[0].endpoints[0].state").isEqualTo("listening");
		assertThat(body).extractingJsonPathStringValue("sockets[1].endpoints[0].peers[0].remote").isNotNull();
		assertThat(body).doesNotHaveJsonPath("sockets[0].recentEvents");
		assertThat(body).doesNotHaveJsonPath("sockets[0].endpoints[0].retries");
	}

	@ParameterizedTest
	@EnumSource
	void showsOneSocketWithItsRecentEvents(Stack stack) throws Exception {
		run(stack);
		JsonContent<Object> body = this.json.from(get("/actuator/zmq/server").body());
		assertThat(body).extractingJsonPathStringValue("sockets[0].recentEvents[0].event").isEqualTo("LISTENING");
		assertThat(body).hasJsonPath("sockets[0].fullestPipes");
	}

	@ParameterizedTest
	@EnumSource
	void unknownSocketsAreNotFound(Stack stack) throws Exception {
		run(stack);
		for (String name : List.of("nobody", "a/b/c", "a%20b", "%C3%A9", "100%25", "a;b=c")) {
			HttpResponse<String> response = get("/actuator/zmq/" + name);
			assertThat(response.statusCode()).as(name).isEqualTo(404);
			assertThat(this.json.from(response.body())).extractingJsonPathArrayValue("known").contains("server");
		}
		HttpResponse<String> text = get("/actuator/zmq/nobody", "text/plain");
		assertThat(text.statusCode()).isEqualTo(404);
		assertThat(text.body()).startsWith("No such socket; there are ").contains("server").endsWith("\n");
	}

	@ParameterizedTest
	@EnumSource
	void strangeRequestsAreNoFailureOfTheServer(Stack stack) throws Exception {
		run(stack);
		for (String path : List.of("/a%2Fb", "/%00", "/..%2f..%2fetc", "/a//b", "/%F0%9F%A6%93", "/" + "n".repeat(4000),
				"?name=%25", "?name=%00&state=", "?state=%F0%9F%A6%93", "?unknown=parameter",
				"?state=closed&state=failed")) {
			for (String accept : List.of("*/*", "text/plain", "text/html, */*;q=0.1", "application/xml")) {
				assertThat(get("/actuator/zmq" + path, accept).statusCode()).as(path + " " + accept).isLessThan(500);
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void strangeNamesAreFound(Stack stack) throws Exception {
		run(stack);
		ZContext context = this.context.getBean(ZContext.class);
		ZmqMonitor monitor = this.context.getBean(ZmqMonitor.class);
		Map<String, String> names = Map.of("desk/eu/1", "desk/eu/1", "two words", "two%20words", "caf\u00e9",
				"caf%C3%A9", "100%", "100%25");
		names.keySet().forEach((name) -> monitor.monitor(name, context.createSocket(SocketType.PUB)));
		for (Map.Entry<String, String> name : names.entrySet()) {
			HttpResponse<String> response = get("/actuator/zmq/" + name.getValue());
			assertThat(response.statusCode()).as(name.getKey()).isEqualTo(200);
			assertThat(response.body()).contains("\"" + name.getKey() + "\"");
		}
	}

	@ParameterizedTest
	@EnumSource
	void filtersSelect(Stack stack) throws Exception {
		run(stack);
		await().untilAsserted(() -> assertThat(names("?state=connected")).containsExactly("client"));
		assertThat(names("?type=ROUTER")).containsExactly("server");
		assertThat(names("?role=bind")).containsExactly("server");
		assertThat(names("?name=client")).containsExactly("client");
		assertThat(names("?state=")).hasSize(2);
		assertThat(names("?state=connected,listening")).containsExactly("server", "client");
		assertThat(names("?state=connected&state=listening&role=bind,connect")).containsExactly("server", "client");
		assertThat(names("?name=client&name=nobody")).containsExactly("client");
		assertThat(names("?type=dealer,sub&type=pub")).isEqualTo(names("?type=DEALER"));
		assertThat(names("?state=failed")).isEmpty();
		assertThat(get("/actuator/zmq?role=bind", "text/plain").body()).contains("server").doesNotContain("client");
	}

	@ParameterizedTest
	@EnumSource
	void unknownFilterValuesAreRefusedWithTheKnownOnes(Stack stack) throws Exception {
		run(stack);
		for (String query : List.of("?state=broken", "?role=owner", "?type=SOCK", "?state=failed,broken",
				"?state=failed&state=broken", "?view=nobody")) {
			HttpResponse<String> response = get("/actuator/zmq" + query);
			assertThat(response.statusCode()).as(query).isEqualTo(400);
			assertThat(response.body()).contains("\"known\":[\"");
			assertThat(get("/actuator/zmq" + query, "text/plain").body()).startsWith("Unknown ").contains("known are ");
		}
		assertThat(get("/actuator/zmq?state=broken").body()).contains("\"retrying\"").doesNotContain("broken");
	}

	@ParameterizedTest
	@EnumSource
	void terminalsGetATable(Stack stack) throws Exception {
		run(stack);
		HttpResponse<String> response = get("/actuator/zmq", "text/plain");
		assertThat(response.headers().firstValue("Content-Type"))
			.hasValueSatisfying((type) -> assertThat(type).isEqualToIgnoringCase("text/plain;charset=UTF-8"));
		assertThat(response.body()).contains("SOCKET").contains("server").contains("tcp://127.0.0.1:*");
		assertThat(response.body().lines()).allSatisfy((line) -> assertThat(line.length()).isLessThanOrEqualTo(120));
		assertThat(get("/actuator/zmq/server", "text/plain").body()).contains("LISTENING");
	}

	@ParameterizedTest
	@EnumSource
	void terminalsGetATableOfPeersToo(Stack stack) throws Exception {
		run(stack);
		await().untilAsserted(
				() -> assertThat(get("/actuator/zmq?view=peers&name=server", "text/plain").body()).contains("REMOTE")
					.containsPattern("\nserver .* DEALER .* ready "));
		assertThat(get("/actuator/zmq?view=peers").body()).isNotEmpty().doesNotContain("REMOTE");
		assertThat(get("/actuator/zmq?view=", "text/plain").body()).contains("ENDPOINT");
	}

	@ParameterizedTest
	@EnumSource
	void onlyReadingIsPossible(Stack stack) throws Exception {
		run(stack);
		for (String method : List.of("POST", "DELETE", "PUT")) {
			assertThat(this.server.send(method, "/actuator/zmq").statusCode()).isEqualTo(405);
		}
	}

	@ParameterizedTest
	@EnumSource
	void peersCanBeHidden(Stack stack) throws Exception {
		run(stack, "--management.endpoint.zmq.show-peers=never");
		await().untilAsserted(() -> assertThat(get("/actuator/zmq").body()).contains("\"connected\""));
		assertThat(get("/actuator/zmq").body()).doesNotContain("peers").contains("\"connections\":1");
	}

	@Test
	void isThereOverJmx() throws Exception {
		run(Stack.MVC, "--spring.jmx.enabled=true", "--management.endpoints.jmx.exposure.include=zmq");
		ObjectName name = new ObjectName("org.springframework.boot:type=Endpoint,name=Zmq");
		Object sockets = ManagementFactory.getPlatformMBeanServer()
			.invoke(name, "sockets", new Object[] { "listening,failed", null, "server", null }, new String[] {
					String.class.getName(), String.class.getName(), String.class.getName(), String.class.getName() });
		assertThat(sockets.toString()).contains("server").doesNotContain("client");
	}

	@Test
	void isNotThereUnlessExposed() throws Exception {
		run(Stack.MVC);
		this.context.close();
		this.context = new SpringApplicationBuilder(PairApplication.class).web(WebApplicationType.SERVLET)
			.run("--server.port=0", "--spring.main.banner-mode=off");
		this.server = new LocalServer(this.context);
		assertThat(get("/actuator/zmq").statusCode()).isEqualTo(404);
	}

	@ParameterizedTest
	@EnumSource
	void livesAtAManagementPortAndPathOfItsOwn(Stack stack) throws Exception {
		int managementPort = MonitorFixture.freePort();
		run(stack, "--management.server.port=" + managementPort, "--management.endpoints.web.base-path=/manage");
		assertThat(get("/manage/zmq").statusCode()).isEqualTo(404);
		this.server = new LocalServer(managementPort);
		assertThat(get("/manage/zmq").body()).contains("\"server\"");
	}

	private List<String> names(String query) throws Exception {
		return JsonPath.read(get("/actuator/zmq" + query).body(), "$.sockets[*].name");
	}

	private HttpResponse<String> get(String path) throws Exception {
		return get(path, "*/*");
	}

	private HttpResponse<String> get(String path, String accept) throws Exception {
		return this.server.get(path, "Accept", accept);
	}

	enum Stack {

		MVC(WebApplicationType.SERVLET), WEBFLUX(WebApplicationType.REACTIVE);

		private final WebApplicationType type;

		Stack(WebApplicationType type) {
			this.type = type;
		}

	}

}
