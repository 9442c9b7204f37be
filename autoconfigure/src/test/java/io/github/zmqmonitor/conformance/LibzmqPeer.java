package io.github.zmqmonitor.conformance;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import org.junit.jupiter.api.Assumptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process with libzmq sockets, driven by commands.
 */
final class LibzmqPeer implements AutoCloseable {

	private static final String PYTHON = "/usr/bin/python3";

	private final Process process;

	private final BufferedReader output;

	private final BufferedWriter input;

	private LibzmqPeer(Process process) {
		this.process = process;
		this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
		this.input = new BufferedWriter(process.outputWriter(StandardCharsets.UTF_8));
	}

	/**
	 * Start a process; where libzmq for Python is not installed the test is skipped, or
	 * fails if peers are required.
	 */
	static LibzmqPeer start() {
		try {
			requireLibzmq();
			Path script = Files.createTempFile("peer", ".py");
			script.toFile().deleteOnExit();
			try (InputStream resource = LibzmqPeer.class.getResourceAsStream("/peers/peer.py")) {
				Files.copy(resource, script, StandardCopyOption.REPLACE_EXISTING);
			}
			LibzmqPeer peer = new LibzmqPeer(
					new ProcessBuilder(PYTHON, script.toString()).redirectError(ProcessBuilder.Redirect.DISCARD)
						.start());
			assertThat(peer.output.readLine()).startsWith("ready 4.");
			return peer;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void requireLibzmq() {
		boolean there = new File(PYTHON).canExecute() && runs(PYTHON, "-c", "import zmq");
		if (Boolean.getBoolean("zmqmonitor.require-peers")) {
			assertThat(there).as("python3-zmq is required but not installed").isTrue();
		}
		Assumptions.assumeTrue(there, "skipped: needs libzmq for Python (Debian's python3-zmq)");
	}

	private static boolean runs(String... command) {
		try {
			return new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start()
				.waitFor() == 0;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	String command(String... words) {
		try {
			this.input.write(String.join(" ", words));
			this.input.newLine();
			this.input.flush();
			String answer = this.output.readLine();
			assertThat(answer).as(String.join(" ", words)).isNotNull().doesNotStartWith("error");
			return answer;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Make a socket and connect it.
	 */
	LibzmqPeer connected(String name, String type, String address) {
		command("socket", name, type);
		command("connect", name, address);
		return this;
	}

	/**
	 * Make a socket and bind it.
	 * @return its address
	 */
	String bound(String name, String type, String address) {
		command("socket", name, type);
		return command("bind", name, address);
	}

	void kill() throws InterruptedException {
		signal("KILL");
		this.process.waitFor();
	}

	void freeze() {
		signal("STOP");
	}

	void thaw() {
		signal("CONT");
	}

	private void signal(String signal) {
		assertThat(runs("/bin/kill", "-" + signal, Long.toString(this.process.pid()))
				|| runs("/usr/bin/kill", "-" + signal, Long.toString(this.process.pid())))
			.isTrue();
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
		try {
			this.process.waitFor();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
