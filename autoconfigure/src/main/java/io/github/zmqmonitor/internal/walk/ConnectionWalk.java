package io.github.zmqmonitor.internal.walk;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.zmqmonitor.internal.walk.SocketPicture.EndpointPicture;
import org.jspecify.annotations.Nullable;
import zmq.Own;
import zmq.SocketBase;
import zmq.io.Metadata;
import zmq.io.SessionBase;
import zmq.io.StreamEngine;
import zmq.io.net.tcp.TcpConnecter;
import zmq.pipe.Pipe;

/**
 * One walk over the endpoints and connections of a socket.
 */
final class ConnectionWalk {

	private final EndpointFields endpoints;

	private final EngineFields engines;

	private final @Nullable PipeFields pipes = PipeFields.INSTANCE;

	private final Set<Pipe> met = Collections.newSetFromMap(new IdentityHashMap<>());

	ConnectionWalk(EndpointFields endpoints, EngineFields engines) {
		this.endpoints = endpoints;
		this.engines = engines;
	}

	/** Read everything. Can throw while it changes. */
	SocketPicture read(SocketBase socket) {
		List<EndpointPicture> pictures = new ArrayList<>();
		for (Map.Entry<?, ?> entry : this.endpoints.endpoints(socket)) {
			Own owner = this.endpoints.owner(entry.getKey());
			pictures.add(readEndpoint(String.valueOf(entry.getValue()), owner));
		}
		return new SocketPicture(pictures, readDetached(socket));
	}

	private EndpointPicture readEndpoint(String key, Own owner) {
		List<ConnectionPicture> connections = new ArrayList<>(1);
		@Nullable Object[] owned = this.endpoints.owned(owner);
		if (owner instanceof SessionBase session) {
			add(connections, session);
			boolean trying = this.engines.hasEngine(session);
			boolean waiting = false;
			for (Object each : owned) {
				TcpConnecter connecter = (each instanceof TcpConnecter tcp) ? tcp : null;
				trying |= connecter == null || this.endpoints.isTrying(connecter);
				waiting |= connecter != null && this.endpoints.isWaiting(connecter);
			}
			return new EndpointPicture(key, false, owner, !trying, waiting, connections);
		}
		for (Object each : owned) {
			if (each instanceof SessionBase session) {
				add(connections, session);
			}
		}
		return new EndpointPicture(key, true, owner, false, false, connections);
	}

	/**
	 * Sessions that no endpoint leads to: those of an endpoint that the application has
	 * taken away, until they end.
	 */
	private List<ConnectionPicture> readDetached(SocketBase socket) {
		PipeFields pipes = this.pipes;
		if (pipes == null) {
			return List.of();
		}
		List<ConnectionPicture> detached = new ArrayList<>(0);
		for (Pipe pipe : PipeWalk.own(pipes, socket)) {
			SessionBase session = !this.met.contains(pipe) ? pipes.session(pipe) : null;
			if (session != null) {
				add(detached, session);
			}
		}
		return detached;
	}

	private void add(List<ConnectionPicture> connections, SessionBase session) {
		ConnectionPicture picture = read(session);
		if (picture != null) {
			connections.add(picture);
		}
	}

	/**
	 * The connection of a session, {@code null} if it has none.
	 */
	@Nullable ConnectionPicture read(SessionBase session) {
		StreamEngine engine = this.engines.engine(session);
		Object channel = (engine != null) ? this.engines.channel(engine) : null;
		if (engine == null || channel == null) {
			return null;
		}
		PipeFields fields = this.pipes;
		Pipe pipe = (fields != null) ? fields.socketSide(session) : null;
		if (pipe != null) {
			this.met.add(pipe);
		}
		return new ConnectionPicture(channel, !this.engines.connects(session), this.engines.isReady(engine),
				this.engines.version(engine), this.engines.mechanism(engine),
				this.engines.property(engine, Metadata.SOCKET_TYPE), identity(engine, pipe),
				this.engines.property(engine, Metadata.USER_ID), pipe,
				(fields != null && pipe != null) ? fields.counts(pipe) : null);
	}

	private @Nullable String identity(StreamEngine engine, @Nullable Pipe pipe) {
		String told = Identities.told(this.engines, engine);
		if (told != null) {
			return told;
		}
		byte[] given = (this.pipes != null && pipe != null) ? this.pipes.identity(pipe) : null;
		return (given != null && given.length > 0) ? Identities.text(given) : null;
	}

}
