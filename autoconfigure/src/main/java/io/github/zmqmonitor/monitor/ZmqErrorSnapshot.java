package io.github.zmqmonitor.monitor;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The last error of an endpoint.
 *
 * @param operation what failed: {@code bind}, {@code accept}, {@code close} or
 * {@code handshake}
 * @param error the symbol of the errno ({@code EADDRINUSE}), or the reason of a failed
 * handshake ({@code protocol}, {@code auth}, {@code no_detail})
 * @param detail the status code or protocol error of a failed handshake, otherwise
 * {@code null}
 * @param at when it last happened
 * @param count how often this operation failed with this error
 */
public record ZmqErrorSnapshot(String operation, String error, @Nullable String detail, Instant at, long count) {
}
