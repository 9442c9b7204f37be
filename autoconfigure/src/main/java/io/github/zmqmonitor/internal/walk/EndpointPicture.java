package io.github.zmqmonitor.internal.walk;

import java.util.List;

import org.jspecify.annotations.Nullable;
import zmq.Own;

/**
 * An endpoint of a socket as JeroMQ has it.
 *
 * @param key as the application wrote it if connected, as resolved if bound
 * @param bound whether it is bound, or connected
 * @param owner the listener or session, whose identity is the key
 * @param waiting the interval of the retry whose timer runs, in milliseconds,
 * {@code null} if none does
 * @param abandoned whether nothing happens any more: neither an attempt nor a connection.
 * That is so for a moment in between too
 * @param connections its connections
 */
public record EndpointPicture(String key, boolean bound, Own owner, @Nullable Integer waiting, boolean abandoned,
		List<ConnectionPicture> connections) {

}
