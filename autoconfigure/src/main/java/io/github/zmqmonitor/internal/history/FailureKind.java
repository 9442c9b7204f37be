package io.github.zmqmonitor.internal.history;

import org.jspecify.annotations.Nullable;

/**
 * A kind of failure of an endpoint.
 *
 * @param operation what failed: {@code bind}, {@code accept} or {@code close}
 * @param error the symbol of the errno, such as {@code EADDRINUSE}
 */
public record FailureKind(String operation, String error) {

}
