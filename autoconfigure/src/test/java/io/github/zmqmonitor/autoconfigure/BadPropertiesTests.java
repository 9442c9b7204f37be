package io.github.zmqmonitor.autoconfigure;

import java.util.Map;
import java.util.regex.Pattern;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What is reported to somebody who has set a property to a value that it can't have.
 */
@ExtendWith(OutputCaptureExtension.class)
class BadPropertiesTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			zmq.monitor.enabled                        | maybe          | Failed to convert
			zmq.monitor.instrumentation                | agent          | BEANS
			zmq.monitor.max-endpoints                  | -1             | It must not be negative
			zmq.monitor.max-endpoints                  | 100001         | It must not be greater than 100000
			zmq.monitor.max-endpoints                  | many           | failed to convert
			zmq.monitor.retain-closed                  | -1s            | It must not be negative
			zmq.monitor.retain-closed                  | soon           | is not a valid duration
			zmq.monitor.retain-closed                  | 1000000d       | It must not be longer than 36500 days
			zmq.monitor.recent-events                  | -1             | It must not be negative
			zmq.monitor.recent-events                  | 10001          | It must not be greater than 10000
			zmq.monitor.recent-events                  | 1.5            | failed to convert
			zmq.monitor.abandoned-after                | 0s             | It must be positive
			zmq.monitor.abandoned-after                | -2s            | It must be positive
			zmq.monitor.abandoned-after                | 5ms            | It must be at least 100ms
			zmq.monitor.abandoned-after                | 2 seconds      | is not a valid duration
			zmq.monitor.abandoned-after                | 1000000d       | It must not be longer than 36500 days
			zmq.monitor.listener-queue-capacity        | 0              | It must be positive
			zmq.monitor.listener-queue-capacity        | -5             | It must be positive
			zmq.monitor.listener-queue-capacity        | 1000001        | It must not be greater than 1000000
			zmq.monitor.listener-queue-capacity        | 99999999999    | failed to convert
			zmq.monitor.reading-budget                 | 0s             | It must be positive
			zmq.monitor.reading-budget                 | 500            | It must not be longer than 1 minute
			zmq.monitor.log.enabled                    | maybe          | Invalid boolean value
			zmq.monitor.publish.enabled                | maybe          | Invalid boolean value
			zmq.monitor.exclude                        | one,,two       | "only '*' stands for others"
			zmq.monitor.exclude                        | internal?      | "only '*' stands for others"
			zmq.monitor.exclude                        | internal[0-9]+ | "only '*' stands for others"
			zmq.monitor.queues.enabled                 | maybe          | Invalid boolean value
			zmq.monitor.health.disconnected-after      | 0s             | It must be positive
			zmq.monitor.health.disconnected-after      | -1s            | It must be positive
			zmq.monitor.health.disconnected-after      | 1000000d       | It must not be longer than 36500 days
			zmq.monitor.health.disconnected-after      | later          | is not a valid duration
			zmq.monitor.native.endpoint                | nonsense       | tcp://127.0.0.1:5600
			zmq.monitor.native.endpoint                | tcp://127.0.0.1:99999 | a port up to 65535
			zmq.monitor.native.endpoint                | tcp://127.0.0.1 | tcp://127.0.0.1:5600
			zmq.monitor.native.endpoint                | tcp://127.0.0.1:x | tcp://127.0.0.1:5600
			zmq.monitor.native.endpoint                | tcp://127.0.0.999:5600 | loopback
			zmq.monitor.native.endpoint                | tcp://*:5600   | zmq.monitor.native.allow-remote=true
			zmq.monitor.native.allow-remote            | maybe          | Invalid boolean value
			zmq.monitor.native.byte-order              | middle         | BIG
			zmq.monitor.native.source-timeout          | 0s             | It must be positive
			zmq.monitor.native.source-timeout          | 1000000d       | It must not be longer than 36500 days
			zmq.monitor.native.max-sources             | 0              | It must be positive
			zmq.monitor.native.max-sources             | 100001         | It must not be greater than 100000
			zmq.monitor.native.max-sources             | 2147483648     | failed to convert
			zmq.monitor.native.endpoint                | false          | tcp://127.0.0.1:5600
			management.endpoint.zmq.show-peers         | sometimes      | WHEN_AUTHORIZED
			management.endpoint.zmq.access             | maybe          | Failed to convert
			management.health.zmq.enabled              | maybe          | Failed to convert
			""")
	void aBadValueIsReportedWithItsProperty(String property, String value, String reason, CapturedOutput output) {
		assertThatException().isThrownBy(() -> run("--" + property + "=" + value));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.containsPattern("(Property: |configuration property ')" + Pattern.quote(property))
			.contains(value, reason)
			.doesNotContainPattern("\\R\\s+at ");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 128 })
	void aPasswordThatCannotBeSentIsReportedAndNotShown(int length, CapturedOutput output) {
		String password = "x".repeat(length);
		assertThatException().isThrownBy(() -> run("--zmq.monitor.native.password=" + password));
		assertThat(output)
			.contains("APPLICATION FAILED TO START", "zmq.monitor.native.password", "It must have 1 to 127 bytes")
			.doesNotContain("xxxx");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			--zmq.monitor.maxEndpoints=-1                          | zmq.monitor.max-endpoints
			--zmq.monitor.exclude[0]=one,--zmq.monitor.exclude[1]=? | zmq.monitor.exclude
			""")
	void aBadValueIsReportedHoweverItIsWritten(String arguments, String property, CapturedOutput output) {
		assertThatException().isThrownBy(() -> run(arguments.split(",")));
		assertThat(output).contains("APPLICATION FAILED TO START", "configuration property '" + property)
			.doesNotContainPattern("\\R\\s+at ");
	}

	private static void run(String... arguments) {
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setDefaultProperties(Map.of("management.endpoints.web.exposure.include", "zmq"));
		application.run(arguments).close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
