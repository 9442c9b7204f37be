package io.github.zmqmonitor.internal.registry;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import io.github.zmqmonitor.internal.kernel.KernelAccess;
import io.github.zmqmonitor.internal.kernel.KernelConnection;
import io.github.zmqmonitor.internal.kernel.KernelReader;
import io.github.zmqmonitor.internal.kernel.TcpTuple;
import io.github.zmqmonitor.internal.state.Connection;
import io.github.zmqmonitor.internal.state.SocketTracker;
import io.github.zmqmonitor.internal.support.Addresses;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.internal.support.ReadingBudget;
import io.github.zmqmonitor.internal.support.ReadingBudget.Reading;
import io.github.zmqmonitor.model.ZmqMonitorSettings;
import io.github.zmqmonitor.model.ZmqOrigin;
import org.jspecify.annotations.Nullable;

/**
 * Asks the kernel for all connections together when somebody reads, at most every 250 ms,
 * and hands what it says to their sockets. Safe for use by any thread: one reads, the
 * others go on with what was last read.
 */
final class KernelReadings {

	private static final long AGE = TimeUnit.MILLISECONDS.toNanos(250);

	/** How long after a reading that was refused another one is tried. */
	private static final long PAUSE = TimeUnit.SECONDS.toNanos(30);

	private final ZmqMonitorSettings.Kernel settings;

	private final MonitorClock clock;

	private final ReadingBudget.Breaker breaker;

	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable KernelReader reader;

	private boolean opened;

	private volatile long readAt;

	private long refusedUntil;

	private boolean refused;

	KernelReadings(ZmqMonitorSettings.Kernel settings, MonitorClock clock, ReadingBudget budget) {
		this.settings = settings;
		this.clock = clock;
		this.breaker = budget.breaker(Reading.KERNEL, "all connections");
		this.readAt = clock.nanoTime() - AGE;
	}

	/** Whether the kernel may be asked at all. */
	boolean isPossible() {
		return this.settings.enabled() && KernelAccess.isPossible();
	}

	/**
	 * Read, unless that was done a moment ago.
	 * @param sockets those whose connections to read
	 */
	void refresh(Collection<FollowedSocket> sockets) {
		refresh(sockets, AGE);
	}

	/**
	 * Read, unless that was done lately.
	 * @param sockets those whose connections to read
	 * @param age how old the last reading may be, in nanoseconds
	 */
	void refresh(Collection<FollowedSocket> sockets, long age) {
		if (this.settings.enabled() && this.clock.nanoTime() - this.readAt >= age && this.lock.tryLock()) {
			try {
				long now = this.clock.nanoTime();
				if (now - this.readAt >= age) {
					this.readAt = now;
					read(sockets.stream().map(FollowedSocket::tracker).toList(), now);
				}
			}
			finally {
				this.lock.unlock();
			}
		}
	}

	private void read(List<SocketTracker> sockets, long now) {
		Map<TcpTuple, Connection> asked = new HashMap<>();
		for (SocketTracker socket : sockets) {
			for (Connection connection : socket.connections()) {
				TcpTuple tuple = connection.tuple();
				if (tuple != null) {
					// the later one where ports were used again
					asked.merge(tuple, connection, (one, other) -> (one.since() - other.since() > 0) ? one : other);
				}
			}
		}
		Map<String, TcpTuple> listeners = listeners(sockets);
		List<TcpTuple> all = new ArrayList<>(asked.keySet());
		all.addAll(listeners.values());
		Map<TcpTuple, KernelConnection> found = all.isEmpty() ? Map.of() : ask(all, now);
		for (SocketTracker socket : sockets) {
			socket.reports().waiting((address) -> {
				TcpTuple tuple = listeners.get(address);
				KernelConnection listener = (tuple != null) ? found.get(tuple) : null;
				return (listener != null) ? listener.unread() : null;
			}, now);
			socket.reports().measured((connection) -> {
				TcpTuple tuple = connection.tuple();
				return (tuple != null && asked.get(tuple) == connection) ? found.get(tuple) : null;
			}, now);
		}
	}

	/** The listeners of this JVM, by their addresses. */
	private static Map<String, TcpTuple> listeners(List<SocketTracker> sockets) {
		Map<String, TcpTuple> listeners = new HashMap<>();
		for (SocketTracker socket : sockets) {
			if (socket.identity().origin() == ZmqOrigin.JVM) {
				for (String address : socket.reports().listeners()) {
					InetSocketAddress parsed = Addresses.parse(address);
					if (parsed != null) {
						listeners.put(address, TcpTuple.listener(parsed.getAddress(), parsed.getPort()));
					}
				}
			}
		}
		return listeners;
	}

	private @Nullable Boolean wanted() {
		return switch (this.settings.netlink()) {
			case AUTO -> null;
			case ALWAYS -> true;
			case NEVER -> false;
		};
	}

	/** Ask for connections; of what can't be read just now nothing is known. */
	private Map<TcpTuple, KernelConnection> ask(Collection<TcpTuple> tuples, long now) {
		if (!this.opened) {
			this.opened = true;
			this.reader = KernelAccess.open(wanted(), this.settings.maxLines());
		}
		KernelReader reader = this.reader;
		if (reader == null || !this.breaker.allows(now) || (this.refused && now - this.refusedUntil < 0)) {
			return Map.of();
		}
		Map<TcpTuple, KernelConnection> found = reader.read(tuples);
		this.breaker.ended(now);
		this.refused = found == null;
		this.refusedUntil = now + PAUSE;
		return (found != null) ? found : Map.of();
	}

}
