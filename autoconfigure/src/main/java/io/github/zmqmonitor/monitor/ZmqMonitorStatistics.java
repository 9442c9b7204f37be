package io.github.zmqmonitor.monitor;

/**
 * Numbers about a {@link ZmqMonitor} itself, read anew with each call. Safe for use by
 * any thread.
 */
public final class ZmqMonitorStatistics {

	private final ZmqMonitor monitor;

	ZmqMonitorStatistics(ZmqMonitor monitor) {
		this.monitor = monitor;
	}

	/**
	 * Return how many sockets of a type are open and monitored.
	 * @param socketType the type in upper case
	 * @return the number
	 */
	public long sockets(String socketType) {
		return this.monitor.trackers()
			.filter((tracker) -> tracker.isAttached() && tracker.identity().type().equals(socketType))
			.count();
	}

	/**
	 * Return how many sockets live on without their monitor.
	 * @return the number
	 */
	public long detached() {
		return this.monitor.trackers().filter((tracker) -> !tracker.isAttached()).count();
	}

	/**
	 * Return how many events of a type were seen.
	 * @param type the type
	 * @return the number since the monitor exists
	 */
	public long events(ZmqEventType type) {
		return this.monitor.events(type);
	}

	/**
	 * Return how many events could not be taken.
	 * @return the number since the monitor exists
	 */
	public long eventErrors() {
		return this.monitor.errors().events();
	}

	/**
	 * Return how often a listener, or a hook of the application, has thrown.
	 * @return the number since the monitor exists
	 */
	public long listenerErrors() {
		return this.monitor.errors().listeners();
	}

	/**
	 * Return how often something could not be monitored.
	 * @return the number since the monitor exists
	 */
	public long instrumentationErrors() {
		return this.monitor.errors().instrumentations();
	}

	/**
	 * Return how many events did not reach listeners because their queue was full.
	 * @return the number since the monitor exists
	 */
	public long droppedFromListeners() {
		return this.monitor.droppedFromListeners();
	}

	/**
	 * Return how many events did not reach hooks of the application because their queue
	 * was full.
	 * @return the number since the monitor exists
	 */
	public long droppedFromHooks() {
		return this.monitor.droppedFromHooks();
	}

	/**
	 * Return how many endpoint groups there are, those for what is beyond the limit not
	 * counted. Brings the groups up to date.
	 * @return the number
	 */
	public int endpoints() {
		this.monitor.refresh();
		return this.monitor.endpoints().ownGroups();
	}

	/**
	 * Return how many endpoint groups there can be.
	 * @return the limit
	 */
	public int endpointsLimit() {
		return this.monitor.settings().maxEndpoints();
	}

	/**
	 * Return how many endpoints were beyond the limit.
	 * @return the number since the monitor exists
	 */
	public long endpointsOverflow() {
		return this.monitor.endpoints().overflow();
	}

	/**
	 * Return how many accepted connections came and went without a sample, so that their
	 * messages may not be counted.
	 * @return the number since the monitor exists
	 */
	public long pipesMissed() {
		return this.monitor.pipesMissed();
	}

}
