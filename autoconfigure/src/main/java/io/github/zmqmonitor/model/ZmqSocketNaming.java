package io.github.zmqmonitor.model;

import org.jspecify.annotations.Nullable;

/**
 * Names the sockets that are no beans and were given no name by hand. Beans of this type
 * are asked in their order, and the first that gives a name decides.
 * <p>
 * Called once per socket on the thread that creates it, within JeroMQ, so it should be
 * quick and wait for nothing; for sockets that are older than the naming, on the thread
 * that starts the application. It is never called on an I/O thread. Names are tags of
 * meters: sockets that do the same should share one. What it throws reaches nobody: the
 * socket has its default name then, and so it has if the name is blank.
 */
@FunctionalInterface
public interface ZmqSocketNaming {

	/**
	 * Name a socket.
	 * @param socket what is known of the socket
	 * @return the name, {@code null} to leave it to others
	 */
	@Nullable String name(UnnamedSocket socket);

	/**
	 * What is known of a socket when it is created.
	 *
	 * @param callerClass the name of the class that creates it, such as
	 * {@code com.example.Receiver}; {@code null} if it isn't known, or if it is one of
	 * JeroMQ, the JDK or Spring
	 * @param context the name of its context, {@code null} if that has none
	 * @param type the type in upper case, such as {@code ROUTER}
	 * @param defaultName the name that it has unless another is given
	 */
	record UnnamedSocket(@Nullable String callerClass, @Nullable String context, String type, String defaultName) {

	}

}
