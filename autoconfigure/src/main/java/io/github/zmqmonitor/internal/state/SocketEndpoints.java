package io.github.zmqmonitor.internal.state;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.github.zmqmonitor.internal.support.Addresses;
import io.github.zmqmonitor.model.ZmqEndpointRole;
import io.github.zmqmonitor.model.ZmqEndpointState;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints of a socket, in both roles. Guarded by the {@link SocketTracker}.
 */
final class SocketEndpoints {

	private static final int PRUNE_MINIMUM = 64;

	/** How many endpoints are kept that could not be bound or connected. */
	private static final int MAXIMUM_FAILED = 8;

	private final SocketTracker socket;

	private final TrackerObserver observer;

	private final EndpointTable binds;

	private final EndpointTable connects;

	private int pruneAt = PRUNE_MINIMUM;

	SocketEndpoints(SocketTracker socket, TrackerObserver observer) {
		this.socket = socket;
		this.observer = observer;
		this.binds = new EndpointTable(socket.identity().rules());
		this.connects = new EndpointTable(socket.identity().rules());
	}

	EndpointTable of(ZmqEndpointRole role) {
		return (role == ZmqEndpointRole.BIND) ? this.binds : this.connects;
	}

	EndpointTable binds() {
		return this.binds;
	}

	EndpointTable connects() {
		return this.connects;
	}

	/**
	 * The endpoint that the application calls by this string, made if there is none.
	 */
	EndpointTracker declare(String written, ZmqEndpointRole role, ZmqEndpointState state, long now) {
		return of(role).declare(Addresses.printable(written), make(role, state, now));
	}

	/**
	 * The endpoints that the application means by this string where it ends something.
	 */
	List<EndpointTracker> named(String written) {
		List<EndpointTracker> connected = this.connects.named(written);
		return connected.isEmpty() ? this.binds.named(written) : connected;
	}

	void remove(EndpointTracker endpoint) {
		of(endpoint.role()).remove(endpoint);
	}

	/** The endpoint that a handshake is about. */
	@Nullable EndpointTracker either(String address, @Nullable Object owner) {
		EndpointTracker endpoint = (owner != null) ? this.binds.ownedBy(owner) : null;
		if (endpoint == null && owner != null) {
			endpoint = this.connects.ownedBy(owner);
		}
		if (endpoint == null) {
			endpoint = this.binds.findInHandshake(address);
		}
		if (endpoint == null) {
			endpoint = this.connects.findInHandshake(address);
		}
		return (endpoint != null) ? endpoint : this.binds.findWildcard(address);
	}

	EndpointTracker bindEndpoint(String address, @Nullable Object owner, long now) {
		EndpointTracker endpoint = (owner != null) ? this.binds.ownedBy(owner) : null;
		if (endpoint == null) {
			endpoint = this.binds.find(address);
		}
		if (endpoint == null) {
			endpoint = this.binds.findWildcard(address);
		}
		return (endpoint != null) ? endpoint
				: adopt(this.binds, address, ZmqEndpointRole.BIND, ZmqEndpointState.LISTENING, now);
	}

	EndpointTracker connectEndpoint(String address, @Nullable Object owner, long now) {
		EndpointTracker owned = (owner != null) ? this.connects.ownedBy(owner) : null;
		if (owned != null) {
			this.connects.remap(address, owned);
			return owned;
		}
		EndpointTracker endpoint = this.connects.find(address);
		if (endpoint != null && endpoint.isLive()) {
			// another endpoint of that address, whose connect has not returned yet
			EndpointTracker started = this.connects.findStarted(address);
			if (started != null) {
				this.connects.remap(address, started);
				return started;
			}
		}
		if (endpoint != null) {
			return endpoint;
		}
		endpoint = this.socket.identity().rules().reportsNames() ? this.connects.findAwaitingRetry(address)
				: this.connects.findUnresolved(address);
		if (endpoint != null) {
			this.connects.remap(address, endpoint);
			return endpoint;
		}
		return adopt(this.connects, address, ZmqEndpointRole.CONNECT, ZmqEndpointState.CONNECTING, now);
	}

