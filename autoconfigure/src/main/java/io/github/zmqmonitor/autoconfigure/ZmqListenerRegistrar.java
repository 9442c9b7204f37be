package io.github.zmqmonitor.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.github.zmqmonitor.events.ZmqEventLogger;
import io.github.zmqmonitor.model.ZmqSocketEventListener;
import io.github.zmqmonitor.monitor.ZmqMonitor;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Adds the listeners of an application to the monitor, and takes them away at its end:
 * the monitor can be that of a parent, which lives on.
 */
class ZmqListenerRegistrar implements SmartInitializingSingleton, DisposableBean {

	private final ZmqMonitor monitor;

	private final ObjectProvider<ZmqSocketEventListener> listeners;

	private final List<ZmqSocketEventListener> added = new ArrayList<>();

	ZmqListenerRegistrar(ZmqMonitor monitor, ObjectProvider<ZmqSocketEventListener> listeners) {
		this.monitor = monitor;
		this.listeners = listeners;
	}

	@Override
	public void afterSingletonsInstantiated() {
		for (ZmqSocketEventListener listener : this.listeners.orderedStream().toList()) {
			if (!(listener instanceof ZmqEventLogger) && this.monitor.addListener(listener)) {
				this.added.add(listener);
			}
		}
	}

	@Override
	public void destroy() {
		this.added.forEach(this.monitor::removeListener);
	}

}
