package io.github.zmqmonitor.sample;

import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/**
 * Makes the sockets of the sample.
 */
final class Sockets {

	/** How long a receive waits, in milliseconds, before its thread looks around. */
	private static final int TIMEOUT = 200;

	private Sockets() {
	}

	static ZMQ.Socket create(ZContext context, SocketType type) {
		ZMQ.Socket socket = context.createSocket(type);
		socket.setReceiveTimeOut(TIMEOUT);
		socket.setSendTimeOut(TIMEOUT);
		return socket;
	}

	static ZMQ.Socket bind(ZMQ.Socket socket, String property, int port) {
		return bind(socket, property, "tcp://*:" + port);
	}

	static ZMQ.Socket bind(ZMQ.Socket socket, String property, String endpoint) {
		try {
			socket.bind(endpoint);
			return socket;
		}
		catch (ZMQException ex) {
			throw new PortTakenException(property, endpoint, ex);
		}
	}

	static ZMQ.Socket connect(ZMQ.Socket socket, SampleProperties properties, int port) {
		socket.connect("tcp://" + properties.serverHost() + ":" + port);
		return socket;
	}

	/**
	 * Takes the next message, if one comes in time, as a step of a {@link Worker}.
	 */
	static long receive(ZMQ.Socket socket) {
		socket.recv();
		return 0;
	}

}
