package io.github.zmqmonitor.autoconfigure.metrics;

import java.util.List;

import io.github.zmqmonitor.autoconfigure.ZmqMonitorAutoConfiguration;
import io.github.zmqmonitor.metrics.ZmqMetrics;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Meters under Spring Boot's own configuration of registries.
 */
class ZmqMetricsAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class,
						ZmqMonitorAutoConfiguration.class, ZmqMetricsAutoConfiguration.class))
		.withUserConfiguration(Sockets.class);

	@Test
	void everyRegistryHasTheMetersOnce() {
		this.runner.withUserConfiguration(TwoRegistries.class).run((context) -> {
			bind(context.getBean(ZContext.class));
			assertThat(context.getBean(MeterRegistry.class)).isInstanceOf(CompositeMeterRegistry.class);
			SimpleMeterRegistry simple = context.getBean(SimpleMeterRegistry.class);
			PrometheusMeterRegistry prometheus = context.getBean(PrometheusMeterRegistry.class);
			assertThat(simple.find("zmq.connections").gauges()).hasSize(1);
			assertThat(prometheus.find("zmq.connections").gauges()).hasSize(1);
			assertThat(prometheus.scrape().lines().filter((line) -> line.startsWith("zmq_connections{"))).hasSize(1);
		});
	}

	@Test
	void oneRegistryIsEnough() {
		this.runner.withUserConfiguration(OneRegistry.class).run((context) -> {
			bind(context.getBean(ZContext.class));
			assertThat(meters(context.getBean(MeterRegistry.class))).isNotEmpty();
		});
	}

	@Test
	void withoutARegistrySocketsAreMonitored() {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed();
			bind(context.getBean(ZContext.class));
		});
	}

	@Test
	void withoutABeanOfARegistryThereIsNoBinder() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(ZmqMonitorAutoConfiguration.class, ZmqMetricsAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ZmqMetrics.class));
	}

	@Test
	void withoutMicrometerThereIsNoBinder() {
		this.runner.withClassLoader(new FilteredClassLoader(MeterRegistry.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ZmqMetrics.class));
	}

	@Test
	void disabledMetersLeaveNeitherMetersNorABinder() {
		this.runner.withUserConfiguration(OneRegistry.class)
			.withPropertyValues("management.metrics.enable.zmq=false")
			.run((context) -> {
				bind(context.getBean(ZContext.class));
				assertThat(meters(context.getBean(MeterRegistry.class))).isEmpty();
				assertThat(context).doesNotHaveBean(ZmqMetrics.class);
			});
	}

	@Test
	void someMetersCanBeEnabledOfAllThatAreDisabled() {
		this.runner.withUserConfiguration(OneRegistry.class)
			.withPropertyValues("management.metrics.enable.zmq=false", "management.metrics.enable.zmq.sockets=true")
			.run((context) -> {
				bind(context.getBean(ZContext.class));
				assertThat(meters(context.getBean(MeterRegistry.class))).isNotEmpty().containsOnly("zmq.sockets");
			});
	}

	@Test
	void allMetersCanBeDisabled() {
		this.runner.withUserConfiguration(OneRegistry.class)
			.withPropertyValues("management.metrics.enable.all=false")
			.run((context) -> {
				bind(context.getBean(ZContext.class));
				assertThat(context.getBean(MeterRegistry.class).getMeters()).isEmpty();
			});
	}

	@Test
	void commonTagsAreOnAllMeters() {
		this.runner.withUserConfiguration(OneRegistry.class)
			.withPropertyValues("management.metrics.tags.application=shop")
			.run((context) -> {
				bind(context.getBean(ZContext.class));
				assertThat(context.getBean(MeterRegistry.class).getMeters())
					.filteredOn((meter) -> meter.getId().getName().startsWith("zmq."))
					.isNotEmpty()
					.allSatisfy((meter) -> assertThat(meter.getId().getTag("application")).isEqualTo("shop"));
			});
	}

	@Test
	void filtersRenameAndDenyAndWhatTheyRenamedGoesToo() {
		this.runner.withUserConfiguration(OneRegistry.class, Filters.class).run((context) -> {
			SimpleMeterRegistry registry = context.getBean(SimpleMeterRegistry.class);
			bind(context.getBean(ZContext.class));
			assertThat(registry.find("shop.zmq.connections").gauge().value()).isZero();
			assertThat(registry.getMeters()).noneMatch((meter) -> meter.getId().getName().contains("handshakes"))
				.noneMatch((meter) -> meter.getId().getName().startsWith("zmq."));
			context.getBean(ZmqMetrics.class).close();
			assertThat(registry.getMeters()).noneMatch((meter) -> meter.getId().getName().contains("zmq"));
		});
	}

	private static void bind(ZContext context) {
		context.createSocket(SocketType.PUB).bind("tcp://127.0.0.1:*");
	}

	private static List<String> meters(MeterRegistry registry) {
		return registry.getMeters()
			.stream()
			.map((meter) -> meter.getId().getName())
			.filter((name) -> name.startsWith("zmq."))
			.toList();
	}

	@Configuration(proxyBeanMethods = false)
	static class Sockets {

		@Bean
		ZContext zContext() {
			return new ZContext();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OneRegistry {

		@Bean
		SimpleMeterRegistry simple() {
			return new SimpleMeterRegistry();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoRegistries extends OneRegistry {

		@Bean
		PrometheusMeterRegistry prometheus() {
			return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Filters {

		@Bean
		MeterFilter deny() {
			return MeterFilter.deny((id) -> id.getName().endsWith("zmq.handshakes"));
		}

		@Bean
		MeterFilter rename() {
			return new MeterFilter() {

				@Override
				public Meter.Id map(Meter.Id id) {
					return id.getName().startsWith("zmq.") ? id.withName("shop." + id.getName()) : id;
				}

			};
		}

	}

}
