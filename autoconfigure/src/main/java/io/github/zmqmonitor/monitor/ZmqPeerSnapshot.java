package io.github.zmqmonitor.monitor;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A live connection.
 *
 * @param remote the address of the peer, or {@code null} if it can't be told
 * @param local the address on this side, or {@code null} if it can't be told
 * @param since when the connection was established
 * @param zmtp the ZMTP version of the peer, or {@code null} if it can't be told: JeroMQ's
 * handshake events don't say which connection they belong to
 */
public record ZmqPeerSnapshot(@Nullable String remote, @Nullable String local, Instant since, @Nullable String zmtp) {
}
