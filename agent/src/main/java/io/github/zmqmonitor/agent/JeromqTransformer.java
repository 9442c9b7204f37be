package io.github.zmqmonitor.agent;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

import org.jspecify.annotations.Nullable;

/**
 * Asks the library, for each class of JeroMQ's that is about to be defined, what it
 * should be. Each class loader that has JeroMQ may have a library of its own.
 */
final class JeromqTransformer implements ClassFileTransformer {

	private static final String ENTRY = "io.github.zmqmonitor.internal.jeromq.AgentEntry";

	private final Instrumentation instrumentation;

	private final Set<ClassLoader> withoutLibrary = Collections
		.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

	JeromqTransformer(Instrumentation instrumentation) {
		this.instrumentation = instrumentation;
	}

	@Override
	public byte @Nullable [] transform(Module module, @Nullable ClassLoader loader, @Nullable String className,
			@Nullable Class<?> redefined, @Nullable ProtectionDomain domain, byte[] bytes) {
		if (className == null || !className.startsWith("zmq/") || redefined != null || loader == null
				|| this.withoutLibrary.contains(loader)) {
			return null;
		}
		try {
			Class<?> entry = Class.forName(ENTRY, true, loader);
			open(module, entry.getModule());
			return (byte[]) entry.getMethod("change", ClassLoader.class, String.class, byte[].class)
				.invoke(null, loader, className, bytes);
		}
		catch (Throwable ex) {
			this.withoutLibrary.add(loader);
			return null;
		}
	}

	/**
	 * Let a named module of JeroMQ's call the library, and the library read its fields.
	 */
	private void open(Module jeromq, Module library) {
		if (jeromq.isNamed() && !jeromq.isOpen("zmq", library)) {
			Map<String, Set<Module>> opened = new HashMap<>();
			jeromq.getPackages().forEach((name) -> opened.put(name, Set.of(library)));
			this.instrumentation.redefineModule(jeromq, Set.of(library), Map.of(), opened, Set.of(), Map.of());
		}
	}

}
