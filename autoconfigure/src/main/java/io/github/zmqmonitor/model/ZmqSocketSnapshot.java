package io.github.zmqmonitor.model;

import java.time.Duration;
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
 * @param unroutable the identities that messages were last sent to and nobody has, the
 * one that was used last first, at most ten; {@code null} if there are none, they weren't
 * asked for, aren't known or may not be shown
 * @param subscriptions what the socket has subscribed to (SUB, XSUB, DISH) or its peers
 * have (PUB, XPUB, RADIO); {@code null} if that wasn't asked for, can't be read or may
 * not be shown
 * @param endedConnections the last connections that have ended, the one that ended last
 * first, at most 64; {@code null} if they weren't asked for or may not be shown
 * @param hints what its operator should know and no event reports; {@code null} if it
 * wasn't asked for
 * @param recentEvents the last events, the oldest first; {@code null} if they weren't
 * asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ZmqSocketSnapshot(String id, String name, @Nullable String context, String type,
		@JsonIgnore ZmqOrigin origin, boolean monitored, Instant createdAt, List<ZmqEndpointSnapshot> endpoints,
		@Nullable ZmqMessages messages, @Nullable ZmqQueues queues, @Nullable Instant lastActivity,
		@Nullable List<ZmqQueues> fullestPipes, @Nullable List<UnroutableIdentity> unroutable,
		@Nullable Subscriptions subscriptions, @Nullable List<EndedConnection> endedConnections,
		@Nullable List<ZmqHint> hints, @Nullable List<ZmqEventSnapshot> recentEvents) {

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
				this.createdAt, endpoints, this.messages, this.queues, this.lastActivity, this.fullestPipes,
				this.unroutable, this.subscriptions, this.endedConnections, this.hints, this.recentEvents);
	}

	/**
	 * Return the same without what is known of peers.
	 * @return the copy
	 */
	public ZmqSocketSnapshot withoutPeers() {
		return new ZmqSocketSnapshot(this.id, this.name, this.context, this.type, this.origin, this.monitored,
				this.createdAt, this.endpoints.stream().map((endpoint) -> endpoint.withPeers(null, 0)).toList(),
				this.messages, this.queues, this.lastActivity, this.fullestPipes, null, null, null, this.hints,
				(this.recentEvents != null) ? this.recentEvents.stream().map(ZmqEventSnapshot::withoutPeer).toList()
						: null);
	}

	/**
	 * An identity that messages were sent to and nobody had.
	 *
	 * @param identity the identity, printable or in hexadecimal, at most 255 characters
	 * @param messages how many messages, since it is among the last ten
	 * @param lastAt when the last of them was sent
	 */
	public record UnroutableIdentity(String identity, long messages, Instant lastAt) {

	}

	/**
	 * Subscriptions to topics, or to the groups of RADIO and DISH.
	 *
	 * @param topics the first of them in the order of their bytes, at most 100
	 * @param total how many there are in all, {@code null} if there are too many to count
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record Subscriptions(List<Topic> topics, @Nullable Integer total) {

	}

	/**
	 * A topic that somebody has subscribed to.
	 *
	 * @param topic its bytes, printable or in hexadecimal, at most 100 of them; empty for
	 * everything
	 * @param peers how many peers have subscribed to it, {@code null} if it is the
	 * socket's own subscription
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record Topic(String topic, @Nullable Integer peers) {

	}

	/**
	 * A connection that has ended. What isn't known of it is {@code null}.
	 *
	 * @param endpoint the endpoint as the application wrote it
	 * @param remote the address of the peer
	 * @param type the type of the peer's socket in upper case
	 * @param identity the identity of the peer, printable or in hexadecimal
	 * @param user the user that authentication has found
	 * @param since when the connection was established
	 * @param endedAt when it ended, or was seen to have ended if this side ended it
	 * @param life how long it lived
	 * @param reason who or what ended it
	 * @param messages whole messages to and from this peer, as last seen; of an endpoint
	 * that binds only
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record EndedConnection(String endpoint, @Nullable String remote, @Nullable String type,
			@Nullable String identity, @Nullable String user, Instant since, Instant endedAt, Duration life,
			ZmqSocketEvent.@Nullable EndReason reason, @Nullable ZmqMessages messages) {

	}

}
