package io.github.zmqmonitor.internal.instrument;

import java.nio.channels.SocketChannel;

import org.jspecify.annotations.Nullable;
import zmq.Own;
import zmq.SocketBase;
import zmq.io.SessionBase;
import zmq.io.StreamEngine;
import zmq.pipe.Pipe;
import zmq.util.Blob;

/**
 * Is called by JeroMQ's changed classes about every socket of the JVM. All methods do
 * nothing unless overridden.
 * <p>
 * Calls come on whatever thread JeroMQ is running: application threads, I/O threads and
 * reapers, and several at once. An implementation must be quick, must not block, and must
 * not call the socket, which could wait for a lock or change its {@code errno}. Whatever
 * it throws reaches nobody, but ends all calls to observers for the rest of the process.
 * <p>
 * Sockets that an observer was never told of by {@link #created} can be named in all
 * other methods: sockets from before, and JeroMQ's own.
 */
public interface SocketObserver {

	/**
	 * A socket was created. Called on the creating thread before it has the socket, or,
	 * for a socket that is older than the observer, on the thread that sets the observer.
	 * @param socket the socket
	 * @param internal whether JeroMQ has made the socket for itself, to publish events of
	 * another one or to end its context, and the application does not know of it
	 */
	default void created(SocketBase socket, boolean internal) {
	}

	/**
	 * The application called for an endpoint. Called on the calling thread, before
	 * anything else happens; a thread-safe socket is not locked. Calls can nest.
	 * @param socket the socket
	 * @param call what was called
	 * @param endpoint the endpoint as the application wrote it
	 */
	default void callStarted(SocketBase socket, EndpointCall call, @Nullable String endpoint) {
	}

	/**
	 * The last call that was started on this thread has ended.
	 * @param socket the socket
	 * @param call what was called
	 * @param endpoint the endpoint as the application wrote it
	 * @param success whether JeroMQ reported success
	 * @param errno JeroMQ's error number if it returned failure, {@code 0} otherwise
	 * @param failure what JeroMQ threw instead, {@code null} if it returned
	 */
	default void callEnded(SocketBase socket, EndpointCall call, @Nullable String endpoint, boolean success, int errno,
			@Nullable Throwable failure) {
	}

	/**
	 * A socket has a new endpoint that isn't {@code inproc}. Called on the application's
	 * thread, before the endpoint's owner is started, hence before any event of a
	 * connecting endpoint, and after LISTENING of a bound one.
	 * @param socket the socket
	 * @param endpoint the endpoint: as written if connected, as resolved if bound
	 * @param owner a session if connected, a listener if bound
	 * @param pipe the socket's end of the pipe of a connected endpoint, {@code null} if
	 * it is bound or gets its pipe once it is connected
	 */
	default void endpointAdded(SocketBase socket, String endpoint, Own owner, @Nullable Pipe pipe) {
	}

	/**
	 * A listener has a new session for a connection that it accepted. Called on the
	 * listener's I/O thread before the session is started, hence before anything else
	 * that is reported of it, and before ACCEPTED.
	 * @param socket the socket
	 * @param listener the listener
	 * @param session the session
	 * @param channel the connection
	 */
	default void sessionAccepted(SocketBase socket, Own listener, SessionBase session, SocketChannel channel) {
	}

	/**
	 * JeroMQ fires an event, whether or not the application has a monitor that wants it.
	 * Called before the monitor is, and without the monitor's lock.
	 * @param socket the socket
	 * @param code the event's code, such as {@code zmq.ZMQ.ZMQ_EVENT_CONNECTED}
	 * @param address the address that JeroMQ gives to the event
	 * @param argument a channel or an {@link Integer}
	 * @param source whose event it is: the listener for LISTENING, ACCEPTED,
	 * ACCEPT_FAILED and a listener's CLOSED, the session for all others; {@code null} for
	 * BIND_FAILED, for CURVE messages that can't be decrypted after the handshake, and
	 * for events that the application fires itself
	 */
	default void event(SocketBase socket, int code, @Nullable String address, @Nullable Object argument,
			@Nullable Own source) {
	}

	/**
	 * An attempt to connect has failed. Called on the I/O thread of the session, before
	 * JeroMQ closes the attempt's channel and schedules a retry.
	 * @param socket the socket
	 * @param session the session
	 * @param step what has failed
	 * @param failure what was thrown
	 */
	default void attemptFailed(SocketBase socket, SessionBase session, ConnectStep step, Exception failure) {
	}

