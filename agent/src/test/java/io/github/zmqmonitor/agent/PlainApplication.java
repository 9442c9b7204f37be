package io.github.zmqmonitor.agent;

import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * An application without Spring and without the library.
 */
final class PlainApplication {

	private PlainApplication() {
	}

	public static void main(String[] arguments) {
		try (ZContext context = new ZContext()) {
			ZMQ.Socket pull = context.createSocket(SocketType.PULL);
			pull.bind("tcp://127.0.0.1:*");
			ZMQ.Socket push = context.createSocket(SocketType.PUSH);
			push.connect(pull.getLastEndpoint());
			push.send("message");
			System.out.println("RESULT " + pull.recvStr());
		}
	}

}
