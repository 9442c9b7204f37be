package io.github.zmqmonitor.build;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes the inputs of a fuzz test to files, for a fuzzer to begin with.
 */
final class FuzzSeeds {

	private FuzzSeeds() {
	}

	/**
	 * Write the inputs.
	 * @param arguments the name of the class and the directory to write to
	 */
	public static void main(String[] arguments) throws Exception {
		Method inputs = Class.forName(arguments[0]).getDeclaredMethod("inputs");
		inputs.setAccessible(true);
		Path directory = Files.createDirectories(Path.of(arguments[1]));
		List<?> seeds = ((Stream<?>) inputs.invoke(null)).toList();
		for (int i = 0; i < seeds.size(); i++) {
			Files.write(directory.resolve("seed-" + i), (byte[]) seeds.get(i));
		}
	}

}
