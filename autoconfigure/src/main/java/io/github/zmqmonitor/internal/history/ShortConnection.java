package io.github.zmqmonitor.internal.history;

import io.github.zmqmonitor.model.ZmqSocketEvent.EndReason;
import org.jspecify.annotations.Nullable;

/**
 * A connection of short life.
 *
 * @param endpoint the endpoint as the application wrote it
 * @param accepted whether a listener had accepted it
 * @param progress how far it came
 * @param reason why it ended, {@code null} if that isn't known
 */
public record ShortConnection(String endpoint, boolean accepted, Progress progress, @Nullable EndReason reason) {

}
