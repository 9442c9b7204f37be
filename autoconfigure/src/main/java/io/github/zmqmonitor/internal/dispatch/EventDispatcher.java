package io.github.zmqmonitor.internal.dispatch;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import io.github.zmqmonitor.internal.state.EventOutcome;
import io.github.zmqmonitor.internal.state.SocketTracker;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.internal.support.MonitorErrors;
import io.github.zmqmonitor.model.ZmqHint;
import io.github.zmqmonitor.model.ZmqSocketEvent;
import io.github.zmqmonitor.model.ZmqSocketEventListener;
import org.jspecify.annotations.Nullable;

/**
 * Brings events to the listeners, on one daemon thread that starts with the first one.
 */
public final class EventDispatcher {

	private static final long NAMING_PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

	private final CopyOnWriteArrayList<ZmqSocketEventListener> listeners = new CopyOnWriteArrayList<>();

	private final LongAdder dropped = new LongAdder();

	private final MonitorErrors errors;

	private final MonitorClock clock;

	private final int capacity;

	private final Runnable housekeeping;

	private final Supplier<List<ZmqHint>> hints;

	private final SerialWorker worker;

	private volatile @Nullable EventRing events;

	/**
	 * Create a dispatcher.
	 * @param capacity how many events may wait
	 * @param housekeeping what is due each second whether or not somebody listens
	 * @param hints what listeners may ask for each second
	 */
	public EventDispatcher(int capacity, MonitorClock clock, MonitorErrors errors, Runnable housekeeping,
			Supplier<List<ZmqHint>> hints) {
		this.errors = errors;
		this.clock = clock;
		this.capacity = capacity;
		this.housekeeping = housekeeping;
		this.hints = hints;
		this.worker = new Delivery();
	}

	/**
	 * Add a listener.
	 * @return {@code false} if it had been added before
	 */
	public synchronized boolean addListener(ZmqSocketEventListener listener) {
		if (this.events == null) {
			this.events = new EventRing(this.capacity);
		}
		boolean added = this.listeners.addIfAbsent(listener);
		this.worker.start();
		return added;
	}

	public void removeListener(ZmqSocketEventListener listener) {
		this.listeners.remove(listener);
	}

	/** Hand an event to the listeners, if there are any. Called on I/O threads. */
	public void publish(EventOutcome outcome) {
		EventRing events = this.events;
		if (events == null || this.listeners.isEmpty() || this.worker.isStopped()) {
			return;
		}
		if (events.offer(outcome)) {
			this.worker.wake();
		}
		else {
			this.dropped.increment();
		}
	}

	private boolean deliverNext() {
		EventRing events = this.events;
		SocketTracker next = (events != null) ? events.next() : null;
		if (next != null && next.awaitsName()) {
			// a bean that connects in its factory method gets its name when that returns
			LockSupport.parkNanos(this, NAMING_PAUSE);
			return true;
		}
		ZmqSocketEvent event = (events != null) ? events.poll(this.clock) : null;
		if (event != null) {
			tell(event, null);
		}
		return event != null;
	}

	private void tell(@Nullable ZmqSocketEvent event, @Nullable Supplier<List<ZmqHint>> hints) {
		for (ZmqSocketEventListener listener : this.listeners) {
			try {
				if (event != null) {
					listener.onEvent(event);
				}
				if (hints != null) {
					listener.onTick(hints);
				}
			}
			catch (Throwable ex) {
				this.errors.listener("Listener " + listener.getClass().getName() + " failed", ex);
			}
		}
	}

	/** How many events did not reach listeners because their queue was full. */
	public long dropped() {
		return this.dropped.sum();
	}

	public void stop() {
		this.worker.stop();
	}

	/** Brings events to the listeners, and reminds them each second. */
	private final class Delivery extends SerialWorker {

		Delivery() {
			super("zmq-monitor-events", EventDispatcher.this.errors);
		}

		@Override
		boolean work() {
			return deliverNext();
		}

		@Override
		void tick() {
			EventDispatcher.this.housekeeping.run();
			tell(null, new Memoized<>(EventDispatcher.this.hints));
		}

	}

	/** Asks at most once. */
	private static final class Memoized<T> implements Supplier<T> {

		private final Supplier<T> source;

		private @Nullable T value;

		Memoized(Supplier<T> source) {
			this.source = source;
		}

		@Override
		public T get() {
			T known = this.value;
			if (known == null) {
				known = this.source.get();
				this.value = known;
			}
			return known;
		}

	}

}
