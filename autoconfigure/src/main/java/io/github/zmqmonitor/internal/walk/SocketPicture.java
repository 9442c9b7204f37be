package io.github.zmqmonitor.internal.walk;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import zmq.Own;

/**
 * A socket as JeroMQ has it, seen in one walk.
 *
 * @param endpoints its endpoints, without those of inproc
 * @param detached connections of endpoints that are no more
 */
public record SocketPicture(List<EndpointPicture> endpoints, List<ConnectionPicture> detached) {

	/** All connections by their channel, compared by identity. */
	public Map<Object, ConnectionPicture> connections() {
		Map<Object, ConnectionPicture> connections = new IdentityHashMap<>();
		this.endpoints.forEach((endpoint) -> endpoint.connections()
			.forEach((connection) -> connections.put(connection.channel(), connection)));
		this.detached.forEach((connection) -> connections.put(connection.channel(), connection));
		return connections;
	}

	/**
	 * The endpoints that have connected, as the application wrote them, by the channel of
	 * their connections, compared by identity.
	 */
	public Map<Object, String> connectedBy() {
		Map<Object, String> written = new IdentityHashMap<>();
		for (EndpointPicture endpoint : this.endpoints) {
			if (!endpoint.bound()) {
				endpoint.connections().forEach((connection) -> written.put(connection.channel(), endpoint.key()));
			}
		}
		return written;
	}

	/**
	 * The endpoint of this owner, {@code null} if there is none.
	 */
	public @Nullable EndpointPicture ownedBy(Object owner) {
		for (EndpointPicture endpoint : this.endpoints) {
			if (endpoint.owner() == owner) {
				return endpoint;
			}
		}
		return null;
	}

	/**
	 * An endpoint of a socket as JeroMQ has it.
	 *
	 * @param key as the application wrote it if connected, as resolved if bound
	 * @param bound whether it is bound, or connected
	 * @param owner the listener or session, whose identity is the key
	 * @param abandoned whether nothing happens any more: neither an attempt nor a
	 * connection. That is so for a moment in between too
	 * @param waiting whether the next attempt is scheduled
	 * @param connections its connections
	 */
	public record EndpointPicture(String key, boolean bound, Own owner, boolean abandoned, boolean waiting,
			List<ConnectionPicture> connections) {

	}

}
