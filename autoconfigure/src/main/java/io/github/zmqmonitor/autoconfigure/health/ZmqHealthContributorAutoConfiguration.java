package io.github.zmqmonitor.autoconfigure.health;

import io.github.zmqmonitor.autoconfigure.ZmqMonitorAutoConfiguration;
import io.github.zmqmonitor.autoconfigure.ZmqMonitorProperties;
import io.github.zmqmonitor.health.ZmqHealthIndicator;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import org.zeromq.ZContext;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the health of ZeroMQ sockets.
 */
@AutoConfiguration(after = ZmqMonitorAutoConfiguration.class)
@ConditionalOnClass({ ZContext.class, HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(ZmqMonitor.class)
@ConditionalOnEnabledHealthIndicator("zmq")
public final class ZmqHealthContributorAutoConfiguration {

	ZmqHealthContributorAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean(name = { "zmqHealthIndicator", "zmqHealthContributor" })
	ZmqHealthIndicator zmqHealthContributor(ZmqMonitor monitor, ZmqMonitorProperties properties) {
		return new ZmqHealthIndicator(monitor, properties.health().disconnectedAfter());
	}

}
