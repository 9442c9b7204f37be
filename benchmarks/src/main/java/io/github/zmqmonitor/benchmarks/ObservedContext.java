package io.github.zmqmonitor.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

import io.github.zmqmonitor.metrics.ZmqMetrics;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMonitor;

/**
 * A context whose sockets are followed in one of the ways that are compared.
 */
final class ObservedContext implements AutoCloseable {

	private static final int MAXIMUM_SOCKETS = 100_000;

	private final Observation observation;

	private final ZContext plain = new ZContext(1);

	private final MeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

	private final Counter counter = Counter.builder("events").register(this.registry);

	private final ZmqMonitor monitor = new ZmqMonitor();

	private final ZContext context;

	private final List<ZMonitorReader> readers = new ArrayList<>();

	private final LongAdder read = new LongAdder();

	ObservedContext(Observation observation) {
		this.observation = observation;
		this.plain.getContext().setMaxSockets(MAXIMUM_SOCKETS);
		if (observation == Observation.MONITORED) {
			new ZmqMetrics(this.monitor).bindTo(this.registry);
			this.context = this.monitor.monitor("benchmark", this.plain);
		}
		else {
			this.context = this.plain;
		}
	}

	ZmqMonitor monitor() {
		return this.monitor;
	}

	ZMQ.Socket socket(SocketType type) {
		ZMQ.Socket socket = this.context.createSocket(type);
		switch (this.observation) {
			case COUNTER -> hook(socket, new CounterHook(this.counter));
			case TIMED_COUNTER -> hook(socket, new TimedCounterHook(this.counter));
			case OWN_COUNTER -> hook(socket, new TimedCounterHook(ownCounter(socket)));
			case ZMONITOR -> this.readers.add(new ZMonitorReader(new ZMonitor(this.plain, socket), this.read));
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

	@Override
	public void close() {
		this.readers.forEach(ZMonitorReader::stop);
		this.plain.close();
		this.monitor.close();
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
