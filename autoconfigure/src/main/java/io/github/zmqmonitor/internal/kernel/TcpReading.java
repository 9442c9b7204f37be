package io.github.zmqmonitor.internal.kernel;

import org.jspecify.annotations.Nullable;

/**
 * What was last read of a connection, and how it is judged.
 *
 * @param connection what was read
 * @param judgement whether it stands still
 */
public record TcpReading(KernelConnection connection, Judgement judgement) {

	/**
	 * Judge what was read.
	 * @param before what was read before, {@code null} if nothing was
	 * @param now when it was read, in nanoseconds of the clock of who reads
	 */
	public static TcpReading of(KernelConnection connection, @Nullable TcpReading before, long now) {
		return new TcpReading(connection, Judgement.of(connection, (before != null) ? before.judgement() : null, now));
	}

}
