package io.github.zmqmonitor.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

import io.github.zmqmonitor.monitor.MonitorFixture;
import org.zeromq.ZMQ;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process with libzmq sockets, driven by commands.
 */
final class LibzmqPeer implements AutoCloseable {

	private final CommandedProcess process;

	private LibzmqPeer(Process process) {
		this.process = new CommandedProcess(process, (line) -> true);
	}

	/**
	 * Start a process; where libzmq for Python is not installed the test is skipped, or
	 * fails if peers are required.
	 */
	static LibzmqPeer start() {
		return start(List.of());
	}

	/**
	 * Start a process by another command, which has to become that process.
	 * @param prefix what stands before the command
	 */
	static LibzmqPeer start(List<String> prefix) {
		try {
			Needs.libzmq();
			Path script = Files.createTempFile("peer", ".py");
			script.toFile().deleteOnExit();
			try (InputStream resource = LibzmqPeer.class.getResourceAsStream("/peers/peer.py")) {
				Files.copy(resource, script, StandardCopyOption.REPLACE_EXISTING);
			}
			List<String> command = new ArrayList<>(prefix);
			command.addAll(List.of(Needs.PYTHON, script.toString()));
			LibzmqPeer peer = new LibzmqPeer(
					new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start());
			try {
				assertThat(peer.process.answer()).startsWith("ready 4.");
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
		String answer = this.process.command(words);
		assertThat(answer).as(String.join(" ", words)).isNotNull().doesNotStartWith("error");
		return answer;
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
		this.process.signal("KILL");
		this.process.awaitEnd();
	}

	void freeze() {
		this.process.signal("STOP");
	}

	void thaw() {
		this.process.signal("CONT");
	}

	@Override
	public void close() {
		this.process.close();
	}

}
