package io.github.zmqmonitor.conformance;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

import io.github.zmqmonitor.monitor.ZmqMonitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * JVMs that take classes from an archive of an earlier run, where JeroMQ's were changed
 * too.
 */
class ClassArchivesIT {

	private static final String[] EVERYTHING = { "RESULT maker.pull [listening]", "RESULT maker.push [connected]",
			"RESULT unseen 0" };

	@TempDir
	private Path directory;

	@Test
	void classesAreChangedWithADynamicClassDataArchive() throws Exception {
		String java = System.getProperty("java.home") + "/bin/java";
		Path archive = this.directory.resolve("application.jsa");
		assertThat(run(java, "-XX:ArchiveClassesAtExit=" + archive)).containsExactly(EVERYTHING);
		assertThat(archive).isNotEmptyFile();
		assertUsed(java, "-XX:SharedArchiveFile=" + archive);
	}

	/**
	 * Without the option the JVM that writes the cache ends with an internal error: it
	 * can't link to classes that it leaves out.
	 */
	@Test
	void classesAreChangedWithAnAheadOfTimeCache() throws Exception {
		String java = Needs.java25();
		Path cache = this.directory.resolve("application.aot");
		assertThat(run(java, "-XX:-AOTClassLinking", "-XX:AOTCacheOutput=" + cache)).containsExactly(EVERYTHING);
		assertThat(cache).isNotEmptyFile();
		assertUsed(java, "-XX:AOTCache=" + cache);
	}

	/**
	 * What nobody changes comes from the archive, what is changed doesn't.
	 */
	private void assertUsed(String java, String option) throws Exception {
		Path log = this.directory.resolve("classes.log");
		assertThat(run(java, option, "-Xlog:class+load:file=" + log)).containsExactly(EVERYTHING);
		List<String> loaded = Files.readAllLines(log);
		assertThat(loaded).anyMatch((line) -> line.contains(" org.zeromq.ZContext source: shared objects file"))
			.anyMatch((line) -> line.contains(" zmq.SocketBase "))
			.noneMatch((line) -> line.contains(" zmq.SocketBase source: shared objects file"));
	}

	private List<String> run(String java, String... options) throws Exception {
		List<String> command = new ArrayList<>(List.of(java, "-Xmx128m"));
		command.addAll(List.of(options));
		command.addAll(List.of("-cp", classPath(), Application.class.getName()));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		try {
			List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
				.toList();
			assertThat(process.waitFor()).as(String.join("\n", lines)).isZero();
			return lines.stream().filter((line) -> line.startsWith("RESULT")).toList();
		}
		finally {
			process.destroyForcibly().waitFor();
		}
	}

	/**
	 * Archives are for classes in jars only.
	 */
	private String classPath() throws IOException {
		List<String> entries = new ArrayList<>();
		for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
			Path jar = this.directory.resolve("classes-" + entries.size() + ".jar");
			entries.add(!Files.isDirectory(Path.of(entry)) ? entry
					: Files.exists(jar) ? jar.toString() : jar(Path.of(entry), jar));
		}
		return String.join(File.pathSeparator, entries);
	}

	private static String jar(Path directory, Path jar) throws IOException {
		try (OutputStream stream = Files.newOutputStream(jar);
				JarOutputStream output = new JarOutputStream(stream);
				Stream<Path> files = Files.walk(directory)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				output.putNextEntry(new JarEntry(directory.relativize(file).toString().replace('\\', '/')));
				Files.copy(file, output);
				output.closeEntry();
			}
		}
		return jar.toString();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Maker.class)
	static class Application {

		public static void main(String[] arguments) {
			try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
				.run("--spring.main.web-application-type=none", "--logging.level.root=warn")) {
				ZmqMonitor monitor = context.getBean(ZmqMonitor.class);
				monitor.snapshot()
					.sockets()
					.forEach((socket) -> System.out.println("RESULT " + socket.name() + " "
							+ socket.endpoints().stream().map((it) -> it.state().id()).toList()));
				System.out.println("RESULT unseen " + monitor.statistics().contextsUnseen());
				context.getBean(Maker.class).context.close();
			}
		}

	}

	static class Maker {

		private final ZContext context = new ZContext();

		Maker() {
			ZMQ.Socket server = this.context.createSocket(SocketType.PULL);
			server.bind("tcp://127.0.0.1:*");
			ZMQ.Socket client = this.context.createSocket(SocketType.PUSH);
			client.setHandshakeIvl(5000);
			client.connect(server.getLastEndpoint());
			client.send("message");
			server.recv();
		}

	}

}
