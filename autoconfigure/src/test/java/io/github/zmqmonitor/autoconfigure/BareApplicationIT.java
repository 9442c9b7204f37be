package io.github.zmqmonitor.autoconfigure;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import io.github.zmqmonitor.monitor.ZmqMonitor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;
import org.zeromq.ZContext;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications, in a process of their own, whose class path lacks what is optional.
 */
class BareApplicationIT {

	@ParameterizedTest
	@ValueSource(strings = { "spring-boot-actuator", "spring-boot-health", "micrometer", "spring-boot-micrometer",
			"spring-web", "jackson",
			"spring-boot-actuator,spring-boot-health,micrometer,spring-boot-micrometer,spring-web,spring-boot-web,jackson" })
	void startsAndMonitors(String absent) throws Exception {
		List<String> prefixes = List.of(absent.split(","));
		String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> prefixes.stream().noneMatch(new File(entry).getName()::startsWith))
			.collect(Collectors.joining(File.pathSeparator));
		Process process = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-cp", classPath,
				Application.class.getName())
			.redirectErrorStream(true)
			.start();
		try (BufferedReader output = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
			assertThat(output.lines().toList()).contains("RESULT [application.pub]");
		}
		finally {
			process.destroyForcibly().waitFor();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		ZContext zContext() {
			return new ZContext();
		}

		public static void main(String[] arguments) {
			ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
				.web(WebApplicationType.NONE)
				.run("--management.endpoints.web.exposure.include=*");
			context.getBean(ZContext.class).createSocket(SocketType.PUB);
			System.out.println("RESULT "
					+ context.getBean(ZmqMonitor.class).snapshot().sockets().stream().map((it) -> it.name()).toList());
			context.close();
		}

	}

}
