package io.github.zmqmonitor.internal.instrument;

import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * An application that needs its sockets to work.
 */
public final class RoundTrip {

	private RoundTrip() {
	}

	/**
	 * Send a message from one socket to another.
	 * @param arguments ignored
	 */
	public static void main(String[] arguments) {
		try (ZContext context = new ZContext()) {
			ZMQ.Socket pull = context.createSocket(SocketType.PULL);
			pull.setReceiveTimeOut(30_000);
			int port = bind(pull);
			ZMQ.Socket push = context.createSocket(SocketType.PUSH);
			push.connect("tcp://127.0.0.1:" + port);
			push.send("message");
			if (!"message".equals(pull.recvStr()) || !push.disconnect("tcp://127.0.0.1:" + port)) {
				throw new IllegalStateException("The message is lost");
			}
		}
	}

	/**
	 * Bind to a free port. To bind to a random one can fail first, which is an event.
	 * @return the port
	 */
	static int bind(ZMQ.Socket socket) {
		socket.bind("tcp://127.0.0.1:*");
		String endpoint = socket.getLastEndpoint();
		return Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
	}

}
