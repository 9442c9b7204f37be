package io.github.zmqmonitor.monitor;

import java.util.concurrent.atomic.LongAdder;

/**
 * Calls the hooks of the application on one daemon thread, started with the first one.
 */
final class HookDispatcher {

	private static final int CAPACITY = 10_000;

	private final LongAdder dropped = new LongAdder();

	private final MonitorErrors errors;

	private final SerialWorker<Runnable> worker;

	HookDispatcher(MonitorErrors errors) {
		this.errors = errors;
		this.worker = new SerialWorker<>("zmq-monitor-hooks", CAPACITY, this::call);
	}

	void start() {
		this.worker.start();
	}

	void later(Runnable call) {
		if (!this.worker.offer(call)) {
			this.dropped.increment();
		}
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

	private void call(Runnable call) {
		try {
			call.run();
		}
		catch (Throwable ex) {
			this.errors.listener("An event hook of the application failed", ex);
		}
	}

	long dropped() {
		return this.dropped.sum();
	}

	void stop() {
		this.worker.stop();
	}

}
