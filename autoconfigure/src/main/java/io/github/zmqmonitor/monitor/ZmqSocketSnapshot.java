package io.github.zmqmonitor.monitor;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A socket at one moment.
 *
 * @param id type and number, unique in this process, such as {@code router-78}
 * @param name the name of its bean, the one given to {@link ZmqMonitor}, or made of the
 * names of its context and type; several sockets can share one
 * @param context the name of its context, or {@code null} if it was monitored without one
 * @param type the type in upper case, such as {@code ROUTER}
 * @param origin where it lives
 * @param monitored whether events of this socket still arrive
 * @param createdAt when monitoring began
 * @param endpoints the endpoints, in the order in which the application named them
 * @param traffic messages and queues, {@code null} if they can't be read
 * @param hints what its operator should know and no event tells; empty if it wasn't asked
 * for
 * @param recentEvents the last events, the oldest first; empty if they weren't asked for
 */
public record ZmqSocketSnapshot(String id, String name, @Nullable String context, String type, ZmqOrigin origin,
		boolean monitored, Instant createdAt, List<ZmqEndpointSnapshot> endpoints, @Nullable ZmqTrafficSnapshot traffic,
		List<ZmqHint> hints, List<ZmqEventSnapshot> recentEvents) {
}
