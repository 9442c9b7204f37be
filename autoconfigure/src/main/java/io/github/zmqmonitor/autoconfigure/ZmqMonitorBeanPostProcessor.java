package io.github.zmqmonitor.autoconfigure;

import java.util.List;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.zmqmonitor.internal.beans.ContextProxy;
import io.github.zmqmonitor.internal.jeromq.InstrumentedSockets;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import org.springframework.aop.scope.ScopedObject;
import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.SmartInstantiationAwareBeanPostProcessor;
import org.springframework.util.PatternMatchUtils;

/**
 * Replaces contexts and sockets by their monitored counterparts.
 */
class ZmqMonitorBeanPostProcessor implements SmartInstantiationAwareBeanPostProcessor, BeanClassLoaderAware {

	private static final String SCOPED_TARGET = "scopedTarget.";

	private final ObjectProvider<ZmqMonitor> monitor;

	private final ObjectProvider<ZmqMonitorProperties> properties;

	private final Map<String, Object> earlyReferences = new ConcurrentHashMap<>();

	private @Nullable ClassLoader classLoader;

	ZmqMonitorBeanPostProcessor(ObjectProvider<ZmqMonitor> monitor, ObjectProvider<ZmqMonitorProperties> properties) {
		this.monitor = monitor;
		this.properties = properties;
	}

	@Override
	public void setBeanClassLoader(ClassLoader classLoader) {
		this.classLoader = classLoader;
	}

	/**
	 * Tell the class of the proxy, so that ahead-of-time processing generates it.
	 */
	@Override
	public Class<?> determineBeanType(Class<?> beanClass, String beanName) {
		return (ZContext.class.isAssignableFrom(beanClass) && !InstrumentedSockets.isInstalled())
				? ContextProxy.typeOf(beanClass, this.classLoader) : beanClass;
	}

	@Override
	public Object getEarlyBeanReference(Object bean, String beanName) {
		Object monitored = monitored(bean, beanName);
		if (monitored != bean) {
			this.earlyReferences.put(beanName, bean);
		}
		return monitored;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		return this.earlyReferences.remove(beanName, bean) ? bean : monitored(bean, beanName);
	}

	private Object monitored(Object bean, String beanName) {
		if (!(bean instanceof ZContext || bean instanceof ZMQ.Context || bean instanceof ZMQ.Socket)
				|| bean instanceof ScopedObject || isExcluded(beanName)) {
			return bean;
		}
		ZmqMonitor monitor = this.monitor.getObject();
		if (bean instanceof ZMQ.Context context) {
			return monitor.monitor(nameOf(beanName), context);
		}
		return (bean instanceof ZContext context) ? monitor.monitor(nameOf(beanName), context)
				: monitor.monitor(nameOf(beanName), (ZMQ.Socket) bean);
	}

	private boolean isExcluded(String beanName) {
		List<String> excluded = this.properties.getObject().exclude();
		return !excluded.isEmpty() && PatternMatchUtils.simpleMatch(excluded.toArray(new String[0]), nameOf(beanName));
	}

	private static String nameOf(String beanName) {
		return beanName.startsWith(SCOPED_TARGET) ? beanName.substring(SCOPED_TARGET.length()) : beanName;
	}

}
