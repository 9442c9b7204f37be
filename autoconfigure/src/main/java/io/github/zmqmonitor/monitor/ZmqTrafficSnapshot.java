package io.github.zmqmonitor.monitor;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What flows through a socket, as of the last sample.
 *
 * @param messagesSent whole messages sent; one to several peers counts for each
 * @param messagesReceived whole messages received
 * @param sent the queues outwards
 * @param received the queues inwards
 * @param lastActivity when a count was last seen to have changed, or {@code null} if
 * never
 * @param fullestPipes the fullest pipes, at most ten; empty if they weren't asked for
 */
public record ZmqTrafficSnapshot(long messagesSent, long messagesReceived, ZmqQueueSnapshot sent,
		ZmqQueueSnapshot received, @Nullable Instant lastActivity, List<ZmqPipeSnapshot> fullestPipes) {
}
