package io.github.zmqmonitor.autoconfigure.endpoint;

import io.github.zmqmonitor.autoconfigure.ZmqMonitorAutoConfiguration;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import org.zeromq.ZContext;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.info.InfoEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for what {@code /actuator/info} says
 * of ZeroMQ.
 */
@AutoConfiguration(after = ZmqMonitorAutoConfiguration.class)
@ConditionalOnClass({ ZContext.class, ConditionalOnEnabledInfoContributor.class })
@ConditionalOnAvailableEndpoint(InfoEndpoint.class)
@ConditionalOnBean(ZmqMonitor.class)
@ConditionalOnEnabledInfoContributor("zmq")
public final class ZmqInfoContributorAutoConfiguration {

	ZmqInfoContributorAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	ZmqInfoContributor zmqInfoContributor(ZmqMonitor monitor) {
		return new ZmqInfoContributor(monitor);
	}

}
