package io.github.zmqmonitor.internal.rules;

import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;

import org.jspecify.annotations.Nullable;

/**
 * A listener or a connection that is no channel of this JVM. Its identity is the key.
 */
public interface TrackedChannel {

	/** Whether it has not ended. */
	boolean isOpen();

	/** Whether it is a listener. */
	boolean isListener();

	/**
	 * Host and port of the peer, {@code null} if not known.
	 */
	@Nullable String remote();

	/**
	 * Host and port of this side, {@code null} if not known.
	 */
	@Nullable String local();

	/** Whether a channel has not ended, be it one of this JVM or not. */
	static boolean isOpen(Object channel) {
		if (channel instanceof TrackedChannel outside) {
			return outside.isOpen();
		}
		return !(channel instanceof SelectableChannel selectable) || selectable.isOpen();
	}

	/** Whether a channel is a listener, be it one of this JVM or not. */
	static boolean isListener(@Nullable Object channel) {
		return channel instanceof ServerSocketChannel
				|| (channel instanceof TrackedChannel outside && outside.isListener());
	}

}
