package io.github.zmqmonitor.internal.instrument;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import zmq.SocketBase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * JeroMQ's classes changed in processes of their own, where nothing is loaded yet.
 */
class InstrumentationIT {

	private static final Predicate<String> JEROMQ = Pattern.compile("/(jeromq|jnacl)-[^/]*\\.jar$").asPredicate();

	@Test
	void theJvmChangesClassesWithoutAWarning() throws Exception {
		assertThat(run("-cp", classPath((entry) -> true)))
			.isEqualToIgnoringNewLines("InstrumentationOutcome[status=INSTALLED, detail=null] created 2 failures 0");
	}

	@Test
	void classesOfANamedModuleStayAsTheyAre() throws Exception {
		assertThat(run("--module-path", classPath(JEROMQ), "--add-modules", "org.zeromq.jeromq", "-cp",
				classPath(JEROMQ.negate())))
			.isEqualToIgnoringNewLines(
					"InstrumentationOutcome[status=NAMED_MODULE, detail=org.zeromq.jeromq] created 0 failures 0");
	}

	@Test
	void anApplicationWithoutJeromqIsNotDisturbed() throws Exception {
		assertThat(run("-cp", classPath(JEROMQ.negate()), "-Dabsent=true"))
			.isEqualToIgnoringNewLines("InstrumentationOutcome[status=NOT_PRESENT, detail=null]");
	}

	private static String run(String... options) throws Exception {
		List<String> command = new ArrayList<>(
				List.of(System.getProperty("java.home") + "/bin/java", "-Xmx64m", "-ea"));
		command.addAll(Arrays.asList(options));
		command.add(Application.class.getName());
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		try {
			return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
		finally {
			process.destroyForcibly().waitFor();
		}
	}

	private static String classPath(Predicate<String> entries) {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter(entries)
			.collect(Collectors.joining(File.pathSeparator));
	}

	static class Application {

		public static void main(String[] arguments) {
			System.out.println(JeromqInstrumentation.install(Application.class.getClassLoader()));
			if (!Boolean.getBoolean("absent")) {
				Sockets.use();
			}
		}

	}

	static class Sockets {

		static void use() {
			AtomicInteger created = new AtomicInteger();
			JeromqInstrumentation.observe(new SocketObserver() {

				@Override
				public void created(SocketBase socket, boolean internal) {
					created.incrementAndGet();
				}

			});
			RoundTrip.main(new String[0]);
			System.out.println(" created " + created + " failures " + JeromqInstrumentation.failures());
		}

	}

}
