package io.github.zmqmonitor.autoconfigure;

import io.github.zmqmonitor.events.ZmqEventLogger;
import io.github.zmqmonitor.events.ZmqEventPublisher;
import io.github.zmqmonitor.internal.jeromq.InstrumentedSockets;
import io.github.zmqmonitor.model.ZmqMonitorSettings;
import io.github.zmqmonitor.model.ZmqSocketEventListener;
import io.github.zmqmonitor.model.ZmqSocketNaming;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import org.zeromq.ZContext;

import org.springframework.beans.factory.BeanFactoryInitializer;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the monitoring of ZeroMQ
 * sockets.
 */
@AutoConfiguration
@ConditionalOnClass(value = ZContext.class, name = "zmq.ZMQ$EventConsummer")
@ConditionalOnBooleanProperty(name = "zmq.monitor.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ZmqMonitorProperties.class)
@Conditional(SpringBootCheck.class)
public final class ZmqMonitorAutoConfiguration {

	private final ZmqMonitorSettings settings;

	ZmqMonitorAutoConfiguration(ZmqMonitorProperties properties) {
		this.settings = properties.toSettings();
	}

	@Bean
	static ZmqMonitorBeanPostProcessor zmqMonitorBeanPostProcessor(ObjectProvider<ZmqMonitor> monitor,
			ObjectProvider<ZmqMonitorProperties> properties) {
		return new ZmqMonitorBeanPostProcessor(monitor, properties);
	}

	/**
	 * Have the monitor there before the first bean that could make a socket, and not
	 * within the creation of one, which the monitor might need.
	 */
	@Bean
	static BeanFactoryInitializer<ListableBeanFactory> zmqMonitorInitializer() {
		return (beans) -> {
			if (InstrumentedSockets.isInstalled()) {
				beans.getBeanProvider(ZmqMonitor.class).getIfAvailable();
			}
		};
	}

	@Bean
	@ConditionalOnMissingBean
	ZmqMonitor zmqMonitor(ObjectProvider<ZmqEventLogger> eventLogger) {
		ZmqMonitor monitor = new ZmqMonitor(this.settings);
		// at once, so that what happens while the application starts is in the log
		eventLogger.ifAvailable(monitor::addListener);
		return monitor;
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBooleanProperty(name = "zmq.monitor.log.enabled", matchIfMissing = true)
	ZmqEventLogger zmqEventLogger() {
		return new ZmqEventLogger();
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBooleanProperty("zmq.monitor.publish.enabled")
	ZmqEventPublisher zmqEventPublisher(ApplicationEventPublisher publisher) {
		return new ZmqEventPublisher(publisher);
	}

	@Bean
	ZmqMonitorReport zmqMonitorReport(ZmqMonitor monitor) {
		return new ZmqMonitorReport(monitor);
	}

	@Bean
	ZmqSocketNamingRegistrar zmqSocketNamingRegistrar(ZmqMonitor monitor, ObjectProvider<ZmqSocketNaming> namings) {
		return new ZmqSocketNamingRegistrar(monitor, namings);
	}

	@Bean
	ZmqListenerRegistrar zmqSocketEventListenerRegistrar(ZmqMonitor monitor,
			ObjectProvider<ZmqSocketEventListener> listeners) {
		return new ZmqListenerRegistrar(monitor, listeners);
	}

}
