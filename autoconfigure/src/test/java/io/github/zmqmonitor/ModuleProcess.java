package io.github.zmqmonitor;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A process of its own, in which JeroMQ can be a named module.
 */
public final class ModuleProcess {

	/**
	 * Entries of the class path that are JeroMQ.
	 */
	public static final Predicate<String> JEROMQ = Pattern.compile("/(jeromq|jnacl)-[^/]*\\.jar$").asPredicate();

	private ModuleProcess() {
	}

	/**
	 * Run a class until it ends.
	 * @return what it printed
	 */
	public static String run(Class<?> application, List<String> options) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-Xmx64m"));
		command.addAll(options);
		command.add(application.getName());
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		try {
			return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
		finally {
			process.destroyForcibly().waitFor();
		}
	}

	/**
	 * Options for a JeroMQ that is a named module.
	 */
	public static List<String> namedModule() {
		return List.of("--module-path", classPath(JEROMQ), "--add-modules", "org.zeromq.jeromq", "-cp",
				classPath(JEROMQ.negate()));
	}

	public static String classPath(Predicate<String> entries) {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter(entries)
			.collect(Collectors.joining(File.pathSeparator));
	}

}
