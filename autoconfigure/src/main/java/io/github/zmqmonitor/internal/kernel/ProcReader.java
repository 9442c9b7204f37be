package io.github.zmqmonitor.internal.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tables of all TCP sockets of the network namespace, up to a number of lines.
 */
final class ProcReader implements KernelReader {

	private static final Log logger = LogFactory.getLog("io.github.zmqmonitor.monitor.ZmqMonitor");

	private final Path folder;

	private final int maxLines;

	private boolean told;

	/**
	 * Create a reader.
	 * @param folder where the tables are
	 * @param maxLines how many lines they may have together
	 */
	ProcReader(Path folder, int maxLines) {
		this.folder = folder;
		this.maxLines = maxLines;
	}

	/** Whether the tables are there. */
	boolean isUsable() {
		return Files.isReadable(this.folder.resolve("tcp"));
	}

	@Override
	public @Nullable Map<TcpTuple, KernelConnection> read(Collection<TcpTuple> connections) {
		ProcLines lines = new ProcLines(connections);
		try {
			int left = this.maxLines;
			// most sockets of Java are in the table of IPv6, whatever they are used for
			for (String table : new String[] { "tcp6", "tcp" }) {
				Path file = this.folder.resolve(table);
				if (!lines.areComplete() && Files.isReadable(file)) {
					left = read(file, lines, left);
				}
			}
			if (left < 0) {
				tell("the tables of TCP sockets have more lines than zmq.monitor.kernel.max-lines (" + this.maxLines
						+ ")");
				return null;
			}
			return lines.found();
		}
		catch (IOException | RuntimeException ex) {
			tell(ex.toString());
			return null;
		}
	}

	private static int read(Path file, ProcLines lines, int limit) throws IOException {
		int left = limit;
		try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
			reader.readLine();
			for (String line = reader.readLine(); line != null && left >= 0; line = reader.readLine()) {
				lines.take(line);
				left--;
				if (lines.areComplete()) {
					return left;
				}
			}
		}
		return left;
	}

	private void tell(String reason) {
		if (!this.told) {
			this.told = true;
			logger.info("What the kernel knows of TCP connections is not read at times: " + reason);
		}
	}

	@Override
	public boolean readsInfo() {
		return false;
	}

}
