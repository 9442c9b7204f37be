package io.github.zmqmonitor.internal.walk;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.zmqmonitor.internal.diagnostics.SocketOptions;
import io.github.zmqmonitor.internal.traffic.PipeCounts;
import org.jspecify.annotations.Nullable;
import zmq.Ctx;
import zmq.Own;
import zmq.SocketBase;
import zmq.io.Metadata;
import zmq.io.SessionBase;
import zmq.io.StreamEngine;
import zmq.io.net.tcp.TcpConnecter;
import zmq.pipe.Pipe;

/**
 * Reads what JeroMQ itself knows of a socket. Its sets change under the reader: a walk
 * that fails is tried again a few times and then given up. Never throws, never waits.
 * Safe for use by any thread.
 */
public final class SocketWalk {

	private static final int ATTEMPTS = 3;

	private SocketWalk() {
	}

	/**
	 * Whether messages and queues can be read.
	 */
	public static boolean readsPipes() {
		return PipeFields.INSTANCE != null;
	}

	/**
	 * Whether endpoints and their connections can be read.
	 */
	public static boolean readsEndpoints() {
		return EndpointFields.INSTANCE != null && EngineFields.INSTANCE != null;
	}

	/**
	 * The thread of a context, which outlives its end by a moment; {@code null} before
	 * its first socket, or if it can't be read.
	 */
	public static @Nullable Thread reaper(Ctx context) {
		return attempt(() -> (ThreadFields.INSTANCE != null) ? ThreadFields.INSTANCE.reaper(context) : null);
	}

	/**
	 * Whether the threads of contexts can be told apart.
	 */
	public static boolean readsThreads() {
		return ThreadFields.INSTANCE != null;
	}

	/**
	 * Read the options, {@code null} if they can't be read.
	 */
	public static @Nullable SocketOptions options(SocketBase socket) {
		return attempt(() -> (OptionFields.INSTANCE != null) ? OptionFields.INSTANCE.read(socket) : null);
	}

	/**
	 * The number of a socket, {@code null} if it can't be read.
	 */
	public static @Nullable Integer number(SocketBase socket) {
		return attempt(() -> (OptionFields.INSTANCE != null) ? OptionFields.INSTANCE.number(socket) : null);
	}

	/**
	 * The number of the type of a socket, {@code null} if it can't be read.
	 */
	public static @Nullable Integer type(SocketBase socket) {
		return attempt(() -> (OptionFields.INSTANCE != null) ? OptionFields.INSTANCE.type(socket) : null);
	}

	/**
	 * What the endpoint last bound or connected resolved to, {@code null} if it can't be
	 * read.
	 */
	public static @Nullable String lastEndpoint(SocketBase socket) {
		return attempt(() -> (OptionFields.INSTANCE != null) ? OptionFields.INSTANCE.lastEndpoint(socket) : null);
	}

	/**
	 * The channel of a session, {@code null} if it has none or it can't be read.
	 */
	public static @Nullable Object channel(SessionBase session) {
		EngineFields engines = EngineFields.INSTANCE;
		StreamEngine engine = (engines != null) ? engines.engine(session) : null;
		return (engines != null && engine != null) ? engines.channel(engine) : null;
	}

	/**
	 * Read the numbers of a pipe, of an ended one too.
	 */
	public static PipeCounts counts(Pipe pipe) {
		if (PipeFields.INSTANCE == null) {
			throw new IllegalStateException("Pipes can't be read");
		}
		return PipeFields.INSTANCE.counts(pipe);
	}

	/**
	 * Read the socket's ends of all pipes, of those too that the socket has not taken up
	 * yet.
	 * @return the pipes, {@code null} if they can't be read just now
	 */
	public static Object @Nullable [] pipes(SocketBase socket) {
		return attempt(() -> readPipes(socket));
	}

	private static Object @Nullable [] readPipes(SocketBase socket) {
		PipeFields fields = PipeFields.INSTANCE;
		if (fields == null) {
			return null;
		}
		Set<Object> pipes = Collections.newSetFromMap(new IdentityHashMap<>());
		for (Object pipe : fields.pipes(socket)) {
			if (pipe != null) {
				pipes.add(pipe);
			}
		}
		if (EndpointFields.INSTANCE != null) {
			for (Map.Entry<?, ?> entry : EndpointFields.INSTANCE.endpoints(socket)) {
				addSessions(EndpointFields.INSTANCE, fields, EndpointFields.INSTANCE.owner(entry.getKey()), pipes);
			}
		}
		return pipes.toArray();
	}