	/**
	 * A connection can carry messages: ZMTP's handshake is done, or, with a peer of ZMTP
	 * 2 or older, its greeting has come; a connection of a STREAM socket is ready at
	 * once. Called on the I/O thread of the session, on both sides.
	 * @param socket the socket
	 * @param session the session
	 * @param channel the connection
	 */
	default void ready(SocketBase socket, SessionBase session, SocketChannel channel) {
	}

	/**
	 * A connection is ended by the peer, the network, an error or a timeout. Called on
	 * the I/O thread of the session, before DISCONNECTED; the channel is still open.
	 * @param socket the socket
	 * @param session the session
	 * @param channel the connection
	 * @param reason JeroMQ's reason; TIMEOUT is our own side
	 */
	default void connectionEnded(SocketBase socket, SessionBase session, SocketChannel channel,
			StreamEngine.ErrorReason reason) {
	}

	/**
	 * A connection is ended by our own side: the endpoint, the socket or the context is
	 * being closed. Called on the I/O thread of the session; the channel is still open.
	 * @param socket the socket
	 * @param session the session
	 * @param channel the connection
	 */
	default void engineTerminated(SocketBase socket, SessionBase session, SocketChannel channel) {
	}

	/**
	 * A pipe of a socket is gone; its message counts are final. Called on the thread that
	 * runs the socket, which is the reaper once it is closed.
	 * @param socket the socket
	 * @param pipe the socket's end of the pipe
	 */
	default void pipeTerminated(SocketBase socket, Pipe pipe) {
	}

	/**
	 * A socket is being closed. Called on the closing thread, before anything happens.
	 * @param socket the socket
	 */
	default void closing(SocketBase socket) {
	}

	/**
	 * A socket is gone with all its pipes. Called on the reaper.
	 * @param socket the socket
	 */
	default void destroyed(SocketBase socket) {
	}

	/**
	 * Return who wants to know of dropped messages.
	 * @return who is told, {@code null} for nobody
	 */
	default @Nullable Drops drops() {
		return null;
	}

	/**
	 * Is told of messages that JeroMQ drops. The rules of {@link SocketObserver} hold,
	 * but whatever is thrown ends only this. Pipes are the socket's ends.
	 */
	interface Drops {

		/**
		 * A publisher drops a message for a peer that takes none since an earlier one.
		 * Called on the sending thread, for each of the peer's subscriptions that match.
		 * @param pipe the pipe to the peer
		 * @param next whether this thread has not reported this message yet, for any peer
		 */
		void unmatched(Pipe pipe, boolean next);

		/**
		 * A socket drops a message because a pipe does not take it: it is full, or about
		 * to end. Called once per message and pipe, on the sending thread.
		 * @param pipe the pipe
		 */
		void refused(Pipe pipe);

		/**
		 * A socket drops a message because nobody has the identity that it is for. Called
		 * on the sending thread.
		 * @param socket the socket
		 * @param identity what the application has sent as identity, of any length
		 */
		void unroutable(SocketBase socket, Blob identity);

		/**
		 * A connection is made anew, and what waits in its pipe to be sent is about to be
		 * thrown away. Called on the thread that runs the socket, and only where an agent
		 * has changed JeroMQ's classes.
		 * @param pipe the socket's end of the pipe
		 */
		void hiccuped(Pipe pipe);

		/**
		 * A socket drops a message because its pipe ends between two of its frames.
		 * Called after {@link SocketObserver#pipeTerminated}, on the same thread.
		 * @param pipe the pipe
		 */
		void cut(Pipe pipe);

		/**
		 * A STREAM will drop the next frame, which it takes for the data of a message:
		 * either its pipe ends after the identity, or the identity is refused. Called on
		 * the thread that runs the socket.
		 * @param socket the socket
		 * @param pipe the pipe that takes no message, {@code null} if there is none
		 * @param ended whether the pipe has ended, otherwise the application is told
		 */
		void interrupted(SocketBase socket, @Nullable Pipe pipe, boolean ended);

		/**
		 * A STREAM drops a message for the reason that was reported last. Called on the
		 * sending thread.
		 * @param socket the socket
		 */
		void lost(SocketBase socket);

		/**
		 * A socket refuses a message that is too large, and ends the connection. Called
		 * on the I/O thread of the session, after {@link SocketObserver#connectionEnded}.
		 * @param socket the socket
		 * @param session the session
		 */
		void tooLarge(SocketBase socket, SessionBase session);

	}

}
