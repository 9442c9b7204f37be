package io.github.zmqmonitor.internal.beans;

import java.util.List;

import io.github.zmqmonitor.internal.traffic.PipeAccess;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZContext;
import zmq.SocketBase;
import zmq.pipe.Pipe;

import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Names what is reached by reflection, which a native image would leave out: the fields
 * that {@link PipeAccess} reads and the methods that {@link ContextProxy} calls.
 */
class MonitorRuntimeHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		if (!ClassUtils.isPresent("org.zeromq.ZContext", classLoader)) {
			return;
		}
		register(hints, SocketBase.class, "pipes");
		register(hints, Pipe.class, "msgsWritten", "msgsRead", "peersMsgsRead", "hwm", "peer");
		ReflectionUtils.doWithMethods(ZContext.class,
				(method) -> hints.reflection().registerMethod(method, ExecutableMode.INVOKE),
				(method) -> ContextProxy.METHODS.contains(method.getName()));
	}

	/**
	 * Register fields; one that this JeroMQ does not have is left to {@link PipeAccess}
	 * to report.
	 */
	private static void register(RuntimeHints hints, Class<?> type, String... names) {
		ReflectionUtils.doWithFields(type, hints.reflection()::registerField,
				(field) -> field.getDeclaringClass() == type && List.of(names).contains(field.getName()));
	}

}
