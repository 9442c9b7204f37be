package io.github.zmqmonitor.monitor;

import java.util.List;

import org.jspecify.annotations.Nullable;
import zmq.SocketBase;
import zmq.pipe.Pipe;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.util.ReflectionUtils;

/**
 * Names the fields that {@link PipeAccess} reads, which a native image would leave out.
 */
class PipeAccessHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		register(hints, SocketBase.class, "pipes");
		register(hints, Pipe.class, "msgsWritten", "msgsRead", "peersMsgsRead", "hwm", "peer");
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
