package io.github.zmqmonitor.autoconfigure.endpoint;

import io.github.zmqmonitor.Ways;
import io.github.zmqmonitor.autoconfigure.ZmqMonitorAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

class ZmqInfoContributorAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(ZmqMonitorAutoConfiguration.class, ZmqInfoContributorAutoConfiguration.class))
		.withBean(ZContext.class)
		.withPropertyValues("management.endpoints.web.exposure.include=info");

	@Test
	void itSaysHowSocketsAreFoundAndWhatIsRead() {
		this.runner.run((context) -> {
			ZMQ.Socket socket = context.getBean(ZContext.class).createSocket(SocketType.PULL);
			assertThat(socket).isNotNull();
			Info.Builder info = new Info.Builder();
			context.getBean(ZmqInfoContributor.class).contribute(info);
			assertThat(info.build().getDetails()).extractingByKey("zmq", MAP)
				.containsEntry("jeromq", "0.6.0")
				.containsEntry("instrumentation", Ways.isAuto() ? "auto" : "beans")
				.containsEntry("readsQueues", true)
				.containsEntry("countsDrops", Ways.isAuto())
				.containsEntry("sockets", 1L)
				.containsKeys("contexts", "contextsUnseen");
		});
	}

	@Test
	void itCanBeSwitchedOff() {
		this.runner.withPropertyValues("management.info.zmq.enabled=false").run(isAbsent());
	}

	@Test
	void itGoesWithTheMonitor() {
		this.runner.withPropertyValues("zmq.monitor.enabled=false").run(isAbsent());
	}

	@Test
	void itGoesWithTheEndpoint() {
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=health").run(isAbsent());
	}

	@Test
	void withoutActuatorThereIsNone() {
		this.runner.withClassLoader(new FilteredClassLoader(ConditionalOnEnabledInfoContributor.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("zmqInfoContributor"));
	}

	private static ContextConsumer<AssertableApplicationContext> isAbsent() {
		return (context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ZmqInfoContributor.class);
	}

}
