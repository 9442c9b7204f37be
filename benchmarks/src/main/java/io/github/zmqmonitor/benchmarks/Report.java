package io.github.zmqmonitor.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The results of a benchmark: a table to read, and raw numbers beside it. Both go to
 * {@code target/results}.
 */
final class Report {

	private final String name;

	private final StringBuilder table = new StringBuilder();

	private final StringBuilder raw = new StringBuilder();

	Report(String name, String... columns) {
		this.name = name;
		row((Object[]) columns);
		row(Arrays.stream(columns).map((column) -> "---").toArray());
	}

	void row(Object... cells) {
		this.table.append(Arrays.stream(cells).map(String::valueOf).collect(Collectors.joining(" | ", "| ", " |\n")));
	}

	void note(String text, Object... values) {
		this.table.append('\n').append(format(text, values)).append('\n');
	}

	void raw(Object... cells) {
		this.raw.append(Arrays.stream(cells).map(String::valueOf).collect(Collectors.joining(","))).append('\n');
	}

	void write() throws IOException {
		System.out.println(this.table);
		Files.writeString(file(this.name + ".md"), this.table);
		if (!this.raw.isEmpty()) {
			Files.writeString(file(this.name + ".csv"), this.raw);
		}
	}

	static Path file(String name) throws IOException {
		return Files.createDirectories(target().resolve("results")).resolve(name);
	}

	/**
	 * The folder that holds the jar, or the classes if there is none.
	 */
	static Path target() {
		return Path.of(URI.create(Report.class.getProtectionDomain().getCodeSource().getLocation().toString()))
			.toAbsolutePath()
			.getParent();
	}

	static String format(String text, Object... values) {
		return String.format(Locale.ROOT, text, values);
	}

}
