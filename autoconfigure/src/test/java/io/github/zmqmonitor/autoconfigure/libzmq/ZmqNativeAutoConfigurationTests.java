package io.github.zmqmonitor.autoconfigure.libzmq;

import java.nio.ByteOrder;
import java.time.Duration;
import java.util.stream.Stream;

import io.github.zmqmonitor.autoconfigure.ZmqMonitorAutoConfiguration;
import io.github.zmqmonitor.autoconfigure.metrics.ZmqMetricsAutoConfiguration;
import io.github.zmqmonitor.internal.libzmq.ZmqNativeReceiver;
import io.github.zmqmonitor.internal.libzmq.ZmqNativeSettings;
import io.github.zmqmonitor.metrics.ZmqNativeMetrics;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zeromq.ZContext;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

class ZmqNativeAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ZmqMonitorAutoConfiguration.class, ZmqNativeAutoConfiguration.class,
				ZmqMetricsAutoConfiguration.class))
		.withBean(SimpleMeterRegistry.class);

	@Test
	void thereIsNoReceiverUnlessAnEndpointIsSet() {
		this.runner.run((context) -> {
			assertThat(context).doesNotHaveBean(ZmqNativeReceiver.class).doesNotHaveBean(ZmqNativeMetrics.class);
			assertThat(receiverThreads()).isEmpty();
		});
	}

	@Test
	void theReceiverRunsAsLongAsTheApplication() {
		configured().run((context) -> {
			ZmqNativeReceiver receiver = context.getBean(ZmqNativeReceiver.class);
			assertThat(context).hasSingleBean(ZmqNativeMetrics.class);
			await().untilAsserted(() -> assertThat(receiver.address()).startsWith("tcp://127.0.0.1:"));
			context.close();
			assertThat(receiver.isRunning()).isFalse();
		});
		assertThat(receiverThreads()).isEmpty();
	}

	@Test
	void theReceiverRunsInALazyApplicationToo() {
		configured()
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> assertThat(context.getBean(ZmqNativeReceiver.class).isRunning()).isTrue());
	}

	@Test
	void aReceiverOfTheApplicationIsUsed() {
		configured().withUserConfiguration(OwnReceiver.class)
			.run((context) -> assertThat(context).hasSingleBean(ZmqNativeReceiver.class).hasBean("own"));
	}

	@Test
	void thereIsNoReceiverWithoutAMonitor() {
		configured().withPropertyValues("zmq.monitor.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ZmqNativeReceiver.class));
		configured().withClassLoader(new FilteredClassLoader(ZContext.class))
			.run((context) -> assertThat(context).doesNotHaveBean(ZmqNativeReceiver.class));
	}

	@Test
	void micrometerCanBeAbsent() {
		configured().withClassLoader(new FilteredClassLoader(MeterRegistry.class))
			.run((context) -> assertThat(context).hasSingleBean(ZmqNativeReceiver.class));
	}

	@Test
	void anEndpointThatOthersCanReachIsTakenWhereThatIsAllowed() {
		configured()
			.withPropertyValues("zmq.monitor.native.endpoint=tcp://0.0.0.0:*", "zmq.monitor.native.allow-remote=true")
			.run((context) -> assertThat(context).hasSingleBean(ZmqNativeReceiver.class));
	}

	@ParameterizedTest
	@CsvSource({ "native,", "big, BIG_ENDIAN", "little, LITTLE_ENDIAN" })
	void theByteOrderCanBeSet(String value, String expected) {
		configured().withPropertyValues("zmq.monitor.native.byte-order=" + value)
			.run((context) -> assertThat(context.getBean(ZmqNativeProperties.class).toSettings().byteOrder().toString())
				.isEqualTo((expected != null) ? expected : ByteOrder.nativeOrder().toString()));
	}

	@Test
	void aBareNumberOfTheTimeoutMeansSeconds() {
		this.runner.withPropertyValues("zmq.monitor.native.source-timeout=5")
			.run((context) -> assertThat(context.getBean(ZmqNativeProperties.class).sourceTimeout())
				.isEqualTo(Duration.ofSeconds(5)));
	}

	private ApplicationContextRunner configured() {
		return this.runner.withPropertyValues("zmq.monitor.native.endpoint=tcp://127.0.0.1:*");
	}

	private static Stream<String> receiverThreads() {
		return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).filter("zmq-monitor-native"::equals);
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnReceiver {

		@Bean
		ZmqNativeReceiver own(ZmqMonitor monitor) {
			return new ZmqNativeReceiver(monitor.registry(), new ZmqNativeSettings("tcp://127.0.0.1:*", false,
					ByteOrder.nativeOrder(), Duration.ofSeconds(1), 1, null));
		}

	}

}
