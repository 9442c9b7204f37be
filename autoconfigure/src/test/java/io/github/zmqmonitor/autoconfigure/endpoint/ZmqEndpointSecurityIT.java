package io.github.zmqmonitor.autoconfigure.endpoint;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import io.github.zmqmonitor.autoconfigure.LocalServer;
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

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who is shown the addresses of peers, decided with Spring Security on both web stacks.
 */
class ZmqEndpointSecurityIT {

	private static final String ANONYMOUS = "";

	private static final String GUEST = "guest";

	private static final String OPERATOR = "operator";

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
		all.addAll(List.of("--server.port=0", "--spring.main.banner-mode=off",
				"--management.endpoints.web.exposure.include=zmq"));
		this.context = new SpringApplicationBuilder(PairApplication.class, stack.security).web(stack.type)
			.run(all.toArray(String[]::new));
		this.server = new LocalServer(this.context);
		await().untilAsserted(() -> assertThat(get(ANONYMOUS, "/actuator/zmq", "*/*")).contains("\"connected\""));
	}

	@ParameterizedTest
	@EnumSource
	void peersAreForTheRolesThatWereNamed(Stack stack) throws Exception {
		run(stack, "--management.endpoint.zmq.show-peers=when-authorized", "--management.endpoint.zmq.roles=OPERATOR");
		assertThat(seesPeers(ANONYMOUS)).isFalse();
		assertThat(seesPeers(GUEST)).isFalse();
		assertThat(seesPeers(OPERATOR)).isTrue();
	}

	@ParameterizedTest
	@EnumSource
	void withoutRolesPeersAreForWhoeverIsKnown(Stack stack) throws Exception {
		run(stack, "--management.endpoint.zmq.show-peers=when-authorized");
		assertThat(seesPeers(ANONYMOUS)).isFalse();
		assertThat(seesPeers(GUEST)).isTrue();
	}

	@ParameterizedTest
	@EnumSource
	void peersAreForNobodyOrForEverybody(Stack stack) throws Exception {
		run(stack, "--management.endpoint.zmq.show-peers=never");
		assertThat(seesPeers(OPERATOR)).isFalse();
		this.context.close();
		run(stack);
		assertThat(seesPeers(ANONYMOUS)).isTrue();
	}

	/**
	 * Whether peers are in the list and in the detail, which have to agree, as JSON and
	 * as text.
	 */
	private boolean seesPeers(String user) throws Exception {
		boolean listed = get(user, "/actuator/zmq", "*/*").contains("\"remote\":\"127.0.0.1:");
		assertThat(get(user, "/actuator/zmq/server", "*/*").contains("\"remote\":\"127.0.0.1:")).isEqualTo(listed);
		assertThat(get(user, "/actuator/zmq/server", "text/plain").contains(" peer  ")).isEqualTo(listed);
		return listed;
	}

	private String get(String user, String path, String accept) throws Exception {
		List<String> headers = new ArrayList<>(List.of("Accept", accept));
		if (!user.isEmpty()) {
			String credentials = user + ":secret";
			headers.addAll(List.of("Authorization",
					"Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.ISO_8859_1))));
		}
		HttpResponse<String> response = this.server.get(path, headers.toArray(String[]::new));
		assertThat(response.statusCode()).isEqualTo(200);
		return response.body();
	}

	private static UserDetails user(String name, String role) {
		return User.withUsername(name).password("{noop}secret").roles(role).build();
	}

	enum Stack {

		MVC(WebApplicationType.SERVLET, MvcSecurity.class), WEBFLUX(WebApplicationType.REACTIVE, WebFluxSecurity.class);

		private final WebApplicationType type;

		private final Class<?> security;

		Stack(WebApplicationType type, Class<?> security) {
			this.type = type;
			this.security = security;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSecurity
	static class MvcSecurity {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
				.httpBasic(Customizer.withDefaults())
				.build();
		}

		@Bean
		UserDetailsService users() {
			return new InMemoryUserDetailsManager(user(GUEST, "GUEST"), user(OPERATOR, "OPERATOR"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebFluxSecurity
	static class WebFluxSecurity {

		@Bean
		SecurityWebFilterChain chain(ServerHttpSecurity http) {
			return http.authorizeExchange((exchanges) -> exchanges.anyExchange().permitAll())
				.httpBasic(Customizer.withDefaults())
				.build();
		}

		@Bean
		MapReactiveUserDetailsService users() {
			return new MapReactiveUserDetailsService(user(GUEST, "GUEST"), user(OPERATOR, "OPERATOR"));
		}

	}

}
