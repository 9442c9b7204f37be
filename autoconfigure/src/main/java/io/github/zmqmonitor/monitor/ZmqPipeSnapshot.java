package io.github.zmqmonitor.monitor;

/**
 * A pipe of a socket: the queues to and from one peer.
 *
 * @param sent the queue outwards
 * @param received the queue inwards
 */
public record ZmqPipeSnapshot(ZmqQueueSnapshot sent, ZmqQueueSnapshot received) {
}
