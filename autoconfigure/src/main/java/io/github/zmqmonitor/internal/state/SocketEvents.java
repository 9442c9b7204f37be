package io.github.zmqmonitor.internal.state;

import java.util.concurrent.TimeUnit;

import io.github.zmqmonitor.internal.rules.EventValues;
import io.github.zmqmonitor.internal.rules.SocketIdentity;
import io.github.zmqmonitor.internal.rules.TrackedChannel;
import io.github.zmqmonitor.internal.state.EndpointTotals.MeasuredDuration.Timing;
import io.github.zmqmonitor.internal.support.Addresses;
import io.github.zmqmonitor.model.ZmqEventType;
import org.jspecify.annotations.Nullable;

/**
 * What each event does to the endpoints and connections of a socket. Guarded by the
 * {@link SocketTracker}.
 */
final class SocketEvents {

	private static final long BELIEVED = TimeUnit.SECONDS.toNanos(1);

	private final SocketIdentity identity;

	private final SocketEndpoints endpoints;

	private final ConnectionTable connections;

	private final DurationQueue durations;

	private final EventOutcome outcome;

	private @Nullable Binding binding;

	private @Nullable EndpointTracker boundElsewhere;

	private boolean vague;

	SocketEvents(SocketIdentity identity, SocketEndpoints endpoints, ConnectionTable connections,
			DurationQueue durations, EventOutcome outcome) {
		this.identity = identity;
		this.endpoints = endpoints;
		this.connections = connections;
		this.durations = durations;
		this.outcome = outcome;
	}

	/** A call of bind has begun: events on this thread belong to its endpoint. */
	void bindStarted(EndpointTracker endpoint) {
		this.binding = new Binding(endpoint, Thread.currentThread());
	}

	/**
	 * A call of bind has ended.
	 * @return whether an event has reported a failure
	 */
	boolean bindEnded() {
		Binding binding = this.binding;
		this.binding = null;
		return binding != null && binding.failed;
	}

	/**
	 * The number that goes with an event: that of its code, of its end or its argument.
	 */
	int valueOf(ZmqEventType type, int code, int argument, @Nullable Object channel) {
		return switch (type) {
			case UNKNOWN -> code;
			case DISCONNECTED -> EventValues.ofEnd(this.connections.endReason(channel));
			default -> argument;
		};
	}

	/**
	 * Apply an event.
	 * @param channel the channel that it is about, if it is known
	 * @param owner the object of the library that fires it, if it is known
	 */
	void apply(ZmqEventType type, String address, int value, @Nullable Object channel, @Nullable Object owner,
			long now) {
		switch (type) {
			case ACCEPTED -> opened(this.endpoints.bindEndpoint(address, owner, now), channel, now);
			case CONNECTED -> opened(this.endpoints.connectEndpoint(address, owner, now), channel, now);
			case DISCONNECTED -> disconnected(channel, now);
			case LISTENING -> listening(address, now);
			case BIND_FAILED -> bindFailed(address, value, now);
			case ACCEPT_FAILED -> failed(this.endpoints.bindEndpoint(address, owner, now), type, value, now);
			case CLOSED -> closed(address, channel, owner, now);
			case CLOSE_FAILED -> closeFailed(address, owner, value, now);
			case CONNECT_DELAYED -> attemptStarted(this.endpoints.connectEndpoint(address, owner, now), now);
			case CONNECT_RETRIED -> retryScheduled(this.endpoints.retriedEndpoint(address, owner, now), value, now);
			case HANDSHAKE_PROTOCOL, HANDSHAKE_SUCCEEDED, HANDSHAKE_FAILED_PROTOCOL, HANDSHAKE_FAILED_AUTH,
					HANDSHAKE_FAILED_NO_DETAIL ->
				handshake(type, address, value, channel, owner, now);
			case CONNECT_FAILED, MONITOR_STOPPED, UNKNOWN -> {
			}
		}
	}

