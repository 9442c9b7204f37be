package io.github.zmqmonitor.internal.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import io.github.zmqmonitor.internal.rules.SocketRules;
import io.github.zmqmonitor.internal.support.Addresses;
import io.github.zmqmonitor.model.ZmqEndpointState;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints of a socket in one role, by the string that the application wrote and by
 * the addresses that events carry. Guarded by the {@link SocketTracker}.
 */
final class EndpointTable {

	private static final int MAXIMUM_CLOSED = 100;

	private static final int MAXIMUM_ALIASES = 64;

	private final Map<String, EndpointTracker> endpoints = new LinkedHashMap<>(4);

	private final Map<String, EndpointTracker[]> addresses = new HashMap<>(4);

	private final Map<Object, EndpointTracker> owners = new IdentityHashMap<>(2);

	private final SocketRules rules;

	private Set<String> adopted = Set.of();

	private int aliases;

	EndpointTable(SocketRules rules) {
		this.rules = rules;
	}

	Collection<EndpointTracker> all() {
		return this.endpoints.values();
	}

	/**
	 * The endpoint that the application wrote like this, {@code null} if there is none.
	 */
	@Nullable EndpointTracker written(String endpoint) {
		return this.endpoints.get(Addresses.printable(endpoint));
	}

	EndpointTracker declare(String endpoint, Function<String, EndpointTracker> factory) {
		return this.endpoints.computeIfAbsent(endpoint, factory);
	}

	/** Remember the object of the library that fires the events of an endpoint. */
	void own(Object owner, EndpointTracker endpoint) {
		this.owners.put(owner, endpoint);
	}

	/**
	 * The endpoint whose events this object fires, {@code null} if it isn't known.
	 */
	@Nullable EndpointTracker ownedBy(Object owner) {
		return this.owners.get(owner);
	}

	/**
	 * The objects that fire the events of endpoints, by their endpoint; where one has
	 * several, any of them.
	 */
	Map<EndpointTracker, Object> owners() {
		Map<EndpointTracker, Object> owners = new IdentityHashMap<>(this.owners.size());
		this.owners.forEach((owner, endpoint) -> owners.put(endpoint, owner));
		return owners;
	}

	/** The objects that fire the events of an endpoint are gone. */
	void disown(EndpointTracker endpoint) {
		this.owners.values().removeIf((owned) -> owned == endpoint);
	}

	/**
	 * Make an entry for an address that no endpoint resolves to. However many there are,
	 * the table doesn't grow without end: the last entry takes all others.
	 */
	EndpointTracker adopt(String address, Function<String, EndpointTracker> factory) {
		String endpoint = Addresses.printable(address);
		if (!this.endpoints.containsKey(endpoint)) {
			if (this.adopted.size() >= this.rules.maximumAdopted()) {
				return declare("other", factory);
			}
			if (this.adopted.isEmpty()) {
				this.adopted = new HashSet<>(4);
			}
			this.adopted.add(endpoint);
		}
		EndpointTracker tracker = declare(endpoint, factory);
		map(address, tracker);
		return tracker;
	}

	void map(String address, EndpointTracker endpoint) {
		endpoint.resolved(address);
		EndpointTracker[] known = this.addresses.get(address);
		if (known == null) {
			this.addresses.put(address, new EndpointTracker[] { endpoint });
		}
		else if (!Arrays.asList(known).contains(endpoint)) {
			EndpointTracker[] extended = Arrays.copyOf(known, known.length + 1);
			extended[known.length] = endpoint;
			this.addresses.put(address, extended);
			if (this.rules.isVague()) {
				for (EndpointTracker each : extended) {
					each.share();
				}
			}
		}
	}

	/**
	 * Map an endpoint to one address only: where names resolve to changing addresses, the
	 * old one goes.
	 */
	void remap(String address, EndpointTracker endpoint) {
		String before = endpoint.address();
		if (before != null && !before.equals(address)) {
			unmap(before, endpoint);
		}
		map(address, endpoint);
	}

	void unmap(String address, EndpointTracker endpoint) {
		EndpointTracker[] known = this.addresses.get(address);
		if (known != null) {
			List<EndpointTracker> rest = new ArrayList<>(List.of(known));
			rest.remove(endpoint);
			if (!rest.isEmpty()) {
				this.addresses.put(address, rest.toArray(new EndpointTracker[0]));
			}
			else {
				this.addresses.remove(address);
			}
		}
	}

	/**
	 * Find the endpoint that an event with this address is about. Several endpoints can
	 * have one address; the event is then about one without a connection, and they take
	 * turns.
	 */
	@Nullable EndpointTracker find(String address) {
		EndpointTracker[] known = this.addresses.get(address);
		if (known == null) {
			return null;
		}
		EndpointTracker found = known[0];
		for (int i = 1; i < known.length; i++) {
			found = moreLikely(found, known[i]);
		}
		return found;
	}

	/**
	 * Find the endpoint that a handshake with this address is about: where several have
	 * the address, one whose connection is in its handshake.
	 */
	@Nullable EndpointTracker findInHandshake(String address) {
		EndpointTracker[] known = this.addresses.get(address);
		for (int i = 0; known != null && i < known.length; i++) {
			if (known[i].connections().inHandshake() != null) {
				return known[i];
			}
		}
		return find(address);
	}

