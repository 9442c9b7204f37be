package io.github.zmqmonitor.internal.diagnostics;

import org.jspecify.annotations.Nullable;

/**
 * What the library's own objects say for sure.
 *
 * @param unsubscribed whether a socket that subscribes has subscribed to nothing,
 * {@code null} for other types and if that isn't known
 * @param ready how many connections are ready at one and the same moment
 * @param sameIdentity whether two of them have the same identity and the socket ignores
 * the later one
 */
public record SocketFacts(@Nullable Boolean unsubscribed, int ready, boolean sameIdentity) {

}