	private void listening(String address, long now) {
		Binding binding = bindingHere();
		EndpointTracker endpoint = (binding != null) ? binding.endpoint
				: this.endpoints.bindEndpoint(address, null, now);
		this.endpoints.binds().map(address, endpoint);
		endpoint.listening(address, now);
		this.boundElsewhere = (binding == null) ? endpoint : this.boundElsewhere;
		this.outcome.at(endpoint);
	}

	private void bindFailed(String address, int errno, long now) {
		Binding binding = bindingHere();
		EndpointTracker endpoint;
		if (binding != null) {
			endpoint = binding.endpoint;
			binding.failed = true;
		}
		else {
			endpoint = this.endpoints.bindEndpoint(Addresses.withScheme(address), null, now);
			this.boundElsewhere = endpoint;
		}
		endpoint.callFailed(ZmqEventType.BIND_FAILED, errno, null, now);
		this.outcome.at(endpoint);
	}

	/**
	 * Take the endpoint of the last bind that no call of this JVM has made, {@code null}
	 * if there was none since.
	 */
	@Nullable EndpointTracker takeBoundElsewhere() {
		EndpointTracker latest = this.boundElsewhere;
		this.boundElsewhere = null;
		return latest;
	}

	/** The call of bind that this thread is in, if it is in one. */
	private @Nullable Binding bindingHere() {
		Binding binding = this.binding;
		return (binding != null && binding.thread == Thread.currentThread()) ? binding : null;
	}

	private void failed(EndpointTracker endpoint, ZmqEventType type, int errno, long now) {
		endpoint.failed(type, errno, now);
		this.outcome.at(endpoint);
	}

	private void closeFailed(String address, @Nullable Object owner, int errno, long now) {
		EndpointTracker endpoint = this.endpoints.either(address, owner);
		if (endpoint != null) {
			failed(endpoint, ZmqEventType.CLOSE_FAILED, errno, now);
		}
	}

	private void closed(String address, @Nullable Object channel, @Nullable Object owner, long now) {
		if (TrackedChannel.isListener(channel)) {
			listenerClosed(address, owner, now);
		}
		else if (this.identity.rules().reportsAllCloses()) {
			descriptorClosed(address, now);
		}
		else if (channel != null) {
			attemptClosed(this.endpoints.connectEndpoint(address, owner, now), now);
		}
	}

	private void attemptClosed(EndpointTracker endpoint, long now) {
		endpoint.attemptClosed(now);
		this.outcome.at(endpoint);
	}

	/**
	 * Something was closed that is no listener known: an attempt to connect, or a
	 * listener from before the first event. A bind that fails closes its descriptor too;
	 * so no endpoint is made of it.
	 */
	private void descriptorClosed(String address, long now) {
		EndpointTracker endpoint = this.endpoints.connects().find(address);
		if (endpoint != null) {
			attemptClosed(endpoint, now);
			return;
		}
		endpoint = this.endpoints.binds().find(address);
		if (endpoint != null && endpoint.listeners().isEmpty()) {
			listenerClosed(address, null, now);
		}
	}

	private void listenerClosed(String address, @Nullable Object owner, long now) {
		EndpointTracker endpoint = (owner != null) ? this.endpoints.binds().ownedBy(owner) : null;
		if (endpoint == null) {
			endpoint = this.endpoints.binds().find(address);
		}
		boolean neverListened = bindingHere() != null;
		if (endpoint != null && !neverListened) {
			endpoint.listenerClosed(address, false, now);
			this.outcome.at(endpoint);
		}
	}

	private void attemptStarted(EndpointTracker endpoint, long now) {
		endpoint.attemptStarted(now);
		this.outcome.at(endpoint);
	}

	private void retryScheduled(EndpointTracker endpoint, int interval, long now) {
		endpoint.retryScheduled(interval, now);
		this.outcome.at(endpoint);
	}

