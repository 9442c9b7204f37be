package io.github.zmqmonitor.model;

/**
 * Whole messages through a socket, or to and from one peer.
 *
 * @param sent messages sent; one to several peers counts for each
 * @param received messages received
 */
public record ZmqMessages(long sent, long received) {

}
