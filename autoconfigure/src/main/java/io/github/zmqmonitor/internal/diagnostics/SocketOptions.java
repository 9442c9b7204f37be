package io.github.zmqmonitor.internal.diagnostics;

/**
 * Options of a socket, as they are. Times are in milliseconds.
 */
public record SocketOptions(int linger, int reconnectInterval, int heartbeatInterval, int heartbeatTimeout,
		int sendLimit, int receiveLimit, String mechanism, boolean lossless) {

	/**
	 * Whether JeroMQ's timer overlooks frozen peers. A timeout of -1, the default, stands
	 * for the interval, and one of 0 for none.
	 */
	public boolean overlooksFrozenPeers() {
		return this.heartbeatInterval > 0
				&& (this.heartbeatTimeout <= 0 || this.heartbeatTimeout >= this.heartbeatInterval);
	}

}
