package io.github.zmqmonitor.conformance;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.zmqmonitor.monitor.MonitorFixture;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZMQ;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process with libzmq sockets, driven by commands.
 */
final class LibzmqPeer implements AutoCloseable {

	private final Process process;

	private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

	private final BufferedWriter input;

	private LibzmqPeer(Process process) {
		this.process = process;
		this.input = new BufferedWriter(process.outputWriter(StandardCharsets.UTF_8));
		Thread reader = new Thread(this::read, "libzmq-peer-" + process.pid());
		reader.setDaemon(true);
		reader.start();
	}

	private void read() {
		try (BufferedReader output = this.process.inputReader(StandardCharsets.UTF_8)) {
			output.lines().forEach(this.answers::add);
		}
		catch (IOException | UncheckedIOException ex) {
			// the process has ended
		}
	}

	/**
	 * Start a process; where libzmq for Python is not installed the test is skipped, or
	 * fails if peers are required.
	 */
	static LibzmqPeer start() {
		return start(List.of());
	}

	/**
	 * Start a process by another program, which becomes the process.
	 * @param launcher the program and its first arguments
	 */
	static LibzmqPeer start(List<String> launcher) {
		try {
			Needs.libzmq();
			Path script = Files.createTempFile("peer", ".py");
			script.toFile().deleteOnExit();
			try (InputStream resource = LibzmqPeer.class.getResourceAsStream("/peers/peer.py")) {
				Files.copy(resource, script, StandardCopyOption.REPLACE_EXISTING);
			}
			List<String> command = new ArrayList<>(launcher);
			command.addAll(List.of(Needs.PYTHON, script.toString()));
			LibzmqPeer peer = new LibzmqPeer(
					new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start());
			try {
				assertThat(peer.answer()).startsWith("ready 4.");
				return peer;
			}
			catch (AssertionError ex) {
				peer.close();
				throw ex;
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String command(String... words) {
		try {
			this.input.write(String.join(" ", words));
			this.input.newLine();
			this.input.flush();
			String answer = answer();
			assertThat(answer).as(String.join(" ", words)).isNotNull().doesNotStartWith("error");
			return answer;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Wait for the next line of the process, but not for ever.
	 * @return the line, or {@code null} if there is none
	 */
	private @Nullable String answer() {
		try {
			return this.answers.poll(MonitorFixture.LIMIT.toMinutes(), TimeUnit.MINUTES);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return null;
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

	/**
	 * Let a message pass to a ROUTER of this peer and back, which means that the
	 * handshake has ended on both sides.
	 */
	void exchange(ZMQ.Socket client, String server) {
		client.setReceiveTimeOut((int) MonitorFixture.LIMIT.toMillis());
		client.send("hello");
		assertThat(command("echo", server)).isEqualTo("ok");
		assertThat(client.recvStr()).isEqualTo("hello");
	}

	/**
	 * Close all sockets.
	 */
	void reset() {
		command("reset");
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
		// a command of the shell itself, which is there where no program of this name is
		assertThat(Needs.runs("/bin/sh", "-c", "kill -" + signal + " " + this.process.pid())).isTrue();
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
