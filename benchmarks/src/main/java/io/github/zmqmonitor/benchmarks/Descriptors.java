package io.github.zmqmonitor.benchmarks;

import java.io.Closeable;
import java.lang.reflect.Field;

import zmq.SocketBase;

/**
 * Closes what a socket has open at the operating system, so that there can be 10,000 of
 * them: for sockets that see made-up events only, in a JVM that ends soon.
 */
final class Descriptors {

	private Descriptors() {
	}

	static void close(SocketBase socket) throws Exception {
		Field mailbox = SocketBase.class.getDeclaredField("mailbox");
		mailbox.setAccessible(true);
		((Closeable) mailbox.get(socket)).close();
	}

}
