package io.github.zmqmonitor.autoconfigure;

import io.github.zmqmonitor.Ways;
import io.github.zmqmonitor.internal.jeromq.InstrumentedSockets;
import io.github.zmqmonitor.model.ZmqSocketSnapshot;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The monitor is there before beans that could make sockets, whichever bean comes first.
 */
class EarlyMonitorTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ZmqMonitorAutoConfiguration.class));

	@BeforeEach
	void followTheSocketsOfTheJvm() {
		if (Ways.isAuto()) {
			InstrumentedSockets.install(getClass().getClassLoader());
		}
	}

	@Test
	void theFirstBeanCanBeTheOneThatMakesTheMonitor() {
		this.runner.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(ZmqMonitor.class));
	}

	@Test
	void theFirstBeanCanBeTheOneThatMakesTheMonitorOfTheApplication() {
		this.runner.withUserConfiguration(ZmqMonitorAutoConfigurationTests.OwnMonitor.class)
			.run((context) -> assertThat(context).hasNotFailed().hasBean("ownMonitor"));
	}

	@Test
	void aSocketOfTheNextBeanIsFollowed() {
		this.runner.withUserConfiguration(ZmqMonitorAutoConfigurationTests.OwnMonitor.class, SocketMaker.class)
			.run((context) -> assertThat(context.getBean(ZmqMonitor.class).snapshot().sockets())
				.extracting(ZmqSocketSnapshot::type)
				.contains("XSUB"));
	}

	@Configuration(proxyBeanMethods = false)
	static class SocketMaker {

		@Bean
		ZContext zContext() {
			return new ZContext();
		}

		@Bean
		Object maker(ZContext context) {
			return context.createSocket(SocketType.XSUB).getClass();
		}

	}

}
