package io.github.zmqmonitor.monitor;

import org.jspecify.annotations.Nullable;

/**
 * What never changes about a socket.
 *
 * @param id type and number, unique in this process
 * @param number the number, in order of creation
 * @param type the type in upper case
 * @param context the name of its context, or {@code null} if it has none
 */
record SocketIdentity(String id, long number, String type, @Nullable String context) {
}
