package io.github.zmqmonitor.internal.jeromq;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.regex.Pattern;

import io.github.zmqmonitor.internal.walk.SocketWalk;
import zmq.Ctx;

/**
 * The contexts of this JVM in which a socket was seen, and how many others there are:
 * each context that has a socket has a thread. Safe for use by any thread.
 */
public final class KnownContexts {

	private static final Pattern REAPER = Pattern.compile("reaper-\\d+");

	private static final Set<Ctx> CONTEXTS = Collections
		.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

	private KnownContexts() {
	}

	/** A socket of this context was seen, or is not to be shown. */
	public static void add(Ctx context) {
		CONTEXTS.add(context);
	}

	/** The sockets of this context are not seen after all. */
	static void remove(Ctx context) {
		CONTEXTS.remove(context);
	}

	/** How many of them are open. */
	public static int open() {
		synchronized (CONTEXTS) {
			int open = 0;
			for (Ctx context : CONTEXTS) {
				open += context.isActive() ? 1 : 0;
			}
			return open;
		}
	}

	/**
	 * How many contexts have sockets that nobody has seen. Looks at all threads: not for
	 * I/O threads.
	 */
	public static int unseen() {
		ThreadGroup root = Thread.currentThread().getThreadGroup();
		while (root.getParent() != null) {
			root = root.getParent();
		}
		Thread[] threads = new Thread[root.activeCount() + 16];
		int count = root.enumerate(threads);
		Set<Thread> reapers = Collections.newSetFromMap(new IdentityHashMap<>());
		for (int i = 0; i < count; i++) {
			if (REAPER.matcher(threads[i].getName()).matches()) {
				reapers.add(threads[i]);
			}
		}
		if (!SocketWalk.readsThreads()) {
			return Math.max(0, reapers.size() - open());
		}
		synchronized (CONTEXTS) {
			// also those that are closed: their threads live on for a moment
			for (Ctx context : CONTEXTS) {
				reapers.remove(SocketWalk.reaper(context));
			}
		}
		return reapers.size();
	}

}
