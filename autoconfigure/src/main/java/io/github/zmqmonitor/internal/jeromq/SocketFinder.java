package io.github.zmqmonitor.internal.jeromq;

import org.jspecify.annotations.Nullable;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * A way to find the sockets of a monitor. Safe for use by any thread.
 */
public interface SocketFinder {

	/**
	 * Follow all sockets that are made through a context from now on.
	 * @return what to use in place of the context
	 */
	ZContext context(String name, ZContext context, @Nullable ClassLoader classLoader);

	/**
	 * Give the sockets of a context the name of that context. Where contexts are followed
	 * by proxies there is none for this kind.
	 */
	default void context(String name, ZMQ.Context context) {
	}

	/**
	 * Follow a socket, or give it another name.
	 * @return what to use in place of the socket
	 */
	ZMQ.Socket socket(String name, ZMQ.Socket socket);

	/** How many events did not reach hooks of the application. */
	default long droppedFromHooks() {
		return 0;
	}

	/** The monitor has ended. Sockets stay as they are. */
	void stop();

}