	private void opened(EndpointTracker endpoint, @Nullable Object channel, long now) {
		this.outcome.at(endpoint);
		if (channel == null || !TrackedChannel.isOpen(channel) || this.connections.hasEnded(channel)) {
			endpoint.connectionMissed();
			return;
		}
		if (this.connections.contains(channel)) {
			return;
		}
		boolean vague = this.identity.rules().isVague();
		Connection connection = this.connections.open(channel, endpoint, !vague, now);
		this.vague |= vague;
		endpoint.connectionOpened(connection, now);
		this.outcome.of(connection);
		if (this.identity.isReadyAtOnce() || this.connections.wasReadyEarly(channel)) {
			ready(connection, now);
		}
	}

	/** Whether there is something that only the library's own objects can say. */
	boolean isVague() {
		return this.vague;
	}

	/**
	 * The library's own objects were looked at.
	 * @param vague whether they have left something open
	 */
	void lookedAt(boolean vague) {
		this.vague = vague;
	}

	/** A connection can be used from now on. */
	void ready(Connection connection, long now) {
		EndpointTracker endpoint = connection.endpoint();
		long waited = endpoint.connectionReady(connection, now);
		if (waited >= 0 && !connection.isAccepted()) {
			this.outcome.endsOutage(waited, endpoint.outage().retries());
			connection.endsOutage(waited);
			if (connection.isSettled() || !this.identity.rules().isVague() || this.identity.isReadyAtOnce()) {
				measure(connection);
			}
		}
	}

	/** It is sure that a connection is ready, and has ended an outage if it was one. */
	void settled(Connection connection) {
		connection.settle();
		measure(connection);
	}

	private void measure(Connection connection) {
		long waited = connection.takeOutage();
		if (waited >= 0) {
			EndpointTracker endpoint = connection.endpoint();
			this.durations.add(endpoint, (endpoint.outage().ended() <= 1) ? Timing.INITIAL : Timing.RECONNECT, waited);
		}
	}

	/**
	 * Measure what has ended an outage if it has lasted: a server also greets that then
	 * refuses the client's key.
	 */
	void measureLasting(long now) {
		if (this.vague) {
			for (Connection connection : this.connections.copy()) {
				if (hasLasted(connection, now)) {
					measure(connection);
				}
			}
		}
	}

	private static boolean hasLasted(Connection connection, long now) {
		return now - connection.readySince() >= BELIEVED;
	}

	private void disconnected(@Nullable Object channel, long now) {
		Connection connection = (channel != null) ? this.connections.end(channel) : null;
		if (connection != null) {
			if (connection.isOutageOwed()) {
				if (hasLasted(connection, now)) {
					measure(connection);
				}
				else {
					connection.endpoint().connectionUnready(connection);
					connection.doubt();
					this.outcome.wasReady();
				}
			}
			this.connections.closed(connection, false, now);
			this.outcome.at(connection.endpoint());
			this.outcome.of(connection);
		}
	}

	private void handshake(ZmqEventType type, String address, int value, @Nullable Object channel,
			@Nullable Object owner, long now) {
		Connection connection = (channel != null) ? this.connections.find(channel) : null;
		if (channel != null && connection == null && isReadiness(type, value)) {
			this.connections.readyEarly(channel);
		}
		EndpointTracker endpoint = (connection != null) ? connection.endpoint() : this.endpoints.either(address, owner);
		if (endpoint == null) {
			return;
		}
		this.outcome.at(endpoint);
		if (connection != null) {
			this.outcome.of(connection);
		}
		endpoint.handshake(type, value, connection, now);
		if (isReadiness(type, value)) {
			Connection ready = (channel != null) ? connection : endpoint.connections().inHandshake();
			if (ready != null) {
				this.outcome.of(ready);
				ready(ready, now);
			}
		}
	}

	private boolean isReadiness(ZmqEventType type, int value) {
		return type == this.identity.rules().readiness()
				&& (type != ZmqEventType.HANDSHAKE_PROTOCOL || EventValues.versioned(value));
	}

	/** A call of bind that has not returned yet. */
	private static final class Binding {

		private final EndpointTracker endpoint;

		private final Thread thread;

		private boolean failed;

		Binding(EndpointTracker endpoint, Thread thread) {
			this.endpoint = endpoint;
			this.thread = thread;
		}

	}

}
