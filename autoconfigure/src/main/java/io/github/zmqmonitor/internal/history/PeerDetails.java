package io.github.zmqmonitor.internal.history;

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

}
