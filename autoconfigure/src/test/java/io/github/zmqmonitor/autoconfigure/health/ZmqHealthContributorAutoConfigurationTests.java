package io.github.zmqmonitor.autoconfigure.health;

import io.github.zmqmonitor.autoconfigure.ZmqMonitorAutoConfiguration;
import io.github.zmqmonitor.health.ZmqHealthIndicator;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class ZmqHealthContributorAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(ZmqMonitorAutoConfiguration.class, ZmqHealthContributorAutoConfiguration.class));

	@Test
	void thereIsOneContributor() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(ZmqHealthIndicator.class));
	}

	@Test
	void itCanBeSwitchedOff() {
		this.runner.withPropertyValues("management.health.zmq.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ZmqHealthIndicator.class));
	}

	@Test
	void itGoesWithTheMonitor() {
		this.runner.withPropertyValues("zmq.monitor.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ZmqHealthIndicator.class));
	}

	@Test
	void itCanBeReplaced() {
		this.runner.withBean("zmqHealthIndicator", HealthIndicator.class, () -> () -> null)
			.run((context) -> assertThat(context).doesNotHaveBean(ZmqHealthIndicator.class));
	}

	@Test
	void withoutHealthThereIsNone() {
		this.runner.withClassLoader(new FilteredClassLoader(HealthIndicator.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("zmqHealthContributor"));
	}

}
