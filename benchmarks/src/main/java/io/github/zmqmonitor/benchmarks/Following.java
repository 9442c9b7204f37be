package io.github.zmqmonitor.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMonitor;

/**
 * Follows sockets in one of the ways that are compared with this library, and needs
 * nothing of it.
 */
final class Following {

	private final Observation observation;

	private final ZContext context;

	private final MeterRegistry registry;

	private final Counter counter;

	private final List<ZMonitorReader> readers = new ArrayList<>();

	private final LongAdder read = new LongAdder();

	Following(Observation observation, ZContext context, MeterRegistry registry) {
		this.observation = observation;
		this.context = context;
		this.registry = registry;
		this.counter = Counter.builder("events").register(registry);
	}

	ZMQ.Socket follow(ZMQ.Socket socket) {
		switch (this.observation) {
			case COUNTER -> hook(socket, new CounterHook(this.counter));
			case TIMED_COUNTER -> hook(socket, new TimedCounterHook(this.counter));
			case OWN_COUNTER -> hook(socket, new TimedCounterHook(ownCounter(socket)));
			case ZMONITOR -> this.readers.add(new ZMonitorReader(new ZMonitor(this.context, socket), this.read));
			case PLAIN, MONITORED -> {
				// nothing to add
			}
		}
		return socket;
	}

	private Counter ownCounter(ZMQ.Socket socket) {
		return Counter.builder("own.events").tag("socket", socket.base().toString()).register(this.registry);
	}

	private static void hook(ZMQ.Socket socket, zmq.ZMQ.EventConsummer hook) {
		socket.base().setEventHook(hook, zmq.ZMQ.ZMQ_EVENT_ALL);
	}

	/**
	 * How many events the readers of all {@code ZMonitor}s have got.
	 */
	long read() {
		return this.read.sum();
	}

	void stop() {
		this.readers.forEach(ZMonitorReader::stop);
	}

	private static final class CounterHook implements zmq.ZMQ.EventConsummer {

		private final Counter counter;

		CounterHook(Counter counter) {
			this.counter = counter;
		}

		@Override
		public void consume(zmq.ZMQ.Event event) {
			this.counter.increment();
		}

	}

	private static final class TimedCounterHook implements zmq.ZMQ.EventConsummer {

		private final Counter counter;

		private long latest;

		TimedCounterHook(Counter counter) {
			this.counter = counter;
		}

		@Override
		public void consume(zmq.ZMQ.Event event) {
			this.counter.increment();
			this.latest = System.nanoTime();
		}

		@Override
		public void close() {
			if (this.latest == Long.MIN_VALUE) {
				throw new IllegalStateException("No event had this time");
			}
		}

	}

	private static final class ZMonitorReader implements Runnable {

		private static final int TIMEOUT = 20;

		private final ZMonitor monitor;

		private final LongAdder read;

		private final Thread thread = new Thread(this, "reader");

		private volatile boolean stopped;

		ZMonitorReader(ZMonitor monitor, LongAdder read) {
			this.monitor = monitor.add(ZMonitor.Event.ALL).start();
			this.read = read;
			this.thread.setDaemon(true);
			this.thread.start();
		}

		@Override
		public void run() {
			while (!this.stopped) {
				if (this.monitor.nextEvent(TIMEOUT) != null) {
					this.read.increment();
				}
			}
			this.monitor.close();
		}

		void stop() {
			this.stopped = true;
			try {
				this.thread.join();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

}
