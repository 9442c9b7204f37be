package io.github.zmqmonitor.internal.traffic;

import java.time.Instant;
import java.util.List;

import io.github.zmqmonitor.model.ZmqMessages;
import io.github.zmqmonitor.model.ZmqQueues;
import org.jspecify.annotations.Nullable;

/**
 * What flows through a socket, as of the last sample.
 *
 * @param messages whole messages
 * @param queues the queues
 * @param lastActivity when a count was last seen to have changed, {@code null} if never
 * @param fullest the fullest queues, at most ten; {@code null} if they weren't asked for
 */
public record TrafficView(ZmqMessages messages, ZmqQueues queues, @Nullable Instant lastActivity,
		@Nullable List<ZmqQueues> fullest) {

}
