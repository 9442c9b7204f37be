package io.github.zmqmonitor.monitor;

import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Brings events to the listeners, on one daemon thread.
 */
final class EventDispatcher {

	private final CopyOnWriteArrayList<ZmqSocketEventListener> listeners = new CopyOnWriteArrayList<>();

	private final LongAdder dropped = new LongAdder();

	private final MonitorErrors errors;

	private final SerialWorker<ZmqSocketEvent> worker;

	EventDispatcher(ZmqMonitor monitor, int capacity, MonitorErrors errors) {
		this.errors = errors;
		this.worker = new SerialWorker<>("zmq-monitor-events", capacity,
				(event) -> call((listener) -> listener.onEvent(event)),
				() -> call((listener) -> listener.onTick(monitor)));
	}

	boolean addListener(ZmqSocketEventListener listener) {
		boolean added = this.listeners.addIfAbsent(listener);
		this.worker.start();
		return added;
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

	private void call(Consumer<ZmqSocketEventListener> call) {
		for (ZmqSocketEventListener listener : this.listeners) {
			try {
				call.accept(listener);
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