	private static void addSessions(EndpointFields endpoints, PipeFields fields, Own owner, Set<Object> pipes) {
		if (owner instanceof SessionBase session) {
			addPipe(fields, session, pipes);
			return;
		}
		for (Object owned : endpoints.owned(owner)) {
			if (owned instanceof SessionBase session) {
				addPipe(fields, session, pipes);
			}
		}
	}

	private static void addPipe(PipeFields fields, SessionBase session, Set<Object> pipes) {
		Pipe pipe = fields.socketSide(session);
		if (pipe != null) {
			pipes.add(pipe);
		}
	}

	/**
	 * Read endpoints and connections.
	 * @return the picture, {@code null} if they can't be read just now
	 */
	public static @Nullable SocketPicture read(SocketBase socket) {
		return readsEndpoints() ? attempt(() -> readEndpoints(socket)) : null;
	}

	private static @Nullable SocketPicture readEndpoints(SocketBase socket) {
		EndpointFields endpoints = EndpointFields.INSTANCE;
		EngineFields engines = EngineFields.INSTANCE;
		if (endpoints == null || engines == null) {
			return null;
		}
		List<EndpointPicture> pictures = new ArrayList<>();
		for (Map.Entry<?, ?> entry : endpoints.endpoints(socket)) {
			Own owner = endpoints.owner(entry.getKey());
			pictures.add(readEndpoint(endpoints, engines, String.valueOf(entry.getValue()), owner));
		}
		return new SocketPicture(pictures);
	}

	private static EndpointPicture readEndpoint(EndpointFields endpoints, EngineFields engines, String key, Own owner) {
		List<ConnectionPicture> connections = new ArrayList<>(1);
		@Nullable Object[] owned = endpoints.owned(owner);
		if (owner instanceof SessionBase session) {
			add(connections, engines, session);
			Integer waiting = null;
			boolean connecting = false;
			for (Object each : owned) {
				if (each instanceof TcpConnecter connecter) {
					connecting = true;
					waiting = endpoints.waiting(connecter);
				}
			}
			return new EndpointPicture(key, false, owner, waiting,
					owned.length == 0 && !connecting && !engines.hasEngine(session), connections);
		}
		for (Object each : owned) {
			if (each instanceof SessionBase session) {
				add(connections, engines, session);
			}
		}
		return new EndpointPicture(key, true, owner, null, false, connections);
	}

	private static void add(List<ConnectionPicture> connections, EngineFields engines, SessionBase session) {
		StreamEngine engine = engines.engine(session);
		Object channel = (engine != null) ? engines.channel(engine) : null;
		if (engine == null || channel == null) {
			return;
		}
		PipeFields fields = PipeFields.INSTANCE;
		Pipe pipe = (fields != null) ? fields.socketSide(session) : null;
		connections.add(new ConnectionPicture(channel, engines.isReady(engine), engines.version(engine),
				engines.mechanism(engine), engines.property(engine, Metadata.SOCKET_TYPE),
				identity(engines, engine, fields, pipe), engines.property(engine, Metadata.USER_ID),
				(fields != null && pipe != null) ? fields.counts(pipe) : null));
	}

	private static @Nullable String identity(EngineFields engines, StreamEngine engine, @Nullable PipeFields fields,
			@Nullable Pipe pipe) {
		String told = engines.property(engine, Metadata.IDENTITY);
		if (told != null) {
			return Identities.text(told.getBytes(StandardCharsets.ISO_8859_1));
		}
		byte[] given = (fields != null && pipe != null) ? fields.identity(pipe) : null;
		return (given != null && given.length > 0) ? Identities.text(given) : null;
	}

	private static <T> @Nullable T attempt(Reader<T> reader) {
		for (int i = 0; i < ATTEMPTS; i++) {
			try {
				return reader.read();
			}
			catch (RuntimeException ex) {
				// the sets were changing just then
			}
		}
		return null;
	}

	/**
	 * Reads something that may be changing.
	 */
	private interface Reader<T> {

		@Nullable T read();

	}

}
