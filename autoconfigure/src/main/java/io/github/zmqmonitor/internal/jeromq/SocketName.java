package io.github.zmqmonitor.internal.jeromq;

import io.github.zmqmonitor.model.ZmqSocketNaming.UnnamedSocket;
import org.jspecify.annotations.Nullable;

/**
 * The name that a socket has until it is given one by hand. Safe for use by any thread.
 */
final class SocketName {

	private final SocketNames names;

	private volatile UnnamedSocket socket;

	private volatile int version;

	private boolean replaced;

	SocketName(SocketNames names, UnnamedSocket socket) {
		this.names = names;
		this.socket = socket;
	}

	/**
	 * The class that made the socket, {@code null} if that isn't known.
	 */
	@Nullable String caller() {
		return this.socket.callerClass();
	}

	/** Find the name. Asks the application. */
	String find() {
		this.version = this.names.version();
		return this.names.name(this.socket);
	}

	/** Whether the name could be another by now. */
	boolean isOutdated() {
		return this.version != this.names.version();
	}

	/** The socket's context has a name. */
	void inContext(String context) {
		UnnamedSocket known = this.socket;
		if (known.context() == null) {
			this.socket = this.names.describe(known.callerClass(), context, known.type());
		}
	}

	/** The socket was given a name by hand. Guarded by the socket. */
	void replace() {
		this.replaced = true;
	}

	boolean isReplaced() {
		return this.replaced;
	}

}
