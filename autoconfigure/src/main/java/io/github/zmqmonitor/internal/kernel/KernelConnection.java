package io.github.zmqmonitor.internal.kernel;

import org.jspecify.annotations.Nullable;

/**
 * An established TCP connection, or a listener, as the kernel has it at one moment.
 *
 * @param inode the number of its socket, which tells it from an earlier or later
 * connection of the same addresses and ports
 * @param peerClosed whether the peer has said that it sends no more
 * @param timer what the kernel waits for
 * @param timerMillis how long until it acts, in milliseconds
 * @param timeoutMillis how long it waits for an answer at first, in milliseconds
 * @param retransmits how often the oldest bytes were sent again, in a row
 * @param probes how many probes of a closed window are unanswered, in a row
 * @param unacknowledged bytes that the application has handed over and the peer's kernel
 * has not acknowledged, sent or not
 * @param unread bytes that have arrived and the application has not read; of a listener
 * the connections that it has not accepted
 * @param info what only netlink tells, otherwise {@code null}
 */
public record KernelConnection(long inode, boolean peerClosed, Timer timer, long timerMillis, long timeoutMillis,
		int retransmits, int probes, long unacknowledged, long unread, @Nullable TcpInfo info) {

	/**
	 * Bytes of data that the peer's kernel has acknowledged, {@code null} if not known.
	 * @param accepted whether this side has accepted the connection: the kernel counts
	 * what opens a connection as a byte of the side that does
	 */
	public @Nullable Long bytesSent(boolean accepted) {
		TcpInfo info = this.info;
		return (info != null) ? (Long) Math.max(0, info.acknowledged() - (accepted ? 0 : 1)) : null;
	}

	/**
	 * Bytes of data that have arrived in order, {@code null} if not known. The kernel
	 * counts the end of a connection as one more.
	 */
	public @Nullable Long bytesReceived() {
		TcpInfo info = this.info;
		return (info != null) ? (Long) Math.max(0, info.received() - (this.peerClosed ? 1 : 0)) : null;
	}

	/** What the kernel waits for. */
	public enum Timer {

		/** Nothing, or nothing that matters here. */
		NONE,

		/** To send again what was not acknowledged. */
		RETRANSMIT,

		/** To ask whether the window, which is closed, has opened. */
		WINDOW_PROBE;

		/** The timer of this number in netlink and in the tables. */
		static Timer of(int number) {
			return switch (number) {
				case 1 -> RETRANSMIT;
				case 4 -> WINDOW_PROBE;
				default -> NONE;
			};
		}

	}

}
