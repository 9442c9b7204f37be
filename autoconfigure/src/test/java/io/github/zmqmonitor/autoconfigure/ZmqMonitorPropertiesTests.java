package io.github.zmqmonitor.autoconfigure;

import java.time.Duration;
import java.util.Map;

import io.github.zmqmonitor.autoconfigure.ZmqMonitorProperties.Instrumentation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ZmqMonitorPropertiesTests {

	@Test
	void aBareNumberOfADurationMeansSeconds() {
		ZmqMonitorProperties properties = bind(Map.of("zmq.monitor.abandoned-after", "5", "zmq.monitor.retain-closed",
				"6", "zmq.monitor.health.disconnected-after", "7"));
		assertThat(properties.abandonedAfter()).isEqualTo(Duration.ofSeconds(5));
		assertThat(properties.retainClosed()).isEqualTo(Duration.ofSeconds(6));
		assertThat(properties.health().disconnectedAfter()).isEqualTo(Duration.ofSeconds(7));
	}

	@ParameterizedTest
	@CsvSource({ "500ms, PT0.5S", "2m, PT2M", "PT3S, PT3S" })
	void aDurationCanHaveAUnit(String value, Duration expected) {
		assertThat(bind(Map.of("zmq.monitor.abandoned-after", value)).abandonedAfter()).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "auto, AUTO", "AUTO, AUTO", "beans, BEANS", "Beans, BEANS" })
	void instrumentationIsWrittenInAnyCase(String value, Instrumentation expected) {
		assertThat(bind(Map.of("zmq.monitor.instrumentation", value)).instrumentation()).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "max-endpoints, 100000", "recent-events, 10000", "listener-queue-capacity, 1000000",
			"retain-closed, 36500d", "exclude, 'zContext,internal*'" })
	void theGreatestValuesAreAccepted(String name, String value) {
		assertThat(bind(Map.of("zmq.monitor." + name, value)).toSettings()).isNotNull();
	}

	@Test
	void theRefusalNamesPropertyValueAndReason() {
		ZmqMonitorProperties properties = bind(Map.of("zmq.monitor.listener-queue-capacity", "0"));
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class).isThrownBy(properties::toSettings)
			.satisfies((ex) -> {
				assertThat(ex.getName()).isEqualTo("zmq.monitor.listener-queue-capacity");
				assertThat(ex.getValue()).isEqualTo(0);
				assertThat(ex.getReason()).isEqualTo("It must be positive.");
			});
	}

	private static ZmqMonitorProperties bind(Map<String, String> values) {
		return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("zmq.monitor",
				ZmqMonitorProperties.class);
	}

}
