package io.github.zmqmonitor.autoconfigure;

import io.github.zmqmonitor.monitor.ZmqMonitor;
import io.github.zmqmonitor.monitor.ZmqSocketEventListener;
import org.zeromq.ZContext;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the monitoring of ZeroMQ
 * sockets.
 */
@AutoConfiguration
@ConditionalOnClass(ZContext.class)
@ConditionalOnBooleanProperty(name = "zmq.monitor.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ZmqMonitorProperties.class)
public final class ZmqMonitorAutoConfiguration {

	@Bean
	static ZmqMonitorBeanPostProcessor zmqMonitorBeanPostProcessor(ObjectProvider<ZmqMonitor> monitor,
			ObjectProvider<ZmqMonitorProperties> properties) {
		return new ZmqMonitorBeanPostProcessor(monitor, properties);
	}

	@Bean
	@ConditionalOnMissingBean
	ZmqMonitor zmqMonitor(ZmqMonitorProperties properties) {
		return new ZmqMonitor(properties.toSettings());
	}

	@Bean
	SmartInitializingSingleton zmqSocketEventListenerRegistrar(ZmqMonitor monitor,
			ObjectProvider<ZmqSocketEventListener> listeners) {
		return () -> listeners.orderedStream().forEach(monitor::addListener);
	}

}
