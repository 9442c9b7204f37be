package io.github.zmqmonitor.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The queues of a socket in one direction.
 *
 * @param size messages waiting in all of them
 * @param limit the smallest high-water mark among them, {@code null} if none has one
 * @param utilization the fullest queue against its high-water mark, 0 to 1, {@code null}
 * if none has one
 * @param full how many are at their high-water mark
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ZmqQueueSnapshot(long size, @Nullable Integer limit, @Nullable Double utilization, int full) {

}
