package io.github.zmqmonitor.monitor;

import org.jspecify.annotations.Nullable;

/**
 * What each event does to the endpoints and connections of a socket. Guarded by the
 * {@link SocketTracker}.
 */
final class SocketEvents {

	private final boolean outside;

	private final SocketEndpoints endpoints;

	private final ConnectionTable connections;

	private final EventEffect effect;

	private @Nullable Binding binding;

	SocketEvents(SocketIdentity identity, SocketEndpoints endpoints, ConnectionTable connections, EventEffect effect) {
		this.outside = identity.isNative();
		this.endpoints = endpoints;
		this.connections = connections;
		this.effect = effect;
	}

	/**
	 * A call of bind has begun: events on this thread belong to its endpoint.
	 */
	void bindStarted(EndpointTracker endpoint) {
		this.binding = new Binding(endpoint, Thread.currentThread());
	}

	/**
	 * A call of bind has ended.
	 * @return whether an event has told of a failure
	 */
	boolean bindEnded() {
		Binding binding = this.binding;
		this.binding = null;
		return binding != null && binding.failed;
	}

	/**
	 * Take an event.
	 * @return the connection that has begun or ended with it, {@code null} if none has
	 */
	@Nullable Connection apply(ZmqEventType type, String address, int value, @Nullable Object channel, long now) {
		switch (type) {
			case ACCEPTED -> {
				return opened(this.endpoints.bindEndpoint(address, now), channel, now);
			}
			case CONNECTED -> {
				return opened(this.endpoints.connectEndpoint(address, now), channel, now);
			}
			case DISCONNECTED -> {
				return disconnected(channel, now);
			}
			case LISTENING -> listening(address, now);
			case BIND_FAILED -> bindFailed(address, value, now);
			case ACCEPT_FAILED -> failed(this.endpoints.bindEndpoint(address, now), type, value, now);
			case CLOSED -> closed(address, channel, now);
			case CLOSE_FAILED -> closeFailed(address, value, now);
			case CONNECT_DELAYED -> attemptStarted(this.endpoints.connectEndpoint(address, now), now);
			case CONNECT_RETRIED -> retryScheduled(this.endpoints.connectEndpoint(address, now), value, now);
			case HANDSHAKE_PROTOCOL, HANDSHAKE_SUCCEEDED, HANDSHAKE_FAILED_PROTOCOL, HANDSHAKE_FAILED_AUTH,
					HANDSHAKE_FAILED_NO_DETAIL ->
				handshake(type, address, value, now);
			case MONITOR_STOPPED, UNKNOWN -> {
			}
		}
		return null;
	}

	private void listening(String address, long now) {
		Binding binding = bindingHere();
		EndpointTracker endpoint = (binding != null) ? binding.endpoint : this.endpoints.bindEndpoint(address, now);
		this.endpoints.binds().map(address, endpoint);
		endpoint.listening(now);
		this.effect.at(endpoint);
	}

	private void bindFailed(String address, int errno, long now) {
		Binding binding = bindingHere();
		EndpointTracker endpoint;
		if (binding != null) {
			endpoint = binding.endpoint;
			binding.failed = true;
		}
		else {
			endpoint = this.endpoints.bindEndpoint(Addresses.withScheme(address), now);
		}
		endpoint.bindFailed(errno, now);
		this.effect.at(endpoint);
	}

	/**
	 * The call of bind that this thread is in, if it is in one.
	 */
	private @Nullable Binding bindingHere() {
		Binding binding = this.binding;
		return (binding != null && binding.thread == Thread.currentThread()) ? binding : null;
	}

	private void failed(EndpointTracker endpoint, ZmqEventType type, int errno, long now) {
		endpoint.failed(type, errno, now);
		this.effect.at(endpoint);
	}

	private void closeFailed(String address, int errno, long now) {
		EndpointTracker endpoint = this.endpoints.either(address);
		if (endpoint != null) {
			failed(endpoint, ZmqEventType.CLOSE_FAILED, errno, now);
		}
	}

	private void closed(String address, @Nullable Object channel, long now) {
		if (Connection.isListener(channel)) {
			listenerClosed(address, now);
		}
		else if (this.outside) {
			descriptorClosed(address, now);
		}
		else if (channel != null) {
			EndpointTracker endpoint = this.endpoints.connectEndpoint(address, now);
			endpoint.attemptFailed(now);
			this.effect.at(endpoint);
		}
	}

	/**
	 * Something outside this JVM was closed that is no listener known: an attempt to
	 * connect, or a listener from before the first event. A bind that fails closes its
	 * descriptor too; so no endpoint is made of it.
	 */
	private void descriptorClosed(String address, long now) {
		EndpointTracker endpoint = this.endpoints.connects().find(address);
		if (endpoint != null) {
			endpoint.attemptFailed(now);
			this.effect.at(endpoint);
			return;
		}
		endpoint = this.endpoints.binds().find(address);
		if (endpoint != null && !endpoint.hasListener()) {
			listenerClosed(address, now);
		}
	}

	private void listenerClosed(String address, long now) {
		EndpointTracker endpoint = this.endpoints.binds().find(address);
		boolean neverListened = bindingHere() != null;
		if (endpoint != null && !neverListened) {
			endpoint.listenerClosed(now);
			this.effect.at(endpoint);
		}
	}

	private void attemptStarted(EndpointTracker endpoint, long now) {
		endpoint.attemptStarted(now);
		this.effect.at(endpoint);
	}

	private void retryScheduled(EndpointTracker endpoint, int interval, long now) {
		endpoint.retryScheduled(interval, now);
		this.effect.at(endpoint);
	}

	private @Nullable Connection opened(EndpointTracker endpoint, @Nullable Object channel, long now) {
		this.effect.at(endpoint);
		if (channel == null || !Connection.isOpen(channel) || this.connections.hasEnded(channel)) {
			endpoint.connectionMissed();
			return null;
		}
		if (this.connections.contains(channel)) {
			return null;
		}
		Connection connection = this.connections.open(channel, endpoint, now);
		connected(endpoint, endpoint.connectionOpened(connection, now));
		return connection;
	}

	private void connected(EndpointTracker endpoint, long waited) {
		if (waited >= 0) {
			this.effect.timed(endpoint.isFirstConnection() ? Timing.INITIAL : Timing.RECONNECT, waited);
		}
	}

	private @Nullable Connection disconnected(@Nullable Object channel, long now) {
		Connection connection = (channel != null) ? this.connections.end(channel) : null;
		if (connection != null) {
			EndpointTracker endpoint = connection.endpoint();
			endpoint.connectionClosed(connection, false, now);
			this.effect.at(endpoint);
			this.effect.timed(Timing.LIFE, connection.age(now));
		}
		return connection;
	}

	private void handshake(ZmqEventType type, String address, int value, long now) {
		EndpointTracker endpoint = this.endpoints.either(address);
		if (endpoint != null) {
			this.effect.at(endpoint);
			connected(endpoint, endpoint.handshake(type, value, now));
		}
	}

	/**
	 * A call of bind that has not returned yet.
	 */
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
