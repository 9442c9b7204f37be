package io.github.zmqmonitor.agent;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.loader.tools.Libraries;
import org.springframework.boot.loader.tools.Library;
import org.springframework.boot.loader.tools.LibraryScope;
import org.springframework.boot.loader.tools.Repackager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The agent, as it is packed, before applications that make sockets in static
 * initializers of their main classes.
 */
class AgentIT {

	private static final Predicate<String> JEROMQ = Pattern.compile("/(jeromq|jnacl)-[^/]*\\.jar$").asPredicate();

	private static final Predicate<String> LIBRARY = Pattern.compile("(zmq-monitor-spring-boot-|/autoconfigure/)")
		.asPredicate();

	private static final String[] EVERYTHING = { "RESULT InstrumentationOutcome[status=INSTALLED, detail=by the agent]",
			"RESULT earlyApplication.pull PULL [bind]", "RESULT client.push PUSH [connect]",
			"RESULT publisher PUB [bind]", "RESULT unseen 0", "RESULT closed" };

	private static final String[] BEANS = { "RESULT null", "RESULT publisher PUB [bind]", "RESULT unseen 2",
			"RESULT closed" };

	@Test
	void socketsFromBeforeSpringBootAreSeen() throws Exception {
		List<String> lines = run(Map.of(), List.of());
		assertThat(results(lines)).as(String.join("\n", lines)).containsExactly(EVERYTHING);
		assertThat(lines).anyMatch(
				(line) -> line.endsWith("found by changed classes of JeroMQ (by the agent): every socket of this JVM"));
	}

	@Test
	void socketsOfANamedModuleAreSeen() throws Exception {
		List<String> lines = AgentProcess.run(Map.of(),
				List.of("--module-path", path(JEROMQ), "--add-modules", "org.zeromq.jeromq", "-cp",
						path(JEROMQ.negate()), "-Dspring.main.web-application-type=none",
						EarlyApplication.class.getName()));
		assertThat(results(lines)).as(String.join("\n", lines)).containsExactly(EVERYTHING);
		assertThat(lines).noneMatch((line) -> line.contains("--add-opens"));
	}

	@Test
	void socketsInAnExecutableJarAreSeen(@TempDir Path directory) throws Exception {
		File jar = executableJar(directory);
		List<String> lines = AgentProcess.run(Map.of(),
				List.of("-Dspring.main.web-application-type=none", "-jar", jar.getPath()));
		assertThat(results(lines)).as(String.join("\n", lines)).containsExactly(EVERYTHING);
	}

	@Test
	void noClassIsChangedWherePropertiesSaySo() throws Exception {
		assertUntouched(run(Map.of(), List.of("-Dzmq.monitor.enabled=false")), "RESULT null", "RESULT closed");
		assertUntouched(run(Map.of("ZMQ_MONITOR_ENABLED", "false"), List.of()), "RESULT null", "RESULT closed");
		assertUntouched(run(Map.of(), List.of("-Dzmq.monitor.instrumentation=beans")), BEANS);
		assertUntouched(run(Map.of("ZMQ_MONITOR_INSTRUMENTATION", "beans"), List.of()), BEANS);
	}

	private static void assertUntouched(List<String> lines, String... results) {
		assertThat(results(lines)).as(String.join("\n", lines)).containsExactly(results);
		assertThat(lines).noneMatch((line) -> line.contains(".internal.instrument.SocketProbe "));
	}

	@Test
	void whatIsDeclinedLaterReportsNothing() throws Exception {
		assertThat(results(run(Map.of(), List.of(), "--zmq.monitor.instrumentation=beans"))).containsExactly(BEANS);
		assertThat(results(run(Map.of(), List.of(), "--zmq.monitor.enabled=false"))).containsExactly("RESULT null",
				"RESULT closed");
	}

	@Test
	void withoutTheLibraryJeromqIsAsItWas() throws Exception {
		List<String> lines = AgentProcess.run(Map.of(),
				List.of("-cp", path(LIBRARY.negate()), PlainApplication.class.getName()));
		assertThat(lines).containsExactly("RESULT message");
	}

	private static List<String> run(Map<String, String> environment, List<String> options, String... arguments)
			throws Exception {
		List<String> all = new ArrayList<>(options);
		all.addAll(List.of("-Xlog:class+load:stdout:uptime", "-cp", path((entry) -> true),
				"-Dspring.main.web-application-type=none", EarlyApplication.class.getName()));
		all.addAll(List.of(arguments));
		return AgentProcess.run(environment, all);
	}

	private static List<String> results(List<String> lines) {
		return lines.stream().filter((line) -> line.startsWith("RESULT")).toList();
	}

	private static String path(Predicate<String> entries) {
		return AgentProcess.classPath().stream().filter(entries).collect(Collectors.joining(File.pathSeparator));
	}

	private static File executableJar(Path directory) throws Exception {
		List<File> libraries = new ArrayList<>();
		File application = null;
		for (String entry : AgentProcess.classPath()) {
			if (!Files.isDirectory(Path.of(entry))) {
				libraries.add(new File(entry));
			}
			else if (entry.endsWith("test-classes")) {
				application = AgentProcess.jar(Path.of(entry), directory.resolve("application.jar"));
			}
			else {
				libraries
					.add(AgentProcess.jar(Path.of(entry), directory.resolve("library-" + libraries.size() + ".jar")));
			}
		}
		File executable = directory.resolve("executable.jar").toFile();
		Repackager repackager = new Repackager(application);
		repackager.setMainClass(EarlyApplication.class.getName());
		Libraries all = (callback) -> {
			for (File library : libraries) {
				callback.library(new Library(library, LibraryScope.RUNTIME));
			}
		};
		repackager.repackage(executable, all);
		return executable;
	}

}
