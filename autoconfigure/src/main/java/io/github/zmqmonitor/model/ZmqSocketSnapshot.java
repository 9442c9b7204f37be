package io.github.zmqmonitor.model;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A socket at one moment, as the endpoint shows it.
 *
 * @param id type and number, unique in this process, such as {@code router-78}
 * @param name the name of its bean, the one given to the monitor, or made of the names of
 * its context and type; several sockets can share one
 * @param context the name of its context, or {@code null} if it was monitored without one
 * @param type the type in upper case, such as {@code ROUTER}
 * @param origin where it lives
 * @param monitored whether events of this socket still arrive
 * @param createdAt when monitoring began
 * @param endpoints the endpoints, in the order in which the application named them
 * @param messages whole messages, {@code null} if they can't be read
 * @param queues the queues, {@code null} if they can't be read
 * @param lastActivity when a count of messages was last seen to have changed, or
 * {@code null} if never
 * @param fullestPipes the queues of the fullest peers, at most ten; {@code null} if they
 * weren't asked for or can't be read
 * @param hints what its operator should know and no event reports; {@code null} if it
 * wasn't asked for
 * @param recentEvents the last events, the oldest first; {@code null} if they weren't
 * asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ZmqSocketSnapshot(String id, String name, @Nullable String context, String type,
		@JsonIgnore ZmqOrigin origin, boolean monitored, Instant createdAt, List<ZmqEndpointSnapshot> endpoints,
		@Nullable ZmqMessages messages, @Nullable ZmqQueues queues, @Nullable Instant lastActivity,
		@Nullable List<ZmqQueues> fullestPipes, @Nullable List<ZmqHint> hints,
		@Nullable List<ZmqEventSnapshot> recentEvents) {

	/**
	 * Return the origin of a socket that does not live in this JVM.
	 * @return the name of the origin, {@code null} for a socket of this JVM
	 */
	@JsonProperty("origin")
	public @Nullable String foreignOrigin() {
		return (this.origin != ZmqOrigin.JVM) ? this.origin.id() : null;
	}

	/**
	 * Return the same with other endpoints.
	 * @param endpoints the endpoints
	 * @return the copy
	 */
	public ZmqSocketSnapshot withEndpoints(List<ZmqEndpointSnapshot> endpoints) {
		return new ZmqSocketSnapshot(this.id, this.name, this.context, this.type, this.origin, this.monitored,
				this.createdAt, endpoints, this.messages, this.queues, this.lastActivity, this.fullestPipes, this.hints,
				this.recentEvents);
	}

}
