package io.github.zmqmonitor.internal.rules;

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

}
