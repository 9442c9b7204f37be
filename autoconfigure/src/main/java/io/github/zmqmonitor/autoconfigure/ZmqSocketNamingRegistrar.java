package io.github.zmqmonitor.autoconfigure;

import java.util.List;

import io.github.zmqmonitor.model.ZmqSocketNaming;
import io.github.zmqmonitor.monitor.ZmqMonitor;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Adds the namings of an application to the monitor once its beans are there, so that
 * none is made too early, and takes them away at its end: the monitor can be that of a
 * parent, which lives on.
 */
class ZmqSocketNamingRegistrar implements SmartInitializingSingleton, DisposableBean {

	private final ZmqMonitor monitor;

	private final ObjectProvider<ZmqSocketNaming> namings;

	private List<ZmqSocketNaming> added = List.of();

	ZmqSocketNamingRegistrar(ZmqMonitor monitor, ObjectProvider<ZmqSocketNaming> namings) {
		this.monitor = monitor;
		this.namings = namings;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.added = this.namings.orderedStream().filter(this.monitor::addSocketNaming).toList();
	}

	@Override
	public void destroy() {
		this.added.forEach(this.monitor::removeSocketNaming);
	}

}
