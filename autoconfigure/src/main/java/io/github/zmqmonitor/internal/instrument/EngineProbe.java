package io.github.zmqmonitor.internal.instrument;

import java.nio.channels.SocketChannel;

import org.jspecify.annotations.Nullable;
import zmq.Msg;
import zmq.Own;
import zmq.SocketBase;
import zmq.io.SessionBase;
import zmq.io.StreamEngine;
import zmq.io.mechanism.Mechanism;

/**
 * What the changed classes of connecters, listeners and engines call. Nothing comes back
 * to them: no exception, no result.
 */
public final class EngineProbe {

	private EngineProbe() {
	}

	/**
	 * The next event of this thread is about to be fired.
	 * @param source the session or listener whose event it is
	 */
	public static void source(@Nullable Object source) {
		Observation observation = Observation.current();
		if (observation != null && source != null) {
			try {
				observation.source((Own) source);
			}
			catch (Throwable ex) {
				Observation.fail(ex);
			}
		}
	}

	/**
	 * A listener has made a session for an accepted connection.
	 * @param listener the listener
	 * @param session the session
	 * @param socket the socket
	 * @param channel the connection
	 */
	public static void sessionAccepted(Own listener, Own session, SocketBase socket, SocketChannel channel) {
		Observation observation = Observation.current();
		if (observation != null) {
			try {
				observation.observer.sessionAccepted(socket, listener, (SessionBase) session, channel);
			}
			catch (Throwable ex) {
				Observation.fail(ex);
			}
		}
	}

	/**
	 * A connection's greeting is done, which is all that peers of old versions do. What
	 * begins without a version can be anything, and is never ready.
	 * @param version the version of ZMTP, an enum whose first constant means that none
	 * was told
	 * @param mechanism the mechanism that goes on, {@code null} if there is none
	 * @param socket the socket
	 * @param session the session
	 * @param channel the connection
	 */
	public static void greeted(@Nullable Object version, @Nullable Mechanism mechanism, SocketBase socket,
			@Nullable SessionBase session, SocketChannel channel) {
		if (mechanism == null && version instanceof Enum<?> told && told.ordinal() > 0) {
			ready(socket, session, channel);
		}
	}

	/**
	 * A connection can carry messages.
	 * @param socket the socket
	 * @param session the session
	 * @param channel the connection
	 */
	public static void ready(SocketBase socket, @Nullable SessionBase session, SocketChannel channel) {
		Observation observation = Observation.current();
		if (observation != null && session != null) {
			try {
				observation.observer.ready(socket, session, channel);
			}
			catch (Throwable ex) {
				Observation.fail(ex);
			}
		}
	}

	/**
	 * An engine meets an error.
	 * @param socket the socket
	 * @param session the session
	 * @param channel the connection
	 * @param reason the kind of error
	 */
	public static void error(SocketBase socket, @Nullable SessionBase session, SocketChannel channel,
			StreamEngine.ErrorReason reason) {
		Observation observation = Observation.current();
		if (observation != null && session != null) {
			try {
				observation.observer.connectionEnded(socket, session, channel, reason);
			}
			catch (Throwable ex) {
				Observation.fail(ex);
			}
			DropProbe.connectionEnded(socket, session);
		}
	}

	/**
	 * An engine is told to end.
	 * @param socket the socket
	 * @param session the session
	 * @param channel the connection
	 */
	public static void terminated(SocketBase socket, @Nullable SessionBase session, SocketChannel channel) {
		Observation observation = Observation.current();
		if (observation != null && session != null) {
			try {
				observation.observer.engineTerminated(socket, session, channel);
			}
			catch (Throwable ex) {
				Observation.fail(ex);
			}
		}
	}

	/**
	 * Call the method of a mechanism, whose events are the session's.
	 * @param mechanism the mechanism
	 * @param command what to pass on
	 * @param session the session
	 * @return what the mechanism returns
	 */
	public static int nextHandshakeCommand(Mechanism mechanism, Msg command, @Nullable SessionBase session) {
		Observation observation = enter(session);
		try {
			return mechanism.nextHandshakeCommand(command);
		}
		finally {
			note(observation, null);
		}
	}

	/**
	 * Call the method of a mechanism, whose events are the session's.
	 * @param mechanism the mechanism
	 * @param command what to pass on
	 * @param session the session
	 * @return what the mechanism returns
	 */
	public static int processHandshakeCommand(Mechanism mechanism, Msg command, @Nullable SessionBase session) {
		Observation observation = enter(session);
		try {
			return mechanism.processHandshakeCommand(command);
		}
		finally {
			note(observation, null);
		}
	}

	/**
	 * Call the method of a mechanism, whose events are the session's.
	 * @param mechanism the mechanism
	 * @param session the session
	 * @return what the mechanism returns
	 */
	public static int zapMsgAvailable(Mechanism mechanism, @Nullable SessionBase session) {
		Observation observation = enter(session);
		try {
			return mechanism.zapMsgAvailable();
		}
		finally {
			note(observation, null);
		}
	}

	private static @Nullable Observation enter(@Nullable SessionBase session) {
		Observation observation = Observation.current();
		note(observation, session);
		return observation;
	}

	private static void note(@Nullable Observation observation, @Nullable SessionBase session) {
		try {
			if (observation != null) {
				observation.session(session);
			}
		}
		catch (Throwable ex) {
			Observation.fail(ex);
		}
	}

}
