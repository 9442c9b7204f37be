package io.github.zmqmonitor.internal.instrument;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import zmq.Own;
import zmq.SocketBase;
import zmq.io.SessionBase;

/**
 * The time of one observer, and what threads have noted for it.
 */
final class Observation implements JeromqInstrumentation.Registration {

	private static final PendingSockets PENDING = new PendingSockets(1024);

	private static final AtomicLong FAILURES = new AtomicLong();

	private static volatile @Nullable Observation current;

	private static volatile boolean off;

	private static volatile @Nullable Throwable failure;

	final SocketObserver observer;

	private final ThreadLocal<Own> source = new ThreadLocal<>();

	private final ThreadLocal<Own> session = new ThreadLocal<>();

	private Observation(SocketObserver observer) {
		this.observer = observer;
	}

	static @Nullable Observation current() {
		return current;
	}

	static Observation start(SocketObserver observer) {
		Observation observation = new Observation(observer);
		List<SocketBase> sockets;
		synchronized (PENDING) {
			if (off) {
				return observation;
			}
			current = observation;
			DropProbe.observe(observer.drops());
			sockets = PENDING.take();
		}
		try {
			for (SocketBase socket : sockets) {
				observer.created(socket, false);
			}
		}
		catch (Throwable ex) {
			fail(ex);
		}
		return observation;
	}

	@Override
	public void close() {
		synchronized (PENDING) {
			if (current == this) {
				current = null;
				DropProbe.observe(null);
			}
		}
	}

	/** Report a new socket, or keep it for the next observer. */
	static void created(SocketBase socket, boolean internal) {
		LoadTimeChanges.beforeFirstSocket();
		Observation observation = current;
		if (observation == null && !off && !internal) {
			synchronized (PENDING) {
				observation = current;
				if (observation == null && !off) {
					PENDING.add(socket);
				}
			}
		}
		if (observation != null) {
			observation.observer.created(socket, internal);
		}
	}

	static void closedUnobserved(SocketBase socket) {
		if (!off) {
			synchronized (PENDING) {
				PENDING.remove(socket);
			}
		}
	}

	/** Note whose event this thread is about to fire. */
	void source(Own source) {
		this.source.set(source);
	}

	/**
	 * Note whose mechanism this thread runs, {@code null} if it is done.
	 */
	void session(@Nullable SessionBase session) {
		if (session != null) {
			this.session.set(session);
		}
		else {
			this.session.remove();
		}
	}

	/**
	 * Return whose event this thread fires. What was noted by {@link #source} holds for
	 * one event only.
	 */
	@Nullable Own takeSource(SocketBase socket) {
		Own noted = this.source.get();
		this.source.remove();
		if (noted != null) {
			return noted;
		}
		// cast rather than declared, since verifying this class must load none of
		// JeroMQ's
		Own running = this.session.get();
		return (running instanceof SessionBase session && session.getSocket() == socket) ? running : null;
	}

	/** End all calls to observers for the rest of the process. */
	static void turnOff() {
		synchronized (PENDING) {
			off = true;
			current = null;
			DropProbe.observe(null);
			PENDING.take();
		}
	}

	/** Contain a failure of an observer or of this library. */
	static void fail(Throwable ex) {
		if (FAILURES.getAndIncrement() > 0) {
			return;
		}
		try {
			failure = ex;
			turnOff();
			LogFactory.getLog(JeromqInstrumentation.class)
				.warn("JeroMQ's sockets are no longer observed, because observing them failed;"
						+ " the sockets themselves are not affected", ex);
		}
		catch (Throwable ignored) {
			off = true;
			current = null;
		}
	}

	static @Nullable Throwable failure() {
		return failure;
	}

	static long failures() {
		return FAILURES.get();
	}

	static long missed() {
		synchronized (PENDING) {
			return PENDING.missed();
		}
	}

}
