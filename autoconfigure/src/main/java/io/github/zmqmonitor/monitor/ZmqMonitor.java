package io.github.zmqmonitor.monitor;

import java.util.List;

import io.github.zmqmonitor.internal.beans.BeanSockets;
import io.github.zmqmonitor.internal.jeromq.InstrumentedSockets;
import io.github.zmqmonitor.internal.jeromq.JvmSockets;
import io.github.zmqmonitor.internal.jeromq.SocketFinder;
import io.github.zmqmonitor.internal.registry.SocketRegistry;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.internal.walk.SocketWalk;
import io.github.zmqmonitor.model.ZmqHint;
import io.github.zmqmonitor.model.ZmqMonitorSettings;
import io.github.zmqmonitor.model.ZmqMonitorSnapshot;
import io.github.zmqmonitor.model.ZmqSocketEventListener;
import io.github.zmqmonitor.model.ZmqSocketNaming;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import org.springframework.util.Assert;

/**
 * Monitors the sockets of JeroMQ.
 * <p>
 * Beans are monitored without a call; this is for contexts and sockets that aren't, and
 * for whoever wants to read the state or listen to events. The first listener that is
 * added starts its one thread; the log is a listener. It opens no socket. Safe for use by
 * any thread.
 */
public final class ZmqMonitor implements AutoCloseable {

	private final SocketRegistry registry;

	private final JvmSockets followed;

	private final SocketFinder sockets;

	/**
	 * Create a monitor with {@link ZmqMonitorSettings#DEFAULTS}.
	 */
	public ZmqMonitor() {
		this(ZmqMonitorSettings.DEFAULTS);
	}

	/**
	 * Create a monitor.
	 * @param settings the settings
	 */
	public ZmqMonitor(ZmqMonitorSettings settings) {
		this(settings, new MonitorClock());
	}

	ZmqMonitor(ZmqMonitorSettings settings, MonitorClock clock) {
		this.registry = new SocketRegistry(settings, clock);
		this.followed = new JvmSockets(this.registry);
		this.sockets = InstrumentedSockets.isInstalled() ? new InstrumentedSockets(this.followed)
				: new BeanSockets(this.followed);
	}

	/**
	 * Monitor all sockets that are made through a context from now on.
	 * @param name the name of the context, not empty; sockets are named after it and
	 * their type where they are found by beans, and where nobody knows the class that
	 * makes them
	 * @param context the context
	 * @return a class proxy to be used in place of the context, or the context itself if
	 * it can't be monitored (a warning in the log says why) or is monitored already
	 * @throws IllegalArgumentException if the name is empty
	 */
	public ZContext monitor(String name, ZContext context) {
		return monitor(name, context, context.getClass().getClassLoader());
	}

	/**
	 * Monitor all sockets that are made through a context from now on.
	 * @param name the name of the context, not empty; sockets are named after it and
	 * their type where they are found by beans, and where nobody knows the class that
	 * makes them
	 * @param context the context
	 * @param classLoader the class loader for the class of a proxy
	 * @return a class proxy to be used in place of the context, or the context itself if
	 * it can't be monitored (a warning in the log says why) or is monitored already
	 * @throws IllegalArgumentException if the name is empty
	 */
	public ZContext monitor(String name, ZContext context, ClassLoader classLoader) {
		Assert.hasText(name, "'name' must not be empty");
		return this.sockets.context(name, context, classLoader);
	}

	/**
	 * Name a context of this kind. Its sockets belong to this monitor and are named as
	 * those of any other context. Where sockets are found by beans this has no effect:
	 * hand over the sockets then.
	 * @param name the name of the context, not empty
	 * @param context the context
	 * @return the context
	 * @throws IllegalArgumentException if the name is empty
	 */
	public ZMQ.Context monitor(String name, ZMQ.Context context) {
		Assert.hasText(name, "'name' must not be empty");
		this.sockets.context(name, context);
		return context;
	}

