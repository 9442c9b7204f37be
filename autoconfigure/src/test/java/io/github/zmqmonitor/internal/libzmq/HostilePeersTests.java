package io.github.zmqmonitor.internal.libzmq;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections that want the memory of the whole JVM, to a receiver in a JVM of its own.
 */
class HostilePeersTests {

	private static final int MANY_BYTES = 96 * 1024 * 1024;

	@ParameterizedTest
	@ValueSource(ints = { 0, 900, 60_000 })
	void aMessageWithoutAnEndIsRefusedAndTheReceiverGoesOn(int size) throws Exception {
		Process process = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-Xmx32m", "-cp",
				System.getProperty("java.class.path"), ReceiverProcess.class.getName())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		try {
			BufferedReader output = process.inputReader();
			String address = output.readLine();
			try (RawPeer peer = new RawPeer(address)) {
				peer.greet();
				assertThat(writeEndlessly(peer, new byte[size])).isLessThan(MANY_BYTES);
			}
			try (RawPeer peer = new RawPeer(address)) {
				peer.greet().message(ForwardedMessages.heartbeat("orders", "REP"));
				await().untilAsserted(() -> assertThat(sources(process.outputWriter(), output)).isEqualTo("1"));
			}
		}
		finally {
			process.destroyForcibly().waitFor();
		}
	}

	private static int writeEndlessly(RawPeer peer, byte[] frame) {
		int written = 0;
		try {
			while (written < MANY_BYTES) {
				peer.more(frame);
				written += frame.length + 160;
			}
		}
		catch (IOException ex) {
			// refused
		}
		return written;
	}

	private static String sources(BufferedWriter input, BufferedReader output) throws IOException {
		input.write("\n");
		input.flush();
		return output.readLine();
	}

}
