package io.github.zmqmonitor.internal.libzmq;

import io.github.zmqmonitor.internal.rules.TrackedChannel;
import org.jspecify.annotations.Nullable;

/**
 * A listener or a connection of a socket outside this JVM: what a channel is for a socket
 * inside. Its identity is the key; whoever reports events keeps it as long as the
 * descriptor means the same. Safe for use by any thread.
 */
final class NativeChannel implements TrackedChannel {

	private final boolean listener;

	private final @Nullable String remote;

	private final @Nullable String local;

	private volatile boolean open = true;

	private NativeChannel(boolean listener, @Nullable String remote, @Nullable String local) {
		this.listener = listener;
		this.remote = remote;
		this.local = local;
	}

	/**
	 * Return a new listener.
	 * @return the listener
	 */
	static NativeChannel listener() {
		return new NativeChannel(true, null, null);
	}

	/**
	 * Return a new connection.
	 * @param remote host and port of the peer, or {@code null} if not known
	 * @param local host and port of this side, or {@code null} if not known
	 * @return the connection
	 */
	static NativeChannel connection(@Nullable String remote, @Nullable String local) {
		return new NativeChannel(false, remote, local);
	}

	/**
	 * The channel has ended without an event, which counts as closed by its own side.
	 */
	void close() {
		this.open = false;
	}

	@Override
	public boolean isOpen() {
		return this.open;
	}

	@Override
	public boolean isListener() {
		return this.listener;
	}

	@Override
	public @Nullable String remote() {
		return this.remote;
	}

	@Override
	public @Nullable String local() {
		return this.local;
	}

}
