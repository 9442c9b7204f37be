package io.github.zmqmonitor.internal.walk;

import java.util.List;

import zmq.Own;

/**
 * An endpoint of a socket as JeroMQ has it.
 *
 * @param key as the application wrote it if connected, as resolved if bound
 * @param bound whether it is bound, or connected
 * @param owner the listener or session, whose identity is the key
 * @param abandoned whether nothing happens any more: neither an attempt nor a connection.
 * That is so for a moment in between too
 * @param connections its connections
 */
public record EndpointPicture(String key, boolean bound, Own owner, boolean abandoned,
		List<ConnectionPicture> connections) {

}
