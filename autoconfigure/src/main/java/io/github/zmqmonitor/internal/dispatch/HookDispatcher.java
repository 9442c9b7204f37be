package io.github.zmqmonitor.internal.dispatch;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import io.github.zmqmonitor.internal.support.MonitorErrors;

/**
 * Calls the hooks of the application on one daemon thread, started with the first call.
 */
public final class HookDispatcher {

	private static final int CAPACITY = 10_000;

	private final LongAdder dropped = new LongAdder();

	private final MonitorErrors errors;

	private final ThreadPoolExecutor executor;

	public HookDispatcher(MonitorErrors errors) {
		this.errors = errors;
		this.executor = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(CAPACITY),
				(work) -> {
					Thread thread = new Thread(work, "zmq-monitor-hooks");
					thread.setDaemon(true);
					return thread;
				});
	}

	/** Call a hook in its turn. */
	public void later(Runnable call) {
		try {
			this.executor.execute(() -> run(call));
		}
		catch (RejectedExecutionException ex) {
			if (!this.executor.isShutdown()) {
				drop();
			}
		}
	}

	private void run(Runnable call) {
		try {
			call.run();
		}
		catch (Throwable ex) {
			this.errors.listener("An event hook of the application failed", ex);
		}
	}

	/** Call a hook on this thread. */
	public void now(Runnable call) {
		try {
			call.run();
		}
		catch (Throwable ex) {
			failed();
		}
	}

	/** Something of a monitor of the application failed on a thread of JeroMQ. */
	public void failed() {
		this.errors.silentListener();
	}

	/** An event does not reach a monitor of the application: too many wait. */
	public void drop() {
		this.dropped.increment();
	}

	/** How many calls and events were dropped because too many waited. */
	public long dropped() {
		return this.dropped.sum();
	}

	/** Call no hook any more; one that is being called is left to end. */
	public void stop() {
		this.executor.shutdown();
		this.executor.getQueue().clear();
	}

}
