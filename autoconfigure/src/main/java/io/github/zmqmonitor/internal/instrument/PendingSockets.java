package io.github.zmqmonitor.internal.instrument;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import org.jspecify.annotations.Nullable;
import zmq.SocketBase;

/**
 * Sockets that were created while there was no observer. Not thread-safe.
 */
final class PendingSockets {

	private final int limit;

	private final List<WeakReference<SocketBase>> sockets = new ArrayList<>();

	private long missed;

	PendingSockets(int limit) {
		this.limit = limit;
	}

	void add(SocketBase socket) {
		if (this.sockets.size() >= this.limit) {
			remove(null);
		}
		if (this.sockets.size() < this.limit) {
			this.sockets.add(new WeakReference<>(socket));
		}
		else {
			this.missed++;
		}
	}

	/** Forget a socket, or all that are no longer in use. */
	void remove(@Nullable SocketBase socket) {
		Iterator<WeakReference<SocketBase>> iterator = this.sockets.iterator();
		while (iterator.hasNext()) {
			if (iterator.next().refersTo(socket)) {
				iterator.remove();
			}
		}
	}

	/**
	 * Return the sockets that are still in use, in the order of their creation, and
	 * forget them.
	 */
	List<SocketBase> take() {
		List<SocketBase> taken = new ArrayList<>();
		for (WeakReference<SocketBase> reference : this.sockets) {
			SocketBase socket = reference.get();
			if (socket != null) {
				taken.add(socket);
			}
		}
		this.sockets.clear();
		return taken;
	}

	/** Return how many sockets found no room. */
	long missed() {
		return this.missed;
	}

}
