package io.github.zmqmonitor.monitor;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Calls the hooks of the application on one daemon thread, started with the first one.
 */
final class HookDispatcher {

	private static final int CAPACITY = 10_000;

	private final LongAdder dropped = new LongAdder();

	private final MonitorErrors errors;

	private final Queue<Runnable> calls = new ConcurrentLinkedQueue<>();

	private final AtomicInteger size = new AtomicInteger();

	private final SerialWorker worker;

	HookDispatcher(MonitorErrors errors) {
		this.errors = errors;
		this.worker = new SerialWorker("zmq-monitor-hooks", this::callNext, null);
	}

	void start() {
		this.worker.start();
	}

	void later(Runnable call) {
		if (this.worker.isStopped()) {
			return;
		}
		if (this.size.incrementAndGet() > CAPACITY) {
			this.size.decrementAndGet();
			this.dropped.increment();
			return;
		}
		this.calls.add(call);
		this.worker.wake();
	}

	/**
	 * Something of a monitor of the application failed on a thread of JeroMQ.
	 */
	void failed() {
		this.errors.silentListener();
	}

	void now(Runnable call) {
		try {
			call.run();
		}
		catch (Throwable ex) {
			failed();
		}
	}

	private boolean callNext() {
		Runnable call = this.calls.poll();
		if (call == null) {
			return false;
		}
		this.size.decrementAndGet();
		try {
			call.run();
		}
		catch (Throwable ex) {
			this.errors.listener("An event hook of the application failed", ex);
		}
		return true;
	}

	long dropped() {
		return this.dropped.sum();
	}

	void stop() {
		this.worker.stop();
		this.calls.clear();
	}

}