	/**
	 * The endpoint that a retry is about: of several that share an address, one that
	 * waits for it.
	 */
	EndpointTracker retriedEndpoint(String address, @Nullable Object owner, long now) {
		EndpointTracker waiting = null;
		if (owner == null && this.socket.identity().rules().reportsNames()) {
			waiting = this.connects.findAwaitingRetry(address);
		}
		if (waiting == null) {
			return connectEndpoint(address, owner, now);
		}
		this.connects.remap(address, waiting);
		return waiting;
	}

	private Function<String, EndpointTracker> make(ZmqEndpointRole role, ZmqEndpointState state, long now) {
		return (endpoint) -> new EndpointTracker(this.socket, endpoint, role, state, now);
	}

	private EndpointTracker adopt(EndpointTable table, String address, ZmqEndpointRole role, ZmqEndpointState state,
			long now) {
		EndpointTracker endpoint = table.adopt(address, make(role, state, now));
		if (!endpoint.isConfirmed()) {
			endpoint.confirm();
			this.observer.adopted(endpoint);
		}
		return endpoint;
	}

	List<EndpointTracker> all() {
		List<EndpointTracker> endpoints = new ArrayList<>(this.binds.all());
		endpoints.addAll(this.connects.all());
		return endpoints;
	}

	/** Those of which events tell. */
	List<EndpointTracker> tracked() {
		List<EndpointTracker> tracked = new ArrayList<>();
		for (EndpointTracker endpoint : all()) {
			if (endpoint.isTracked()) {
				tracked.add(endpoint);
			}
		}
		return tracked;
	}

	/**
	 * Take away endpoints that could not be bound or connected: all but one when that one
	 * has succeeded, otherwise all but the last few.
	 * @return what was taken away
	 */
	List<EndpointTracker> supersedeFailed(EndpointTracker latest) {
		List<EndpointTracker> failed = new ArrayList<>(0);
		for (EndpointTracker endpoint : of(latest.role()).all()) {
			if (endpoint != latest && endpoint.is(ZmqEndpointState.FAILED)) {
				failed.add(endpoint);
			}
		}
		int kept = latest.is(ZmqEndpointState.FAILED) ? MAXIMUM_FAILED : 0;
		List<EndpointTracker> superseded = failed.subList(0, Math.max(0, failed.size() - kept));
		for (EndpointTracker endpoint : superseded) {
			remove(endpoint);
		}
		return superseded;
	}

	/**
	 * How many pipes there are if each connection has got its own: an endpoint that the
	 * socket connects to has one all the time.
	 */
	int expectedPipes() {
		int expected = 0;
		for (EndpointTracker endpoint : this.binds.all()) {
			expected += endpoint.live();
		}
		for (EndpointTracker endpoint : this.connects.all()) {
			expected += (endpoint.isClosed() || endpoint.is(ZmqEndpointState.FAILED)) ? 0 : 1;
		}
		return expected;
	}

	/**
	 * Whether so many endpoints have come since the last time that it pays to prune.
	 */
	boolean wantsPruning() {
		return this.binds.all().size() + this.connects.all().size() > this.pruneAt;
	}

	boolean hasDraining() {
		return this.binds.hasDraining() || this.connects.hasDraining();
	}

	/**
	 * Drop endpoints that were closed before a time.
	 * @return what was dropped
	 */
	List<EndpointTracker> prune(long closedBefore) {
		List<EndpointTracker> dropped = new ArrayList<>(this.binds.prune(closedBefore));
		dropped.addAll(this.connects.prune(closedBefore));
		return dropped;
	}

	void pruned() {
		this.pruneAt = Math.max(PRUNE_MINIMUM, 2 * (this.binds.all().size() + this.connects.all().size()));
	}

}
