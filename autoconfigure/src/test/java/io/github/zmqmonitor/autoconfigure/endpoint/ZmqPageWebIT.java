package io.github.zmqmonitor.autoconfigure.endpoint;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import io.github.zmqmonitor.autoconfigure.LocalServer;
import io.github.zmqmonitor.monitor.MonitorFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who gets the live page from the endpoint, and who gets what there is besides, on both
 * web stacks.
 */
class ZmqPageWebIT {

	/** What Chrome, Firefox and Safari send. */
	private static final List<String> BROWSERS = List.of(
			"text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,"
					+ "application/signed-exchange;v=b3;q=0.7",
			"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
			"text/html,application/xhtml+xml,application/xml;q=0.9,image/png,image/svg+xml,*/*;q=0.8");

	private static final String BROWSER = BROWSERS.get(1);

	private static final String V3 = "application/vnd.spring-boot.actuator.v3+json";

	private static final String V2 = "application/vnd.spring-boot.actuator.v2+json";

	/** What java.net.HttpURLConnection sends unless it is told otherwise. */
	private static final String URL_CONNECTION = "text/html, image/gif, image/jpeg, */*; q=0.2";

	/** What others send, and what they have always got. */
	private static final Map<String, String> OTHERS = Map.ofEntries(Map.entry("*/*", V3), Map.entry("", V3),
			Map.entry("application/json", "application/json"), Map.entry("application/json, text/plain, */*", V3),
			Map.entry(V3 + ", " + V2 + ", application/json", V3), Map.entry(V2 + ", application/json", V2),
			Map.entry("application/*", V3), Map.entry("application/json, text/html;q=0.1", "application/json"),
			Map.entry("text/html;q=0.2, " + V3, V3), Map.entry("text/plain", "text/plain"),
			Map.entry("text/plain, text/html;q=0.9", "text/plain"),
			Map.entry("application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.5,*/*;q=0.1", V3));

	private ConfigurableApplicationContext context;

	private LocalServer server;

	@AfterEach
	void close() {
		if (this.context != null) {
			this.context.close();
		}
	}

	private void run(WebApplicationType type, Class<?> more, String... arguments) {
		List<String> all = new ArrayList<>(List.of(arguments));
		all.addAll(List.of("--server.port=0", "--spring.main.banner-mode=off",
				"--management.endpoints.web.exposure.include=zmq"));
		this.context = new SpringApplicationBuilder(PairApplication.class, more).web(type)
			.run(all.toArray(String[]::new));
		this.server = new LocalServer(this.context);
	}

	@ParameterizedTest
	@EnumSource
	void itIsForWhoeverWouldRatherHaveHtml(Stack stack) throws Exception {
		run(stack.type, Nothing.class, "--spring.application.name=orders & \"quotes\"");
		List<String> accepts = new ArrayList<>(BROWSERS);
		accepts.addAll(List.of("text/html", "text/html, */*;q=0.1", "text/html, application/json;q=0.9", "text/*",
				URL_CONNECTION));
		for (String accept : accepts) {
			assertPage(get("/actuator/zmq", accept));
			assertPage(get("/actuator/zmq?state=failed", accept));
		}
		assertThat(get("/actuator/zmq", BROWSER).body())
			.contains("<meta name=\"application-name\" content=\"orders &amp; &quot;quotes&quot;\">");
		assertThat(contentType(get("/actuator/zmq/server", BROWSER))).isEqualTo(V3);
		for (Map.Entry<String, String> other : OTHERS.entrySet()) {
			assertThat(contentType(get("/actuator/zmq", other.getKey()))).as(other.getKey())
				.isEqualTo(other.getValue());
		}
		assertThat(this.server.get("/actuator").body()).containsOnlyOnce("/actuator/zmq\"");
	}

	@ParameterizedTest
	@EnumSource
	void canBeSwitchedOff(Stack stack) throws Exception {
		run(stack.type, Nothing.class, "--management.endpoint.zmq.page.enabled=false");
		for (String browser : BROWSERS) {
			assertThat(contentType(get("/actuator/zmq", browser))).isEqualTo(V3);
		}
		assertThat(get("/actuator/zmq", "text/html").statusCode()).isEqualTo(406);
		assertThat(contentType(get("/actuator/zmq", "text/plain"))).isEqualTo("text/plain");
	}

