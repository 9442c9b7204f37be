package io.github.zmqmonitor.monitor;

import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Brings events to the listeners, on one daemon thread.
 */
final class EventDispatcher {

	private final CopyOnWriteArrayList<ZmqSocketEventListener> listeners = new CopyOnWriteArrayList<>();

	private final LongAdder dropped = new LongAdder();

	private final MonitorErrors errors;

	private final MonitorClock clock;

	private final int capacity;

	private final SerialWorker worker;

	private volatile @Nullable EventRing events;

	EventDispatcher(ZmqMonitor monitor, int capacity, MonitorErrors errors) {
		this.errors = errors;
		this.clock = monitor.clock();
		this.capacity = capacity;
		this.worker = new SerialWorker("zmq-monitor-events", this::deliver,
				() -> call((listener) -> listener.onTick(monitor)));
	}

	synchronized boolean addListener(ZmqSocketEventListener listener) {
		if (this.events == null) {
			this.events = new EventRing(this.capacity);
		}
		boolean added = this.listeners.addIfAbsent(listener);
		this.worker.start();
		return added;
	}

	void removeListener(ZmqSocketEventListener listener) {
		this.listeners.remove(listener);
	}

	/**
	 * Hand an event to the listeners, if there are any. Called on I/O threads.
	 */
	void publish(SocketTracker socket, ZmqEventType type, String address, int value, EventEffect effect,
			@Nullable Connection connection, long at) {
		EventRing events = this.events;
		if (events == null || this.listeners.isEmpty() || this.worker.isStopped()) {
			return;
		}
		if (events.offer(socket, type, address, value, effect, connection, at)) {
			this.worker.wake();
		}
		else {
			this.dropped.increment();
		}
	}

	private boolean deliver() {
		EventRing events = this.events;
		ZmqSocketEvent event = (events != null) ? events.poll(this.clock) : null;
		if (event != null) {
			call((listener) -> listener.onEvent(event));
		}
		return event != null;
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
