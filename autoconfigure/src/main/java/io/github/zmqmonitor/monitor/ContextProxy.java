package io.github.zmqmonitor.monitor;

import java.util.ArrayList;
import java.util.List;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.ProxyFactory;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZThread;

/**
 * Turns a context into a class proxy of itself, whose sockets are monitored.
 */
final class ContextProxy implements MethodInterceptor {

	private final ZmqMonitor monitor;

	private final String name;

	private ContextProxy(ZmqMonitor monitor, String name) {
		this.monitor = monitor;
		this.name = name;
	}

	static ZContext of(ZmqMonitor monitor, String name, ZContext context, @Nullable ClassLoader classLoader) {
		ProxyFactory factory = new ProxyFactory();
		factory.setTarget(context);
		factory.setProxyTargetClass(true);
		factory.addAdvice(new ContextProxy(monitor, name));
		return (ZContext) factory.getProxy(classLoader);
	}

	/**
	 * The class that proxies of a class of contexts have.
	 */
	static Class<?> typeFor(Class<?> contextType, @Nullable ClassLoader classLoader) {
		ProxyFactory factory = new ProxyFactory();
		factory.setTargetClass(contextType);
		factory.setProxyTargetClass(true);
		factory.addAdvice((MethodInterceptor) MethodInvocation::proceed);
		return factory.getProxyClass(classLoader);
	}

	static boolean isProxied(ZContext context) {
		return context instanceof Advised advised
				&& List.of(advised.getAdvisors()).stream().anyMatch((it) -> it.getAdvice() instanceof ContextProxy);
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		@Nullable Object[] arguments = invocation.getArguments();
		return switch (invocation.getMethod().getName()) {
			case "createSocket" -> monitored(invocation.proceed());
			case "destroySocket", "closeSocket" -> {
				arguments[0] = real(arguments[0]);
				yield invocation.proceed();
			}
			case "getSockets" -> monitoredAll(invocation.proceed());
			case "shadow" -> shadow(invocation.proceed(), proxy(invocation));
			case "fork" ->
				ZThread.fork(proxy(invocation), (ZThread.IAttachedRunnable) arguments[0], (Object[]) arguments[1]);
			default -> invocation.proceed();
		};
	}

	private @Nullable Object monitored(@Nullable Object socket) {
		return (socket instanceof ZMQ.Socket real) ? this.monitor.monitorCreated(real, this.name) : socket;
	}

	private @Nullable Object real(@Nullable Object socket) {
		return (socket instanceof MonitoredSocket monitored) ? monitored.real() : socket;
	}

	private @Nullable Object monitoredAll(@Nullable Object sockets) {
		return (sockets instanceof List<?> list)
				? new ArrayList<Object>(list.stream().map(this.monitor::viewOf).toList()) : sockets;
	}

	private @Nullable Object shadow(@Nullable Object shadow, ZContext proxy) {
		return (shadow instanceof ZContext context)
				? this.monitor.monitorContext(this.name, context, proxy.getClass().getClassLoader()) : shadow;
	}

	private static ZContext proxy(MethodInvocation invocation) {
		return (ZContext) ((ProxyMethodInvocation) invocation).getProxy();
	}

}
