package io.github.zmqmonitor.internal.history;

import java.util.regex.Pattern;

import io.github.zmqmonitor.model.ZmqMessages;
import org.jspecify.annotations.Nullable;

/**
 * What is seen of the peer of a connection beyond events, each {@code null} if it isn't.
 *
 * @param ready whether the handshake is over
 * @param type the type of the peer's socket
 * @param identity the identity of the peer
 * @param user the user that authentication has found
 * @param messages whole messages through this connection, {@code null} too where the
 * queues outlive it, as those of a connecting endpoint do
 */
public record PeerDetails(boolean ready, @Nullable String type, @Nullable String identity, @Nullable String user,
		@Nullable ZmqMessages messages) {

	/** Of five bytes, the first of which is 0. */
	private static final Pattern MADE_UP = Pattern.compile("00[0-9a-f]{8}");

	/**
	 * The identity that the peer has chosen, {@code null} if the library has made one up.
	 */
	public @Nullable String chosenIdentity() {
		return (this.identity != null && !MADE_UP.matcher(this.identity).matches()) ? this.identity : null;
	}

}
