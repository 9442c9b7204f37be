package io.github.zmqmonitor.monitor;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/**
 * Brings events to the listeners, on one daemon thread.
 */
final class EventDispatcher {

	private final List<ZmqSocketEventListener> listeners = new CopyOnWriteArrayList<>();

	private final LongAdder dropped = new LongAdder();

	private final MonitorErrors errors;

	private final SerialWorker<ZmqSocketEvent> worker;

	EventDispatcher(int capacity, MonitorErrors errors) {
		this.errors = errors;
		this.worker = new SerialWorker<>("zmq-monitor-events", capacity, this::deliver);
	}

	void addListener(ZmqSocketEventListener listener) {
		this.listeners.add(listener);
		this.worker.start();
	}

	void removeListener(ZmqSocketEventListener listener) {
		this.listeners.remove(listener);
	}

	boolean hasListeners() {
		return !this.listeners.isEmpty();
	}

	void publish(ZmqSocketEvent event) {
		if (!this.worker.offer(event)) {
			this.dropped.increment();
		}
	}

	private void deliver(ZmqSocketEvent event) {
		for (ZmqSocketEventListener listener : this.listeners) {
			try {
				listener.onEvent(event);
			}
			catch (Throwable ex) {
				this.errors.listener("Listener " + listener.getClass().getName() + " failed", ex);
			}
		}
	}

	long dropped() {
		return this.dropped.sum();
	}

	void stop() {
		this.worker.stop();
	}

}
