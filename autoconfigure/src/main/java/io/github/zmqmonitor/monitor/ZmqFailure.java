package io.github.zmqmonitor.monitor;

/**
 * A kind of failure of an endpoint.
 *
 * @param operation what failed: {@code bind}, {@code accept} or {@code close}
 * @param error the symbol of the errno, such as {@code EADDRINUSE}
 */
public record ZmqFailure(String operation, String error) {
}
