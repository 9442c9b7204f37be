package io.github.zmqmonitor.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a part of a benchmark in a JVM of its own.
 */
final class Fork {

	private Fork() {
	}

	/**
	 * Run it.
	 * @param descriptors how many descriptors it may have, or 0 for as many as this JVM
	 * @param arguments what to run, as on the command line
	 * @return the lines that it has printed
	 */
	static List<String> run(int descriptors, String... arguments) throws Exception {
		String limit = (descriptors > 0) ? "ulimit -n " + descriptors + " && " : "";
		List<String> command = new ArrayList<>(List.of("bash", "-c", limit + "exec \"$@\"", "bash",
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-cp",
				System.getProperty("java.class.path"), Benchmarks.class.getName()));
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		String output = new String(process.getInputStream().readAllBytes());
		if (process.waitFor() != 0) {
			throw new IllegalStateException(output);
		}
		return output.lines().toList();
	}

}
