package io.github.zmqmonitor.internal.jeromq;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Finds the class of the application that makes a socket, and what it calls. Walks the
 * stack: for what happens once per socket or endpoint only.
 */
final class CallerNames {

	private static final StackWalker STACK = StackWalker.getInstance();

	private static final String OURS = "io.github.zmqmonitor.internal.";

	private static final Set<String> LIBRARIES = Set.of("zmq.", "org.zeromq.", "java.", "javax.", "jdk.", "sun.",
			"com.sun.", "org.springframework.", "io.github.zmqmonitor.internal.", "io.github.zmqmonitor.monitor.");

	private static final int RANDOM_PORT_FRAMES = 24;

	private CallerNames() {
	}

	/**
	 * The class that makes a socket, {@code null} if there is none outside the libraries:
	 * JeroMQ has threads of its own that make some.
	 */
	static @Nullable String caller() {
		return STACK
			.walk((frames) -> frames.map(StackWalker.StackFrame::getClassName)
				.filter((name) -> LIBRARIES.stream().noneMatch(name::startsWith))
				.findFirst()
				.map(CallerNames::withoutGenerated)
				.filter((name) -> !simpleName(name).isEmpty()))
			.orElse(null);
	}

	private static String withoutGenerated(String className) {
		int generated = className.indexOf("$$", className.lastIndexOf('.') + 2);
		return (generated > 0) ? className.substring(0, generated) : className;
	}

	/**
	 * What the sockets of a class are called after it, empty if it has no name.
	 */
	static String simpleName(String className) {
		String name = className.substring(className.lastIndexOf('.') + 1);
		Optional<String> named = Optional.empty();
		for (String part : name.split("\\$")) {
			if (!part.isEmpty() && !Character.isDigit(part.charAt(0))) {
				named = Optional.of(part);
			}
		}
		return named.map((part) -> part.substring(0, 1).toLowerCase(Locale.ROOT) + part.substring(1)).orElse("");
	}

	/**
	 * Whether this library makes a socket for itself.
	 */
	static boolean isOurs() {
		return STACK.walk((frames) -> frames.map(StackWalker.StackFrame::getClassName)
			.filter((name) -> !name.startsWith("zmq.") && !name.startsWith("org.zeromq.")
					&& !name.startsWith(OURS + "instrument.") && !name.startsWith(OURS + "jeromq."))
			.findFirst()
			.map((name) -> name.startsWith(OURS))
			.orElse(false));
	}

	/**
	 * The endpoint as the application wrote it: where JeroMQ tries one port after the
	 * other, it wrote none.
	 */
	static String written(String endpoint) {
		boolean random = STACK.walk((frames) -> frames.limit(RANDOM_PORT_FRAMES)
			.anyMatch((frame) -> frame.getMethodName().equals("bindToRandomPort")
					&& frame.getClassName().startsWith("org.zeromq.")));
		return random ? endpoint.substring(0, endpoint.lastIndexOf(':') + 1) + "*" : endpoint;
	}

}
