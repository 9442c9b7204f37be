package io.github.zmqmonitor.model;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An event in the past of a socket.
 *
 * @param at when it happened
 * @param event the kind of event; {@link ZmqEventType#UNKNOWN} if it has none
 * @param address the address that JeroMQ gave with the event, {@code null} if none
 * @param value the value in words: an errno symbol, an ISO-8601 interval, a ZMTP version,
 * a protocol error, a status code, the reason why a connection ended or an unknown
 * event's code; {@code null} for events without one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ZmqEventSnapshot(Instant at, ZmqEventType event, @Nullable String address, @Nullable String value) {

}
