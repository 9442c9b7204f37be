package io.github.zmqmonitor.autoconfigure.metrics;

import io.github.zmqmonitor.autoconfigure.ZmqMonitorAutoConfiguration;
import io.github.zmqmonitor.autoconfigure.libzmq.ZmqNativeAutoConfiguration;
import io.github.zmqmonitor.internal.libzmq.ZmqNativeReceiver;
import io.github.zmqmonitor.metrics.ZmqMetrics;
import io.github.zmqmonitor.metrics.ZmqNativeMetrics;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import io.micrometer.core.instrument.MeterRegistry;
import org.zeromq.ZContext;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the meters of ZeroMQ sockets.
 */
@AutoConfiguration(after = { ZmqMonitorAutoConfiguration.class, ZmqNativeAutoConfiguration.class },
		afterName = { "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
				"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration" })
@ConditionalOnClass({ ZContext.class, MeterRegistry.class })
@ConditionalOnBean({ ZmqMonitor.class, MeterRegistry.class })
@Conditional(OnEnabledMetersCondition.class)
public final class ZmqMetricsAutoConfiguration {

	ZmqMetricsAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	ZmqMetrics zmqMetrics(ZmqMonitor monitor) {
		return new ZmqMetrics(monitor);
	}

	@Bean
	@ConditionalOnBean(ZmqNativeReceiver.class)
	@ConditionalOnMissingBean
	ZmqNativeMetrics zmqNativeMetrics(ZmqNativeReceiver receiver) {
		return new ZmqNativeMetrics(receiver.statistics());
	}

}
