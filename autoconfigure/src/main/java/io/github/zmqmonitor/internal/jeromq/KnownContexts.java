package io.github.zmqmonitor.internal.jeromq;

import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.regex.Pattern;

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

	/**
	 * A socket of this context was seen, or is not to be shown.
	 */
	public static void add(Ctx context) {
		CONTEXTS.add(context);
	}

	/**
	 * The sockets of this context are not seen after all.
	 */
	static void remove(Ctx context) {
		CONTEXTS.remove(context);
	}

	/**
	 * How many of them are open.
	 */
	public static int open() {
		synchronized (CONTEXTS) {
			return (int) CONTEXTS.stream().filter(Ctx::isActive).count();
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
		int reapers = 0;
		for (int i = 0; i < count; i++) {
			reapers += REAPER.matcher(threads[i].getName()).matches() ? 1 : 0;
		}
		return Math.max(0, reapers - open());
	}

}