	private static EndpointTracker moreLikely(EndpointTracker one, EndpointTracker other) {
		if (rank(one) != rank(other)) {
			return (rank(one) < rank(other)) ? one : other;
		}
		return (one.progress() <= other.progress()) ? one : other;
	}

	private static int rank(EndpointTracker endpoint) {
		if (endpoint.isLive()) {
			return 1;
		}
		return endpoint.isClosed() ? 2 : 0;
	}

	/**
	 * Find the listener on all addresses of the host that a connection with this local
	 * address has come through: libzmq tells the connection's own address.
	 */
	@Nullable EndpointTracker findWildcard(String address) {
		for (EndpointTracker endpoint : this.endpoints.values()) {
			String listener = endpoint.address();
			if (listener != null && !endpoint.listeners().isEmpty() && Addresses.isWildcard(listener)
					&& Addresses.canResolveTo(listener, address)) {
				if (this.aliases < MAXIMUM_ALIASES) {
					this.aliases++;
					this.addresses.put(address, new EndpointTracker[] { endpoint });
				}
				return endpoint;
			}
		}
		return null;
	}

	/**
	 * Find the endpoint that waits for a retry at this address with libzmq: one that is
	 * known to have the address, or one whose name has come to resolve to it, since
	 * libzmq tells the name until a connection is lost, and the address from the retry
	 * on.
	 */
	@Nullable EndpointTracker findAwaitingRetry(String address) {
		EndpointTracker[] known = this.addresses.get(address);
		for (int i = 0; known != null && i < known.length; i++) {
			if (known[i].outage().awaitsRetry()) {
				return known[i];
			}
		}
		for (EndpointTracker endpoint : this.endpoints.values()) {
			if (endpoint.outage().awaitsRetry() && Addresses.hasName(endpoint.endpoint()) && !Addresses.hasName(address)
					&& Addresses.canResolveTo(endpoint.endpoint(), address)) {
				return endpoint;
			}
		}
		return null;
	}

	/**
	 * Find the endpoint whose name may have come to resolve to this address, if that is
	 * certain.
	 */
	@Nullable EndpointTracker findUnresolved(String address) {
		EndpointTracker found = findStarted(address);
		if (found == null) {
			found = onlyName(address, true);
		}
		if (found == null) {
			found = onlyName(address, false);
		}
		return found;
	}

	/**
	 * Find the endpoint that may come to resolve to this address and has not resolved
	 * yet, if that is certain.
	 */
	@Nullable EndpointTracker findStarted(String address) {
		return only(address, false, false);
	}

	private @Nullable EndpointTracker onlyName(String address, boolean lost) {
		return only(address, true, lost);
	}

	/**
	 * Find the one endpoint that may come to resolve to this address.
	 * @param name whether to look for a name, otherwise for what has not resolved yet
	 * @param lost whether only names without a connection are meant
	 */
	private @Nullable EndpointTracker only(String address, boolean name, boolean lost) {
		EndpointTracker found = null;
		for (EndpointTracker endpoint : this.endpoints.values()) {
			boolean meant = name ? isName(endpoint) && !(lost && endpoint.isLive()) : endpoint.address() == null;
			if (meant && !endpoint.isClosed() && Addresses.canResolveTo(endpoint.endpoint(), address)) {
				if (found != null) {
					return null;
				}
				found = endpoint;
			}
		}
		return found;
	}

	private static boolean isName(EndpointTracker endpoint) {
		return !endpoint.endpoint().equals(endpoint.address()) && !endpoint.endpoint().contains("://[");
	}

	/**
	 * Return the endpoints that the application means by a string: one that it wrote
	 * before, or the address that came of it.
	 */
	List<EndpointTracker> named(String endpoint) {
		EndpointTracker written = written(endpoint);
		if (written != null) {
			return List.of(written);
		}
		EndpointTracker[] resolved = this.addresses.get(endpoint);
		return (resolved != null) ? List.of(resolved) : List.of();
	}

	void remove(EndpointTracker endpoint) {
		this.endpoints.remove(endpoint.endpoint());
		if (!this.adopted.isEmpty()) {
			this.adopted.remove(endpoint.endpoint());
		}
		disown(endpoint);
		for (String address : List.copyOf(this.addresses.keySet())) {
			unmap(address, endpoint);
		}
	}

	boolean hasDraining() {
		for (EndpointTracker endpoint : this.endpoints.values()) {
			if (endpoint.is(ZmqEndpointState.CLOSED)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Drop endpoints that have been closed for long, and the oldest closed ones where
	 * there are many.
	 * @return what was dropped
	 */
	List<EndpointTracker> prune(long closedBefore) {
		List<EndpointTracker> dropped = new ArrayList<>(0);
		int closed = 0;
		for (EndpointTracker endpoint : this.endpoints.values()) {
			closed += endpoint.isClosed() ? 1 : 0;
		}
		for (Iterator<EndpointTracker> iterator = this.endpoints.values().iterator(); iterator.hasNext();) {
			EndpointTracker endpoint = iterator.next();
			if (endpoint.isClosed() && (closed > MAXIMUM_CLOSED || endpoint.since() - closedBefore < 0)) {
				iterator.remove();
				dropped.add(endpoint);
				closed--;
			}
		}
		dropped.forEach(this::remove);
		return dropped;
	}

}
