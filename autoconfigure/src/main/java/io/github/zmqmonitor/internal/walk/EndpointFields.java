package io.github.zmqmonitor.internal.walk;

import java.lang.invoke.VarHandle;
import java.nio.channels.SocketChannel;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import zmq.Own;
import zmq.SocketBase;
import zmq.io.SessionBase;
import zmq.io.net.Address;
import zmq.io.net.tcp.TcpConnecter;
import zmq.util.MultiMap;

/**
 * The endpoints of a socket, and what belongs to them.
 */
final class EndpointFields {

	static final @Nullable EndpointFields INSTANCE = Capability.open("endpoints", "Endpoints", EndpointFields::new);

	private final VarHandle endpoints;

	private final VarHandle endpoint;

	private final VarHandle owned;

	private final VarHandle timerStarted;

	private final VarHandle channel;

	private final VarHandle address;

	private EndpointFields() throws ReflectiveOperationException {
		Class<?> entry = Class.forName(SocketBase.class.getName() + "$EndpointPipe", false,
				SocketBase.class.getClassLoader());
		this.endpoints = Capability.field(SocketBase.class, "endpoints", MultiMap.class);
		this.endpoint = Capability.field(entry, "endpoint", Own.class);
		this.owned = Capability.field(Own.class, "owned", Set.class);
		this.timerStarted = Capability.field(TcpConnecter.class, "timerStarted", boolean.class);
		this.channel = Capability.field(TcpConnecter.class, "fd", SocketChannel.class);
		this.address = Capability.field(SessionBase.class, "addr", Address.class);
	}

	/** The endpoints and their owners. Can throw while they change. */
	Collection<? extends Map.Entry<?, ?>> endpoints(SocketBase socket) {
		MultiMap<?, ?> map = (MultiMap<?, ?>) this.endpoints.getVolatile(socket);
		return map.entries();
	}

	/** The listener or session of an entry. */
	Own owner(Object entry) {
		return (Own) this.endpoint.get(entry);
	}

	/** What belongs to a listener or a session. Can throw while that changes. */
	@Nullable Object[] owned(Own owner) {
		return ((Set<?>) this.owned.getVolatile(owner)).toArray();
	}

	/**
	 * What the endpoint of a session resolves to now, {@code null} for a listener's.
	 */
	@Nullable String address(SessionBase session) {
		Address address = (Address) this.address.get(session);
		return (address != null && address.isResolved()) ? address.toString() : null;
	}

	/** Whether a connecter waits for its next attempt. */
	boolean isWaiting(TcpConnecter connecter) {
		return (boolean) this.timerStarted.getVolatile(connecter);
	}

	/**
	 * Whether a connecter makes an attempt or waits for the next one. One that does
	 * neither was left half-way by an exception, unless it is on its way just now.
	 */
	boolean isTrying(TcpConnecter connecter) {
		return isWaiting(connecter) || this.channel.getVolatile(connecter) != null;
	}

}
