package io.github.zmqmonitor.internal.instrument;

import org.jspecify.annotations.Nullable;
import zmq.Ctx;
import zmq.Own;
import zmq.SocketBase;
import zmq.pipe.Pipe;

/**
 * What the changed {@code zmq.SocketBase} and {@code zmq.Ctx} call. Nothing comes back to
 * them: no exception, no result.
 */
public final class SocketProbe {

	private static final ThreadLocal<Boolean> INTERNAL = new ThreadLocal<>();

	private SocketProbe() {
	}

	/**
	 * A context returns from creating a socket.
	 * @param socket the socket, {@code null} if there is none
	 */
	public static void created(@Nullable SocketBase socket) {
		try {
			if (socket != null) {
				Observation.created(socket, INTERNAL.get() != null);
			}
		}
		catch (Throwable ex) {
			Observation.fail(ex);
		}
	}

	/**
	 * Create a socket that JeroMQ wants for itself.
	 * @param context the context
	 * @param type the socket's type
	 * @return what the context returns
	 */
	public static SocketBase createInternal(Ctx context, int type) {
		INTERNAL.set(true);
		try {
			return context.createSocket(type);
		}
		finally {
			INTERNAL.remove();
		}
	}

	/**
	 * A call for an endpoint starts.
	 * @param call the call
	 * @param socket the socket
	 * @param endpoint the endpoint as written
	 */
	public static void started(EndpointCall call, SocketBase socket, @Nullable String endpoint) {
		Observation observation = Observation.current();
		if (observation != null) {
			try {
				observation.observer.callStarted(socket, call, endpoint);
			}
			catch (Throwable ex) {
				Observation.fail(ex);
			}
		}
	}

	/**
	 * A call for an endpoint returns.
	 * @param result JeroMQ's result
	 * @param call the call
	 * @param socket the socket
	 * @param endpoint the endpoint as written
	 */
	public static void ended(boolean result, EndpointCall call, SocketBase socket, @Nullable String endpoint) {
		Observation observation = Observation.current();
		if (observation != null) {
			try {
				observation.observer.callEnded(socket, call, endpoint, result, result ? 0 : socket.errno(), null);
			}
			catch (Throwable ex) {
				Observation.fail(ex);
			}
		}
	}

	/**
	 * A call for an endpoint returns.
	 * @param result JeroMQ's result: the peer's routing id, {@code 0} for failure
	 * @param call the call
	 * @param socket the socket
	 * @param endpoint the endpoint as written
	 */
	public static void ended(int result, EndpointCall call, SocketBase socket, @Nullable String endpoint) {
		ended(result != 0, call, socket, endpoint);
	}

	/**
	 * A call for an endpoint throws.
	 * @param failure what it throws
	 * @param call the call
	 * @param socket the socket
	 * @param endpoint the endpoint as written
	 */
	public static void failed(Throwable failure, EndpointCall call, SocketBase socket, @Nullable String endpoint) {
		Observation observation = Observation.current();
		if (observation != null) {
			try {
				observation.observer.callEnded(socket, call, endpoint, false, 0, failure);
			}
			catch (Throwable ex) {
				Observation.fail(ex);
			}
		}
	}

	/**
	 * A socket is about to have a new endpoint.
	 * @param socket the socket
	 * @param endpoint the endpoint
	 * @param owner its listener or session
	 * @param pipe its pipe, if any
	 */
	public static void endpointAdded(SocketBase socket, String endpoint, Own owner, @Nullable Pipe pipe) {
		Observation observation = Observation.current();
		if (observation != null) {
			try {
				observation.observer.endpointAdded(socket, endpoint, owner, pipe);
			}
			catch (Throwable ex) {
				Observation.fail(ex);
			}
		}
	}

	/**
	 * A socket fires an event.
	 * @param socket the socket
	 * @param address the event's address
	 * @param argument the event's argument
	 * @param code the event's code
	 */
	public static void event(SocketBase socket, @Nullable String address, @Nullable Object argument, int code) {
		Observation observation = Observation.current();
		if (observation != null) {
			try {
				observation.observer.event(socket, code, address, argument, observation.takeSource(socket));
			}
			catch (Throwable ex) {
				Observation.fail(ex);
			}
		}
	}

	/** A pipe of a socket is gone. */
	public static void pipeTerminated(SocketBase socket, Pipe pipe) {
		Observation observation = Observation.current();
		if (observation != null) {
			try {
				observation.observer.pipeTerminated(socket, pipe);
			}
			catch (Throwable ex) {
				Observation.fail(ex);
			}
		}
	}

	/** A socket is being closed. */
	public static void closing(SocketBase socket) {
		try {
			Observation observation = Observation.current();
			if (observation != null) {
				observation.observer.closing(socket);
			}
			else {
				Observation.closedUnobserved(socket);
			}
		}
		catch (Throwable ex) {
			Observation.fail(ex);
		}
	}

	/** A socket is gone. */
	public static void destroyed(SocketBase socket) {
		Observation observation = Observation.current();
		if (observation != null) {
			try {
				observation.observer.destroyed(socket);
			}
			catch (Throwable ex) {
				Observation.fail(ex);
			}
		}
	}

}
