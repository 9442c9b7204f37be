package io.github.zmqmonitor.internal.state;

import java.util.List;

import io.github.zmqmonitor.internal.rules.Refusal;
import io.github.zmqmonitor.model.ZmqEndpointRole;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqEventType;
import org.jspecify.annotations.Nullable;

/**
 * What the application's calls of a socket do to its endpoints, under the one lock of its
 * {@link SocketTracker}. Safe for use by any thread.
 */
public final class SocketCalls {

	private final SocketTracker socket;

	private final SocketEndpoints endpoints;

	private final ConnectionTable connections;

	private final SocketEvents events;

	SocketCalls(SocketTracker socket, SocketEndpoints endpoints, ConnectionTable connections, SocketEvents events) {
		this.socket = socket;
		this.endpoints = endpoints;
		this.connections = connections;
		this.events = events;
	}

	/**
	 * An endpoint and its connections were there before the socket was followed.
	 * @param address what it resolved to
	 * @param owner the object of the library that fires its events
	 * @param channels its connections
	 */
	public EndpointTracker found(String written, @Nullable String address, ZmqEndpointRole role, Object owner,
			List<Object> channels) {
		synchronized (this.socket) {
			long now = this.socket.now();
			EndpointTracker endpoint = this.endpoints.declare(written, role,
					(role == ZmqEndpointRole.BIND) ? ZmqEndpointState.CLOSED : ZmqEndpointState.CONNECTING, now);
			endpoint.confirm();
			this.endpoints.of(role).own(owner, endpoint);
			if (address != null) {
				this.endpoints.of(role).map(address, endpoint);
			}
			if (role == ZmqEndpointRole.BIND) {
				endpoint.listening((address != null) ? address : written, now);
			}
			else {
				endpoint.connecting(now);
			}
			for (Object channel : channels) {
				if (!this.connections.contains(channel)) {
					endpoint.connectionOpened(this.connections.open(channel, endpoint, true, now), now);
				}
			}
			return endpoint;
		}
	}

	/**
	 * The application is about to bind; events on this thread belong to that endpoint.
	 */
	public EndpointTracker bindStarted(String written) {
		synchronized (this.socket) {
			long now = this.socket.now();
			EndpointTracker endpoint = this.endpoints.declare(written, ZmqEndpointRole.BIND, ZmqEndpointState.CLOSED,
					now);
			this.events.bindStarted(endpoint);
			return endpoint;
		}
	}

	/**
	 * The application's bind has ended.
	 * @param refusal why it failed, {@code null} if it didn't
	 */
	public void bindEnded(EndpointTracker endpoint, @Nullable Refusal refusal) {
		synchronized (this.socket) {
			boolean told = this.events.bindEnded();
			if (refusal != null && !told) {
				long now = this.socket.now();
				endpoint.callFailed(ZmqEventType.BIND_FAILED, refusal.error(), refusal.detail(), now);
				this.socket.failedInCall(ZmqEventType.BIND_FAILED, endpoint, refusal, now);
			}
			if (!endpoint.isConfirmed()) {
				this.endpoints.remove(endpoint);
			}
		}
	}

	/** The application is about to connect. */
	public EndpointTracker connectStarted(String written) {
		synchronized (this.socket) {
			long now = this.socket.now();
			EndpointTracker endpoint = this.endpoints.declare(written, ZmqEndpointRole.CONNECT,
					ZmqEndpointState.CONNECTING, now);
			if (!endpoint.isConfirmed() || beginsAnew(endpoint.stateAt(now))) {
				endpoint.connecting(now);
			}
			return endpoint;
		}
	}

	private boolean beginsAnew(ZmqEndpointState state) {
		return switch (state) {
			case CLOSED, FAILED -> true;
			case ABANDONED -> !this.socket.identity().ignoresSecondConnect();
			default -> false;
		};
	}

	/**
	 * The application's connect has succeeded.
	 * @param address what the endpoint resolved to, or {@code null} if not known
	 */
	public void connectEnded(EndpointTracker endpoint, @Nullable String address) {
		synchronized (this.socket) {
			endpoint.confirm();
			if (address != null && !address.equals(endpoint.address())) {
				this.endpoints.connects().remap(address, endpoint);
			}
		}
	}

	/** The application's connect has failed. */
	public void connectFailed(EndpointTracker endpoint, Refusal refusal) {
		synchronized (this.socket) {
			long now = this.socket.now();
			endpoint.callFailed(ZmqEventType.CONNECT_FAILED, refusal.error(), refusal.detail(), now);
			this.socket.failedInCall(ZmqEventType.CONNECT_FAILED, endpoint, refusal, now);
		}
	}

	/**
	 * Take away what a call has superseded: failed endpoints are history when another one
	 * of the socket has succeeded.
	 * @param called the endpoint of the call, {@code null} for that of the last bind that
	 * no call of this JVM has made
	 * @return what was taken away
	 */
	public List<EndpointTracker> supersedeFailed(@Nullable EndpointTracker called) {
		synchronized (this.socket) {
			EndpointTracker latest = (called != null) ? called : this.events.takeBoundElsewhere();
			return (latest != null) ? this.endpoints.supersedeFailed(latest) : List.of();
		}
	}

	/** The library has made the object that fires the events of an endpoint. */
	public void owned(EndpointTracker endpoint, Object owner) {
		synchronized (this.socket) {
			this.endpoints.of(endpoint.role()).own(owner, endpoint);
		}
	}

	public void inproc(String written, ZmqEndpointRole role) {
		synchronized (this.socket) {
			this.endpoints.declare(written, role, ZmqEndpointState.UNTRACKED, this.socket.now()).confirm();
		}
	}

	/**
	 * The application has unbound or disconnected what it calls by this string, or has
	 * tried to: an endpoint that could not be bound is over in any case.
	 * @param ended whether JeroMQ knew it
	 */
	public void endedLocally(String written, boolean ended) {
		synchronized (this.socket) {
			long now = this.socket.now();
			for (EndpointTracker endpoint : this.endpoints.named(written)) {
				if (!endpoint.isTracked()) {
					if (ended) {
						this.endpoints.remove(endpoint);
					}
				}
				else if (ended || endpoint.is(ZmqEndpointState.FAILED)) {
					endedLocally(endpoint, written, now);
				}
			}
			this.socket.sweep(now);
		}
	}

	private void endedLocally(EndpointTracker endpoint, String written, long now) {
		if (endpoint.role() == ZmqEndpointRole.CONNECT || endpoint.endpoint().equals(written)) {
			this.connections.leave(endpoint);
			this.endpoints.of(endpoint.role()).disown(endpoint);
			endpoint.endedLocally(now);
		}
		else {
			endpoint.listenerClosed(written, true, now);
		}
	}

}
