package io.github.zmqmonitor.internal.instrument;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import zmq.SocketBase;
import zmq.ZError;
import zmq.io.SessionBase;
import zmq.pipe.Pipe;
import zmq.util.Blob;
import zmq.util.Errno;

/**
 * What JeroMQ's changed classes call where they drop a message. Nothing comes back to
 * them: no exception, no result. It has a switch of its own: what fails here ends nothing
 * but the counting of drops.
 */
public final class DropProbe {

	private static final ThreadLocal<Boolean> TOO_LARGE = new ThreadLocal<>();

	private static volatile SocketObserver.@Nullable Drops observer;

	private static SocketObserver.@Nullable Drops candidate;

	private static volatile @Nullable String off = "JeroMQ's classes are as they were";

	private static boolean ended;

	private DropProbe() {
	}

	/** All classes are changed. */
	static synchronized void turnOn() {
		if (!ended) {
			off = null;
			observer = candidate;
		}
	}

	/** Count no more for the rest of the process. */
	static synchronized void turnOff(String reason) {
		if (!ended) {
			ended = true;
			off = reason;
			observer = null;
		}
	}

	/**
	 * Report to an observer, {@code null} for none, as soon as all classes are changed.
	 */
	static synchronized void observe(SocketObserver.@Nullable Drops next) {
		candidate = next;
		observer = (off == null) ? next : null;
	}

	/** Whether dropped messages are reported to somebody. */
	static boolean isOn() {
		return observer != null;
	}

	/**
	 * Return why dropped messages are not reported, {@code null} if they can be.
	 */
	static @Nullable String off() {
		return off;
	}

	/**
	 * A peer that a message matches takes none since an earlier one. The same message can
	 * be reported again for the same pipe.
	 * @param pipe the pipe
	 */
	public static void unmatched(Pipe pipe) {
		SocketObserver.Drops observer = DropProbe.observer;
		if (observer != null) {
			try {
				observer.unmatched(pipe, Messages.isNext());
			}
			catch (Throwable ex) {
				fail(ex);
			}
		}
	}

	/**
	 * A pipe doesn't take a message.
	 * @param pipe the pipe
	 */
	public static void refused(Pipe pipe) {
		SocketObserver.Drops observer = DropProbe.observer;
		if (observer != null) {
			try {
				observer.refused(pipe);
			}
			catch (Throwable ex) {
				fail(ex);
			}
		}
	}

	/**
	 * A pipe doesn't take a message.
	 * @param pipe the pipe
	 * @param reported whether the application is told
	 */
	public static void refusedUnless(Pipe pipe, boolean reported) {
		if (!reported) {
			refused(pipe);
		}
	}

	/**
	 * Nobody has the identity that a message is for.
	 * @param socket the socket
	 * @param identity the identity
	 * @param reported whether the application is told
	 */
	public static void unroutableUnless(SocketBase socket, Blob identity, boolean reported) {
		SocketObserver.Drops observer = DropProbe.observer;
		if (observer != null && !reported) {
			try {
				observer.unroutable(socket, identity);
			}
			catch (Throwable ex) {
				fail(ex);
			}
		}
	}

	/**
	 * A connection is made anew, and what waits in its pipe to be sent is about to be
	 * thrown away.
	 * @param pipe the pipe
	 */
	public static void hiccuped(Pipe pipe) {
		SocketObserver.Drops observer = DropProbe.observer;
		if (observer != null) {
			try {
				observer.hiccuped(pipe);
			}
			catch (Throwable ex) {
				fail(ex);
			}
		}
	}

	/**
	 * A pipe ends while a message is being written to it.
	 * @param pipe the pipe
	 */
	public static void cut(Pipe pipe) {
		SocketObserver.Drops observer = DropProbe.observer;
		if (observer != null) {
			try {
				observer.cut(pipe);
			}
			catch (Throwable ex) {
				fail(ex);
			}
		}
	}

