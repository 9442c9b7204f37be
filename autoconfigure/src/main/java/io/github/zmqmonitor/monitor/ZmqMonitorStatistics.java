package io.github.zmqmonitor.monitor;

import java.util.stream.Stream;

import io.github.zmqmonitor.internal.jeromq.KnownContexts;
import io.github.zmqmonitor.internal.jeromq.SocketFinder;
import io.github.zmqmonitor.internal.registry.FollowedSocket;
import io.github.zmqmonitor.internal.registry.SocketRegistry;
import io.github.zmqmonitor.internal.state.SocketTracker;
import io.github.zmqmonitor.internal.support.ReadingBudget.Reading;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqHint;

/**
 * Numbers about a {@link ZmqMonitor} itself, read anew with each call. Safe for use by
 * any thread.
 */
public final class ZmqMonitorStatistics {

	private final SocketRegistry registry;

	private final SocketFinder sockets;

	ZmqMonitorStatistics(SocketRegistry registry, SocketFinder sockets) {
		this.registry = registry;
		this.sockets = sockets;
	}

	/**
	 * Return how many sockets are open and monitored.
	 * @return the number
	 */
	public long sockets() {
		return trackers().filter(SocketTracker::isAttached).count();
	}

	/**
	 * Return how many sockets of a type are open and monitored.
	 * @param socketType the type in upper case
	 * @return the number
	 */
	public long sockets(String socketType) {
		return trackers().filter((tracker) -> tracker.isAttached() && tracker.identity().type().equals(socketType))
			.count();
	}

	/**
	 * Return how many contexts are open in which a socket was seen.
	 * @return the number, of all monitors of this JVM
	 */
	public int contexts() {
		return KnownContexts.open();
	}

	/**
	 * Return how many contexts have sockets that are not seen. Looks at the threads of
	 * this JVM: each context that has a socket has one.
	 * @return the number
	 */
	public int contextsUnseen() {
		return KnownContexts.unseen();
	}

	/**
	 * Return how many sockets live on without their monitor.
	 * @return the number
	 */
	public long detached() {
		return trackers().filter((tracker) -> !tracker.isAttached()).count();
	}

	/**
	 * Return how many hints of a kind there are, as {@link ZmqMonitor#hints()} lists
	 * them: as of two seconds ago at most, and as far as they can be told.
	 * @param kind the kind of hint
	 * @return the number
	 */
	public long hints(ZmqHint.Kind kind) {
		return this.registry.hints(kind);
	}

	/**
	 * Return how many events of a type were seen.
	 * @param type the type
	 * @return the number since the monitor exists
	 */
	public long events(ZmqEventType type) {
		return this.registry.events(type);
	}

	/**
	 * Return how many events could not be taken.
	 * @return the number since the monitor exists
	 */
	public long eventErrors() {
		return this.registry.errors().events();
	}

	/**
	 * Return how often a listener, or a hook of the application, has thrown.
	 * @return the number since the monitor exists
	 */
	public long listenerErrors() {
		return this.registry.errors().listeners();
	}

	/**
	 * Return how often something could not be monitored.
	 * @return the number since the monitor exists
	 */
	public long instrumentationErrors() {
		return this.registry.errors().instrumentations();
	}

	/**
	 * Return how many events did not reach listeners because their queue was full.
	 * @return the number since the monitor exists
	 */
	public long droppedFromListeners() {
		return this.registry.dispatcher().dropped();
	}

	/**
	 * Return how many events did not reach hooks of the application because their queue
	 * was full.
	 * @return the number since the monitor exists
	 */
	public long droppedFromHooks() {
		return this.sockets.droppedFromHooks();
	}

	/**
	 * Return how many endpoint groups there are, those for what is beyond the limit not
	 * counted.
	 * @return the number
	 */
	public int endpoints() {
		this.registry.housekeepIfDue();
		return this.registry.endpoints().ownAggregates();
	}

	/**
	 * Return how many endpoint groups there can be.
	 * @return the limit
	 */
	public int endpointsLimit() {
		return this.registry.settings().maxEndpoints();
	}

	/**
	 * Return how many endpoints were beyond the limit.
	 * @return the number since the monitor exists
	 */
	public long endpointsOverflow() {
		return this.registry.endpoints().overflow();
	}

	/**
	 * Return how many accepted connections came and went without a sample, so that their
	 * messages may not be counted.
	 * @return the number since the monitor exists
	 */
	public long pipesMissed() {
		return this.registry.pipesMissed();
	}

	/**
	 * Return how often the connections of a socket were not read for a while because that
	 * took longer than the budget.
	 * @return the number since the monitor exists
	 */
	public long connectionReadingsSuspended() {
		return this.registry.readings().suspended(Reading.CONNECTIONS);
	}

	/**
	 * Return how often the messages and queues of a socket were not read for a while
	 * because that took longer than the budget.
	 * @return the number since the monitor exists
	 */
	public long queueReadingsSuspended() {
		return this.registry.readings().suspended(Reading.QUEUES);
	}

	/**
	 * Return how often the kernel was not asked about connections for a while because
	 * that took longer than the budget.
	 * @return the number since the monitor exists
	 */
	public long kernelReadingsSuspended() {
		return this.registry.readings().suspended(Reading.KERNEL);
	}

	private Stream<SocketTracker> trackers() {
		return this.registry.sockets().map(FollowedSocket::tracker);
	}

}
