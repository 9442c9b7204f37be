package io.github.zmqmonitor.internal.diagnostics;

import org.zeromq.ZMQ;

/**
 * Options of a socket, as of when its owner last touched them. Times are in milliseconds.
 */
public record SocketOptions(int linger, int reconnectInterval, int heartbeatInterval, int heartbeatTimeout, int sendLimit,
		int receiveLimit, String mechanism, boolean lossless) {

	/**
	 * Read the options. Called on the thread that owns the socket.
	 * @param lossless whether the socket was told to refuse what it can't send
	 */
	public static SocketOptions of(ZMQ.Socket socket, boolean lossless) {
		return new SocketOptions(socket.getLinger(), socket.getReconnectIVL(), socket.getHeartbeatIvl(),
				socket.getHeartbeatTimeout(), socket.getSndHWM(), socket.getRcvHWM(), socket.getMechanism().name(),
				lossless);
	}

	/**
	 * Whether JeroMQ's timer overlooks frozen peers. A timeout of -1, the default, stands
	 * for the interval, and one of 0 for none.
	 */
	public boolean overlooksFrozenPeers() {
		return this.heartbeatInterval > 0
				&& (this.heartbeatTimeout <= 0 || this.heartbeatTimeout >= this.heartbeatInterval);
	}

}