	/**
	 * A pipe ends.
	 * @param pipe the pipe
	 * @param writing whether a message is being written to it
	 */
	public static void cutIf(Pipe pipe, boolean writing) {
		if (writing) {
			cut(pipe);
		}
	}

	/**
	 * A STREAM refuses an identity, because the pipe to the peer takes no message.
	 * @param socket the socket
	 * @param pipe the pipe
	 */
	public static void streamRefuses(SocketBase socket, Pipe pipe) {
		interrupted(socket, pipe, false);
	}

	/**
	 * A STREAM refuses an identity that nobody has.
	 * @param socket the socket
	 */
	public static void streamKnowsNobody(SocketBase socket) {
		interrupted(socket, null, false);
	}

	/**
	 * The pipe that a STREAM would write the next frame to ends.
	 * @param socket the socket
	 */
	public static void streamEnds(SocketBase socket) {
		interrupted(socket, null, true);
	}

	private static void interrupted(SocketBase socket, @Nullable Pipe pipe, boolean ended) {
		SocketObserver.Drops observer = DropProbe.observer;
		if (observer != null) {
			try {
				observer.interrupted(socket, pipe, ended);
			}
			catch (Throwable ex) {
				fail(ex);
			}
		}
	}

	/**
	 * A STREAM has no pipe for a frame that it takes for the data of a message.
	 * @param socket the socket
	 */
	public static void streamDrops(SocketBase socket) {
		SocketObserver.Drops observer = DropProbe.observer;
		if (observer != null) {
			try {
				observer.lost(socket);
			}
			catch (Throwable ex) {
				fail(ex);
			}
		}
	}

	/** A message comes in that is too large; the connection ends because of it. */
	public static void tooLarge() {
		try {
			if (observer != null) {
				TOO_LARGE.set(true);
			}
		}
		catch (Throwable ex) {
			fail(ex);
		}
	}

	/** A connection ends, maybe because of the message that this thread has met. */
	static void connectionEnded(SocketBase socket, SessionBase session) {
		SocketObserver.Drops observer = DropProbe.observer;
		if (observer != null) {
			try {
				if (TOO_LARGE.get() != null) {
					TOO_LARGE.remove();
					observer.tooLarge(socket, session);
				}
			}
			catch (Throwable ex) {
				fail(ex);
			}
		}
	}

	private static void fail(Throwable ex) {
		try {
			if (off == null) {
				turnOff(ex.toString());
				LogFactory.getLog(JeromqInstrumentation.class)
					.warn("Dropped messages are no longer counted, because counting them failed;"
							+ " the sockets themselves are not affected", ex);
			}
		}
		catch (Throwable ignored) {
			observer = null;
		}
	}

	/**
	 * Tells the messages of a thread apart. JeroMQ notes an error number before it sends
	 * one. The number is replaced by an equal one, which is gone when the next is sent.
	 */
	private static final class Messages {

		private static final ThreadLocal<Object> NUMBER = number();

		private static final Object MARK = mark();

		static boolean isNext() {
			if (NUMBER.get() == MARK) {
				return false;
			}
			NUMBER.set(MARK);
			return true;
		}

		@SuppressWarnings("unchecked")
		private static ThreadLocal<Object> number() {
			try {
				return (ThreadLocal<Object>) MethodHandles.privateLookupIn(Errno.class, MethodHandles.lookup())
					.findStaticVarHandle(Errno.class, "local", ThreadLocal.class)
					.get();
			}
			catch (ReflectiveOperationException ex) {
				throw new IllegalStateException(ex);
			}
		}

		private static Object mark() {
			try {
				Object noted = ZError.EAGAIN;
				Object mark = MethodHandles.lookup()
					.findConstructor(Integer.class, MethodType.methodType(void.class, int.class))
					.invokeWithArguments(noted);
				if (mark == noted || !mark.equals(noted)) {
					throw new IllegalStateException("Numbers have no identity");
				}
				return mark;
			}
			catch (Error | RuntimeException ex) {
				throw ex;
			}
			catch (Throwable ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
