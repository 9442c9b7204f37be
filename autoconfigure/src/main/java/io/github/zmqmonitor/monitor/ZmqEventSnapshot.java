package io.github.zmqmonitor.monitor;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * An event in the past of a socket.
 *
 * @param at when it happened
 * @param event the kind of event; {@link ZmqEventType#UNKNOWN} if it has none
 * @param address the address that JeroMQ gave with the event, possibly empty
 * @param value the value in words: an errno symbol, an ISO-8601 interval, a ZMTP version,
 * a protocol error, a status code or an unknown event's code; {@code null} for events
 * without one
 */
public record ZmqEventSnapshot(Instant at, ZmqEventType event, String address, @Nullable String value) {
}
