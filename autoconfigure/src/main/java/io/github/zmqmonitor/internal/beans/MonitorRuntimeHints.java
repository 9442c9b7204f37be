package io.github.zmqmonitor.internal.beans;

import io.github.zmqmonitor.internal.walk.WalkRuntimeHints;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZContext;

import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Names what a native image would leave out: the private fields of JeroMQ and the methods
 * that {@link ContextProxy} calls, which are reached by reflection, and the live page.
 */
class MonitorRuntimeHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		if (!ClassUtils.isPresent("org.zeromq.ZContext", classLoader)) {
			return;
		}
		hints.resources().registerPattern("io/github/zmqmonitor/internal/page/page.html");
		WalkRuntimeHints.register(hints, classLoader);
		ReflectionUtils.doWithMethods(ZContext.class,
				(method) -> hints.reflection().registerMethod(method, ExecutableMode.INVOKE),
				(method) -> ContextProxy.METHODS.contains(method.getName()));
	}

}
