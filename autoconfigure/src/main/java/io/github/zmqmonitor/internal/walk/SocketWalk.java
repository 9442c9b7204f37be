package io.github.zmqmonitor.internal.walk;

import io.github.zmqmonitor.internal.diagnostics.SocketOptions;
import io.github.zmqmonitor.internal.traffic.PipeCounts;
import org.jspecify.annotations.Nullable;
import zmq.Ctx;
import zmq.SocketBase;
import zmq.io.SessionBase;
import zmq.io.StreamEngine;
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

	/** Whether messages and queues can be read. */
	public static boolean readsPipes() {
		return PipeFields.INSTANCE != null;
	}

	/** Whether endpoints and their connections can be read. */
	public static boolean readsEndpoints() {
		return EndpointFields.INSTANCE != null && EngineFields.INSTANCE != null;
	}

	/**
	 * The thread of a context, which outlives its end by a moment; {@code null} before
	 * its first socket, or if it can't be read.
	 */
	public static @Nullable Thread reaper(Ctx context) {
		return (ThreadFields.INSTANCE != null) ? ThreadFields.INSTANCE.reaper(context) : null;
	}

	/** Whether the threads of contexts can be told apart. */
	public static boolean readsThreads() {
		return ThreadFields.INSTANCE != null;
	}

	/**
	 * Read the options, {@code null} if they can't be read.
	 */
	public static @Nullable SocketOptions options(SocketBase socket) {
		return (OptionFields.INSTANCE != null) ? OptionFields.INSTANCE.read(socket) : null;
	}

	/**
	 * The number of a socket, {@code null} if it can't be read.
	 */
	public static @Nullable Integer number(SocketBase socket) {
		return (OptionFields.INSTANCE != null) ? OptionFields.INSTANCE.number(socket) : null;
	}

	/**
	 * The number of the type of a socket, {@code null} if it can't be read.
	 */
	public static @Nullable Integer type(SocketBase socket) {
		return (OptionFields.INSTANCE != null) ? OptionFields.INSTANCE.type(socket) : null;
	}

	/**
	 * What the endpoint last bound or connected resolved to, {@code null} if it can't be
	 * read.
	 */
	public static @Nullable String lastEndpoint(SocketBase socket) {
		return (OptionFields.INSTANCE != null) ? OptionFields.INSTANCE.lastEndpoint(socket) : null;
	}

	/**
	 * Whether a socket ignores a peer whose identity another one has, {@code false} too
	 * if that can't be read.
	 */
	public static boolean refusesSameIdentity(SocketBase socket) {
		return OptionFields.INSTANCE != null && OptionFields.INSTANCE.refusesSameIdentity(socket);
	}

	/**
	 * The identity under which a socket knows the peer at the other end of a pipe,
	 * {@code null} if it has none for it or it can't be read.
	 */
	public static @Nullable String identity(Object pipe) {
		return attempt(() -> {
			byte[] identity = (PipeFields.INSTANCE != null) ? PipeFields.INSTANCE.identity((Pipe) pipe) : null;
			return (identity != null) ? Identities.text(identity) : null;
		});
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
	 * What the endpoint of a session resolves to now, {@code null} if it can't be read.
	 */
	public static @Nullable String address(Object owner) {
		EndpointFields fields = EndpointFields.INSTANCE;
		return (fields != null && owner instanceof SessionBase session) ? attempt(() -> fields.address(session)) : null;
	}

	/** Read the numbers of a pipe, of an ended one too. */
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
		return (fields != null) ? PipeWalk.all(fields, socket) : null;
	}

	/**
	 * Read endpoints and connections.
	 * @return the picture, {@code null} if they can't be read just now
	 */
	public static @Nullable SocketPicture read(SocketBase socket) {
		return attempt(() -> {
			ConnectionWalk walk = connections();
			return (walk != null) ? walk.read(socket) : null;
		});
	}

	/**
	 * Read the connection of a session.
	 * @return the connection, {@code null} if there is none or it can't be read just now
	 */
	public static @Nullable ConnectionPicture connection(SessionBase session) {
		return attempt(() -> {
			ConnectionWalk walk = connections();
			return (walk != null) ? walk.read(session) : null;
		});
	}

	/**
	 * Read the identity that the peer of a session has told, printable or in hexadecimal.
	 * @return the identity, {@code null} if it has told none or it can't be read just now
	 */
	public static @Nullable String toldIdentity(SessionBase session) {
		try {
			EngineFields engines = EngineFields.INSTANCE;
			StreamEngine engine = (engines != null) ? engines.engine(session) : null;
			return (engines != null && engine != null) ? Identities.told(engines, engine) : null;
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

	/**
	 * Read the subscriptions of a socket, its own or those of its peers. Unlike all other
	 * readings this one pauses for milliseconds, to be sure of what it reads.
	 * @return the subscriptions, {@code null} if the socket is of a type that has none or
	 * they can't be read just now
	 */
	public static @Nullable SubscriptionPicture subscriptions(SocketBase socket) {
		SubscriptionFields fields = SubscriptionFields.INSTANCE;
		return (fields != null) ? attempt(() -> fields.read(socket)) : null;
	}

	/**
	 * Read the subscriptions without a pause. While they change they can be mistaken: two
	 * readings far apart have to agree.
	 * @return the subscriptions, {@code null} if the socket is of a type that has none or
	 * they can't be read just now
	 */
	public static @Nullable SubscriptionPicture glanceAtSubscriptions(SocketBase socket) {
		SubscriptionFields fields = SubscriptionFields.INSTANCE;
		return (fields != null) ? attempt(() -> fields.glance(socket)) : null;
	}

	/**
	 * Whether the application of an XPUB decides who gets what, {@code false} too if that
	 * can't be read.
	 */
	public static boolean isManual(SocketBase socket) {
		return OptionFields.INSTANCE != null && OptionFields.INSTANCE.isManual(socket);
	}

	/**
	 * Whether a pipe is in use, and was so from its beginning; {@code false} too if that
	 * can't be read.
	 */
	public static boolean isActive(Pipe pipe) {
		return PipeFields.INSTANCE != null && PipeFields.INSTANCE.isActive(pipe);
	}

	/**
	 * Whether a socket that receives what it subscribes to has subscribed to nothing,
	 * {@code null} for one of another type or if that can't be read just now.
	 */
	public static @Nullable Boolean isUnsubscribed(SocketBase socket) {
		SubscriptionFields fields = SubscriptionFields.INSTANCE;
		return (fields != null) ? attempt(() -> fields.isIdle(socket)) : null;
	}

	/**
	 * Whether a REQ waits for a reply before which it can't send, or a REP has not sent
	 * one; {@code false} too if that can't be read.
	 */
	public static boolean isWithoutReply(SocketBase socket) {
		return ExchangeFields.INSTANCE != null && ExchangeFields.INSTANCE.isWithoutReply(socket);
	}

	/**
	 * The pipe that the request of a REQ went into, {@code null} once that has ended.
	 */
	public static @Nullable Object requestPipe(SocketBase socket) {
		return (ExchangeFields.INSTANCE != null) ? ExchangeFields.INSTANCE.pipe(socket) : null;
	}

	/**
	 * Whether there is a session at the other end of a pipe, and no inproc socket.
	 */
	public static boolean isOfSession(Object pipe) {
		return PipeFields.INSTANCE != null && PipeFields.INSTANCE.session((Pipe) pipe) != null;
	}

	/**
	 * The socket that an end of a pipe belongs to, {@code null} if it is a session's or
	 * can't be read.
	 */
	public static @Nullable SocketBase socket(Pipe pipe) {
		return (PipeFields.INSTANCE != null) ? PipeFields.INSTANCE.socket(pipe) : null;
	}

	/**
	 * How many messages are thrown away with a pipe that has ended. To be called on the
	 * thread that runs the socket.
	 * @param out whether to count what was sent, or what was to be received
	 */
	public static long remaining(Pipe pipe, boolean out) {
		return (PipeFields.INSTANCE != null) ? PipeFields.INSTANCE.remaining(pipe, out) : 0;
	}

	/** An identity as text, of any bytes. */
	public static String text(byte[] identity) {
		return Identities.text(identity);
	}

	private static @Nullable ConnectionWalk connections() {
		EndpointFields endpoints = EndpointFields.INSTANCE;
		EngineFields engines = EngineFields.INSTANCE;
		return (endpoints != null && engines != null) ? new ConnectionWalk(endpoints, engines) : null;
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

	/** Reads something that may be changing. */
	private interface Reader<T> {

		@Nullable T read();

	}

}
