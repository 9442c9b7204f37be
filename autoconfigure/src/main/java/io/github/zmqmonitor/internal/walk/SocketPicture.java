package io.github.zmqmonitor.internal.walk;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

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

}
