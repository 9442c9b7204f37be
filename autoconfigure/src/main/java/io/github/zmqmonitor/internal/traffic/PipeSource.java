package io.github.zmqmonitor.internal.traffic;

import org.jspecify.annotations.Nullable;

/**
 * Reads the pipes of one socket. Never throws and waits for nobody.
 */
public interface PipeSource {

	/**
	 * Copy the set of pipes. It belongs to the thread that owns the socket; elsewhere a
	 * copy can fail.
	 * @return the pipes, {@code null} if they are changing just now
	 */
	Object @Nullable [] pipes();

	/** Read the numbers of a pipe, of an ended one too. */
	PipeCounts counts(Object pipe);

}
