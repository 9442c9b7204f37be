package io.github.zmqmonitor.agent;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * A JVM of its own with the agent.
 */
final class AgentProcess {

	private AgentProcess() {
	}

	/**
	 * Run a JVM until it ends.
	 * @return the lines that it printed
	 */
	static List<String> run(Map<String, String> environment, List<String> options) throws Exception {
		List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-Xmx128m",
				"-javaagent:" + System.getProperty("zmqmonitor.agent")));
		command.addAll(options);
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().putAll(environment);
		Process process = builder.start();
		try {
			process.getOutputStream().close();
			return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
		}
		finally {
			process.destroyForcibly().waitFor();
		}
	}

	/**
	 * The class path of the tests without the agent, which the JVM adds.
	 */
	static List<String> classPath() {
		Path agent = Path.of(System.getProperty("zmqmonitor.agent"));
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !Path.of(entry).equals(agent))
			.toList();
	}

	/**
	 * Pack a directory of classes.
	 */
	static File jar(Path directory, Path jar) throws IOException {
		try (OutputStream stream = Files.newOutputStream(jar);
				JarOutputStream output = new JarOutputStream(stream);
				Stream<Path> files = Files.walk(directory)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				output.putNextEntry(new JarEntry(directory.relativize(file).toString().replace('\\', '/')));
				Files.copy(file, output);
				output.closeEntry();
			}
		}
		return jar.toFile();
	}

}
