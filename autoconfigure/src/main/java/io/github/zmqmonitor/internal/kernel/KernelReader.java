package io.github.zmqmonitor.internal.kernel;

import java.util.Collection;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Reads what the kernel knows of TCP connections. Never throws, never waits for anything
 * but the kernel. For one thread at a time.
 */
public interface KernelReader {

	/**
	 * Read connections.
	 * @param connections those of interest
	 * @return what is known of those that are established, {@code null} if nothing can be
	 * read just now
	 */
	@Nullable Map<TcpTuple, KernelConnection> read(Collection<TcpTuple> connections);

	/** Whether it reads more than queues and timers. */
	boolean readsInfo();

}
