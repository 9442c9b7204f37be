package io.github.zmqmonitor.autoconfigure.endpoint;

import io.github.zmqmonitor.actuate.endpoint.ZmqEndpoint;
import io.github.zmqmonitor.actuate.endpoint.ZmqEndpointWebExtension;
import io.github.zmqmonitor.autoconfigure.ZmqMonitorAutoConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.endpoint.OperationFilter;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class ZmqEndpointAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(ZmqMonitorAutoConfiguration.class, ZmqEndpointAutoConfiguration.class));

	@Test
	void isThereWhereItIsExposed() {
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=zmq")
			.run((context) -> assertThat(context).hasSingleBean(ZmqEndpoint.class)
				.hasSingleBean(ZmqEndpointWebExtension.class));
	}

	@Test
	void hasNoWebExtensionOverJmxAlone() {
		this.runner
			.withPropertyValues("spring.jmx.enabled=true", "management.endpoints.jmx.exposure.include=zmq",
					"management.endpoints.web.exposure.exclude=*")
			.run((context) -> assertThat(context).hasSingleBean(ZmqEndpoint.class)
				.doesNotHaveBean(ZmqEndpointWebExtension.class));
	}

	@Test
	void itsPageIsLeftOutOnlyIfSwitchedOff() {
		ApplicationContextRunner exposed = this.runner
			.withPropertyValues("management.endpoints.web.exposure.include=zmq");
		exposed.run((context) -> assertThat(context).doesNotHaveBean(OperationFilter.class));
		exposed.withPropertyValues("management.endpoint.zmq.page.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(OperationFilter.class)
				.hasSingleBean(ZmqEndpointWebExtension.class));
	}

	@Test
	void isNotThereUnlessExposed() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(ZmqEndpoint.class));
	}

	@Test
	void isNotThereWhenAccessIsForbidden() {
		this.runner
			.withPropertyValues("management.endpoints.web.exposure.include=zmq", "management.endpoint.zmq.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(ZmqEndpoint.class));
	}

	@Test
	void goesWithTheMonitor() {
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=zmq", "zmq.monitor.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ZmqEndpoint.class));
	}

}