	@ParameterizedTest
	@EnumSource
	void isWhereTheEndpointIs(Stack stack) throws Exception {
		int managementPort = MonitorFixture.freePort();
		run(stack.type, Nothing.class, stack.basePath + "/app", "--management.server.port=" + managementPort,
				"--management.server.base-path=/ops", "--management.endpoints.web.base-path=/manage",
				"--management.endpoints.web.path-mapping.zmq=sockets");
		assertThat(get("/app/manage/sockets", BROWSER).statusCode()).isEqualTo(404);
		this.server = new LocalServer(managementPort);
		assertPage(get("/ops/manage/sockets", BROWSER));
		assertThat(get("/ops/manage/sockets", "application/json").body()).contains("\"server\"");
	}

	@ParameterizedTest
	@EnumSource
	void isBelowThePathOfTheApplication(Stack stack) throws Exception {
		run(stack.type, Nothing.class, stack.basePath + "/app");
		assertPage(get("/app/actuator/zmq", BROWSER));
		assertThat(get("/app/actuator/zmq", "application/json").body()).contains("\"server\"");
	}

	@ParameterizedTest
	@EnumSource
	void isForThoseWhoMayReadTheEndpoint(Stack stack) throws Exception {
		run(stack.type, stack.security);
		assertThat(get("/actuator/zmq", BROWSER).statusCode()).isIn(302, 401);
		assertThat(get("/actuator/zmq", "application/json").statusCode()).isIn(302, 401);
		String credentials = Base64.getEncoder().encodeToString("operator:secret".getBytes(StandardCharsets.UTF_8));
		HttpResponse<String> page = this.server.get("/actuator/zmq", "Accept", BROWSER, "Authorization",
				"Basic " + credentials);
		assertPage(page);
		assertThat(page.headers().firstValue("X-Frame-Options")).hasValue("DENY");
		assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
		assertThat(page.headers().firstValue("Cache-Control"))
			.hasValueSatisfying((it) -> assertThat(it).contains("no-store"));
		assertThat(
				this.server.get("/actuator/zmq", "Accept", "application/json", "Authorization", "Basic " + credentials)
					.body())
			.contains("\"server\"");
	}

	private static void assertPage(HttpResponse<String> response) {
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type"))
			.hasValueSatisfying((type) -> assertThat(type).isEqualToIgnoringCase("text/html;charset=UTF-8"));
		assertThat(response.body()).startsWith("<!doctype html>").endsWith("</html>\n");
	}

	private static String contentType(HttpResponse<String> response) {
		assertThat(response.statusCode()).isEqualTo(200);
		return response.headers().firstValue("Content-Type").orElse("").split(";")[0];
	}

	private HttpResponse<String> get(String path, String accept) throws Exception {
		return accept.isEmpty() ? this.server.get(path) : this.server.get(path, "Accept", accept);
	}

	enum Stack {

		MVC(WebApplicationType.SERVLET, "--server.servlet.context-path=", MvcSecurity.class),
		WEBFLUX(WebApplicationType.REACTIVE, "--spring.webflux.base-path=", WebFluxSecurity.class);

		private final WebApplicationType type;

		private final String basePath;

		private final Class<?> security;

		Stack(WebApplicationType type, String basePath, Class<?> security) {
			this.type = type;
			this.basePath = basePath;
			this.security = security;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Nothing {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSecurity
	static class MvcSecurity {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().hasRole("OPERATOR"))
				.httpBasic(Customizer.withDefaults())
				.formLogin(Customizer.withDefaults())
				.build();
		}

		@Bean
		UserDetailsService users() {
			return new InMemoryUserDetailsManager(operator());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebFluxSecurity
	static class WebFluxSecurity {

		@Bean
		SecurityWebFilterChain chain(ServerHttpSecurity http) {
			return http.authorizeExchange((exchanges) -> exchanges.anyExchange().hasRole("OPERATOR"))
				.httpBasic(Customizer.withDefaults())
				.formLogin(Customizer.withDefaults())
				.build();
		}

		@Bean
		MapReactiveUserDetailsService users() {
			return new MapReactiveUserDetailsService(operator());
		}

	}

	private static UserDetails operator() {
		return User.withUsername("operator").password("{noop}secret").roles("OPERATOR").build();
	}

}
