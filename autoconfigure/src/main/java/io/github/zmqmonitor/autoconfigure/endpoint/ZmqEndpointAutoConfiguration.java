package io.github.zmqmonitor.autoconfigure.endpoint;

import io.github.zmqmonitor.actuate.endpoint.ZmqEndpoint;
import io.github.zmqmonitor.actuate.endpoint.ZmqEndpointWebExtension;
import io.github.zmqmonitor.autoconfigure.ZmqMonitorAutoConfiguration;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import org.zeromq.ZContext;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.OperationFilter;
import org.springframework.boot.actuate.endpoint.web.WebOperation;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.util.MimeTypeUtils;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link ZmqEndpoint}.
 */
@AutoConfiguration(after = ZmqMonitorAutoConfiguration.class)
@ConditionalOnClass({ ZContext.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnAvailableEndpoint(ZmqEndpoint.class)
@EnableConfigurationProperties(ZmqEndpointProperties.class)
public final class ZmqEndpointAutoConfiguration {

	ZmqEndpointAutoConfiguration() {
	}

	@Bean
	@ConditionalOnBean(ZmqMonitor.class)
	@ConditionalOnMissingBean
	ZmqEndpoint zmqEndpoint(ZmqMonitor monitor, ZmqEndpointProperties properties) {
		return new ZmqEndpoint(monitor, properties.showPeers(), properties.roles());
	}

	@Bean
	@ConditionalOnBean(ZmqEndpoint.class)
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
	ZmqEndpointWebExtension zmqEndpointWebExtension(ZmqEndpoint endpoint, Environment environment) {
		return new ZmqEndpointWebExtension(endpoint, environment.getProperty("spring.application.name"));
	}

	/** Without its operation, a browser gets what everybody else gets. */
	@Bean
	@ConditionalOnBooleanProperty(name = "management.endpoint.zmq.page.enabled", havingValue = false)
	OperationFilter<WebOperation> zmqPageOperationFilter() {
		return (operation, endpoint, access) -> !"zmq".equals(endpoint.toLowerCaseString())
				|| !operation.getRequestPredicate().getProduces().contains(MimeTypeUtils.TEXT_HTML_VALUE);
	}

}
