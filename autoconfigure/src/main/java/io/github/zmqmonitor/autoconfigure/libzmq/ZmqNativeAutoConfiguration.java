package io.github.zmqmonitor.autoconfigure.libzmq;

import io.github.zmqmonitor.autoconfigure.ZmqMonitorAutoConfiguration;
import io.github.zmqmonitor.internal.libzmq.ZmqNativeReceiver;
import io.github.zmqmonitor.internal.libzmq.ZmqNativeSettings;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import org.zeromq.ZContext;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the receiver of events of libzmq
 * sockets in other processes.
 */
@AutoConfiguration(after = ZmqMonitorAutoConfiguration.class)
@ConditionalOnClass(ZContext.class)
@Conditional(OnNativePropertiesCondition.class)
@ConditionalOnBean(ZmqMonitor.class)
@EnableConfigurationProperties(ZmqNativeProperties.class)
public final class ZmqNativeAutoConfiguration {

	private final ZmqNativeSettings settings;

	ZmqNativeAutoConfiguration(ZmqNativeProperties properties) {
		this.settings = properties.toSettings();
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnProperty("zmq.monitor.native.endpoint")
	ZmqNativeReceiver zmqNativeReceiver(ZmqMonitor monitor) {
		return new ZmqNativeReceiver(monitor.registry(), this.settings);
	}

	@Bean
	@ConditionalOnProperty("zmq.monitor.native.endpoint")
	NativeReceiverLifecycle zmqNativeReceiverLifecycle(ZmqNativeReceiver receiver) {
		return new NativeReceiverLifecycle(receiver);
	}

}
