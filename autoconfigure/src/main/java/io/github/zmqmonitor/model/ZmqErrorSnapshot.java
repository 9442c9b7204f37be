package io.github.zmqmonitor.model;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The last error of an endpoint.
 *
 * @param operation what failed: {@code bind}, {@code connect}, {@code accept},
 * {@code close} or {@code handshake}
 * @param error the symbol of the errno ({@code EADDRINUSE}), {@code UNKNOWN_HOST} where a
 * name could not be resolved, or the reason of a failed handshake ({@code protocol},
 * {@code auth}, {@code no_detail})
 * @param detail the status code or protocol error of a failed handshake, or what JeroMQ
 * said when it refused a call; otherwise {@code null}
 * @param at when it last happened
 * @param count how often this operation failed with this error
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ZmqErrorSnapshot(String operation, String error, @Nullable String detail, Instant at, long count) {

}
