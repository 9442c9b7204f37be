package io.github.zmqmonitor.monitor;

import org.zeromq.ZMQ;

/**
 * The transports that JeroMQ has for all types.
 */
enum Transport {

	TCP, IPC, INPROC;

	/**
	 * Bind a socket.
	 * @return what to connect to
	 */
	String bind(ZMQ.Socket socket) {
		String endpoint = switch (this) {
			case TCP -> "tcp://127.0.0.1:*";
			case IPC -> MonitorFixture.freeIpcEndpoint();
			case INPROC -> "inproc://" + System.nanoTime();
		};
		socket.bind(endpoint);
		return (this == TCP) ? socket.getLastEndpoint() : endpoint;
	}

}
