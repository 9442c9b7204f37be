package io.github.zmqmonitor.model;

/**
 * Queues in both directions: of a socket, or to and from one peer.
 *
 * @param sent the queues outwards
 * @param received the queues inwards
 */
public record ZmqQueues(ZmqQueueSnapshot sent, ZmqQueueSnapshot received) {

}
