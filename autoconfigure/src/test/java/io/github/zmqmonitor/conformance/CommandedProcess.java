package io.github.zmqmonitor.conformance;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.github.zmqmonitor.monitor.MonitorFixture;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process that is driven by lines, each of which it answers with one.
 */
final class CommandedProcess implements AutoCloseable {

	private final Process process;

	private final Predicate<String> answering;

	private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

	private final BufferedWriter input;

	/**
	 * Take a process.
	 * @param answering whether a line is an answer; called for each, by a thread that
	 * reads
	 */
	CommandedProcess(Process process, Predicate<String> answering) {
		this.process = process;
		this.answering = answering;
		this.input = process.outputWriter(StandardCharsets.UTF_8);
		Thread reader = new Thread(this::read, "commanded-" + process.pid());
		reader.setDaemon(true);
		reader.start();
	}

	private void read() {
		try (BufferedReader output = this.process.inputReader(StandardCharsets.UTF_8)) {
			output.lines().filter(this.answering).forEach(this.answers::add);
		}
		catch (IOException | UncheckedIOException ex) {
			// the process has ended
		}
	}

	@Nullable String command(String... words) {
		try {
			this.input.write(String.join(" ", words));
			this.input.newLine();
			this.input.flush();
			return answer();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Wait for the next answer of the process, but not for ever.
	 * @return the line, or {@code null} if there is none
	 */
	@Nullable String answer() {
		try {
			return this.answers.poll(MonitorFixture.LIMIT.toMinutes(), TimeUnit.MINUTES);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return null;
		}
	}

	void signal(String signal) {
		// a command of the shell itself, which is there where no program of this name is
		assertThat(Needs.runs("/bin/sh", "-c", "kill -" + signal + " " + this.process.pid())).isTrue();
	}

	/** Wait until the process has ended. */
	void awaitEnd() throws InterruptedException {
		assertThat(this.process.waitFor(MonitorFixture.LIMIT.toMinutes(), TimeUnit.MINUTES)).isTrue();
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
