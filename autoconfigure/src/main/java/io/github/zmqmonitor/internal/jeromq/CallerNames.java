package io.github.zmqmonitor.internal.jeromq;

import java.lang.StackWalker.StackFrame;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

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
		return STACK.walk(CallerNames::findCaller);
	}

	private static @Nullable String findCaller(Stream<StackFrame> frames) {
		for (Iterator<StackFrame> iterator = frames.iterator(); iterator.hasNext();) {
			String name = iterator.next().getClassName();
			if (!isLibrary(name)) {
				String caller = withoutGenerated(name);
				return simpleName(caller).isEmpty() ? null : caller;
			}
		}
		return null;
	}

	private static boolean isLibrary(String className) {
		for (String library : LIBRARIES) {
			if (className.startsWith(library)) {
				return true;
			}
		}
		return false;
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
		String named = "";
		for (String part : name.split("\\$")) {
			if (!part.isEmpty() && !Character.isDigit(part.charAt(0))) {
				named = part;
			}
		}
		return named.isEmpty() ? "" : named.substring(0, 1).toLowerCase(Locale.ROOT) + named.substring(1);
	}

	/** Whether this library makes a socket for itself. */
	static boolean isOurs() {
		return STACK.walk(CallerNames::comesFromHere);
	}

	private static boolean comesFromHere(Stream<StackFrame> frames) {
		for (Iterator<StackFrame> iterator = frames.iterator(); iterator.hasNext();) {
			String name = iterator.next().getClassName();
			if (!name.startsWith("zmq.") && !name.startsWith("org.zeromq.") && !name.startsWith(OURS + "instrument.")
					&& !name.startsWith(OURS + "jeromq.")) {
				return name.startsWith(OURS);
			}
		}
		return false;
	}

	/**
	 * The endpoint as the application wrote it: where JeroMQ tries one port after the
	 * other, it wrote none.
	 */
	static String written(String endpoint) {
		return STACK.walk(CallerNames::triesPorts) ? endpoint.substring(0, endpoint.lastIndexOf(':') + 1) + "*"
				: endpoint;
	}

	private static boolean triesPorts(Stream<StackFrame> frames) {
		Iterator<StackFrame> iterator = frames.iterator();
		for (int i = 0; i < RANDOM_PORT_FRAMES && iterator.hasNext(); i++) {
			StackFrame frame = iterator.next();
			if (frame.getMethodName().equals("bindToRandomPort") && frame.getClassName().startsWith("org.zeromq.")) {
				return true;
			}
		}
		return false;
	}

}
