package io.github.zmqmonitor.monitor;

import org.jspecify.annotations.Nullable;

/**
 * A listener or a connection of a socket outside this JVM: what a channel is for a socket
 * inside. Its identity is the key; whoever reports events keeps it as long as the
 * descriptor means the same. Safe for use by any thread.
 */
public final class ZmqNativeChannel {

	private final boolean listener;

	private final @Nullable String remote;

	private final @Nullable String local;

	private volatile boolean open = true;

	private ZmqNativeChannel(boolean listener, @Nullable String remote, @Nullable String local) {
		this.listener = listener;
		this.remote = remote;
		this.local = local;
	}

	/**
	 * Return a new listener.
	 * @return the listener
	 */
	public static ZmqNativeChannel listener() {
		return new ZmqNativeChannel(true, null, null);
	}

	/**
	 * Return a new connection.
	 * @param remote host and port of the peer, or {@code null} if not known
	 * @param local host and port of this side, or {@code null} if not known
	 * @return the connection
	 */
	public static ZmqNativeChannel connection(@Nullable String remote, @Nullable String local) {
		return new ZmqNativeChannel(false, remote, local);
	}

	/**
	 * The channel has ended without an event, which counts as closed by its own side.
	 */
	public void close() {
		this.open = false;
	}

	boolean isOpen() {
		return this.open;
	}

	boolean isListener() {
		return this.listener;
	}

	@Nullable String remote() {
		return this.remote;
	}

	@Nullable String local() {
		return this.local;
	}

}
