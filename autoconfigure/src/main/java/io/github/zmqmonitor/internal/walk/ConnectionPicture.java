package io.github.zmqmonitor.internal.walk;

import io.github.zmqmonitor.internal.traffic.PipeCounts;
import org.jspecify.annotations.Nullable;

/**
 * A connection as JeroMQ has it. What it doesn't say is {@code null}.
 *
 * @param channel the channel, whose identity is the key
 * @param accepted whether a listener has accepted it
 * @param ready whether the handshake is over
 * @param zmtp the version of ZMTP
 * @param mechanism the security mechanism
 * @param type the type of the peer's socket
 * @param identity the identity of the peer
 * @param user the user that authentication has found
 * @param pipe the socket's end of its pipe, whose identity is a key
 * @param counts messages and queues
 */
public record ConnectionPicture(Object channel, boolean accepted, boolean ready, @Nullable String zmtp,
		@Nullable String mechanism, @Nullable String type, @Nullable String identity, @Nullable String user,
		@Nullable Object pipe, @Nullable PipeCounts counts) {

}