	/**
	 * Monitor a socket. What happened to it before is not known; so this is best called
	 * before the first bind or connect.
	 * @param name the name of the socket, not empty; a socket that is monitored already
	 * is renamed
	 * @param socket the socket, not used by another thread during the call
	 * @return a view to be used in place of the socket, or the socket itself if it can't
	 * be monitored; a warning in the log says why
	 * @throws IllegalArgumentException if the name is empty
	 */
	public ZMQ.Socket monitor(String name, ZMQ.Socket socket) {
		Assert.hasText(name, "'name' must not be empty");
		return this.sockets.socket(name, socket);
	}

	/**
	 * Let a naming name sockets that are no beans and were given no name, those that
	 * there are too.
	 * @param naming the naming, asked after those added before
	 * @return {@code false} if it had been added before
	 * @throws IllegalArgumentException if the naming is {@code null}
	 */
	public boolean addSocketNaming(ZmqSocketNaming naming) {
		Assert.notNull(naming, "'naming' must not be null");
		return this.followed.addNaming(naming);
	}

	/**
	 * Ask a naming no more. Sockets keep the names that they have.
	 * @param naming the naming
	 */
	public void removeSocketNaming(ZmqSocketNaming naming) {
		this.followed.removeNaming(naming);
	}

	/**
	 * Take a snapshot of all open sockets, without their recent events and hints.
	 * @return the snapshot
	 */
	public ZmqMonitorSnapshot snapshot() {
		return new ZmqMonitorSnapshot(this.registry.clock().now(), this.registry.snapshot());
	}

	/**
	 * Take a snapshot of all open sockets, without their recent events and hints.
	 * @param peers how many peers to list per endpoint, the oldest first
	 * @return the snapshot
	 * @throws IllegalArgumentException if the number is negative
	 */
	public ZmqMonitorSnapshot snapshot(int peers) {
		Assert.isTrue(peers >= 0, "'peers' must not be negative");
		return new ZmqMonitorSnapshot(this.registry.clock().now(), this.registry.snapshot(peers));
	}

	/**
	 * Take a snapshot of some open sockets, with their recent events and hints.
	 * @param nameOrId the name of the sockets or the id of one
	 * @return the snapshot, without sockets if there is none of that name or id
	 */
	public ZmqMonitorSnapshot snapshot(String nameOrId) {
		return new ZmqMonitorSnapshot(this.registry.clock().now(), this.registry.snapshot(nameOrId));
	}

	/**
	 * Return what there is to say about open sockets that no event reports, as far as it
	 * can be told without reading their queues.
	 * @return the hints, in order of the sockets' creation
	 */
	public List<ZmqHint> hints() {
		return this.registry.hints();
	}

	/**
	 * Add a listener. The first one starts the thread on which all are called.
	 * @param listener the listener, called after those added before
	 * @return {@code false} if it had been added before
	 */
	public boolean addListener(ZmqSocketEventListener listener) {
		return this.registry.dispatcher().addListener(listener);
	}

	/**
	 * Remove a listener. It can still be called with an event that is on its way.
	 * @param listener the listener
	 */
	public void removeListener(ZmqSocketEventListener listener) {
		this.registry.dispatcher().removeListener(listener);
	}

	/**
	 * Return whether messages and queues are read.
	 * @return {@code false} if that is switched off, or JeroMQ does not let anybody in
	 */
	public boolean readsQueues() {
		return this.registry.settings().queues() && SocketWalk.readsPipes();
	}

	/**
	 * Return whether dropped messages are counted.
	 * @return {@code false} if messages are not read, or JeroMQ's classes that drop
	 * messages are not changed
	 */
	public boolean countsDrops() {
		return readsQueues() && InstrumentedSockets.countsDrops();
	}

	/**
	 * Return the numbers about the monitor itself.
	 * @return the numbers, read anew with each call of them
	 */
	public ZmqMonitorStatistics statistics() {
		return new ZmqMonitorStatistics(this.registry, this.sockets);
	}

	/**
	 * Return what is followed, for other parts of this library. Not for applications: it
	 * changes without notice.
	 * @return the registry
	 */
	public SocketRegistry registry() {
		return this.registry;
	}

	/**
	 * Stop calling listeners. Sockets stay as they are.
	 */
	@Override
	public void close() {
		this.registry.dispatcher().stop();
		this.sockets.stop();
	}

}
