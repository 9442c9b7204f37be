package io.github.zmqmonitor.internal.dispatch;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import io.github.zmqmonitor.internal.support.MonitorErrors;
import org.jspecify.annotations.Nullable;

/**
 * Does one piece of work after the other on a daemon thread. What a piece throws is
 * contained and counted.
 */
final class SerialWorker {

	private static final long TICK = TimeUnit.SECONDS.toNanos(1);

	private final String name;

	private final BooleanSupplier work;

	private final Runnable tick;

	private final MonitorErrors errors;

	private volatile @Nullable Thread thread;

	private volatile boolean idle;

	private volatile boolean stopped;

	/**
	 * Create a worker.
	 * @param work does one piece of work, and says {@code false} if there is none
	 * @param tick what to do about once a second in between
	 */
	SerialWorker(String name, BooleanSupplier work, Runnable tick, MonitorErrors errors) {
		this.name = name;
		this.work = work;
		this.tick = tick;
		this.errors = errors;
	}

	/**
	 * Start the thread, unless it runs. Where no thread can be had, the next call tries
	 * again.
	 */
	synchronized void start() {
		if (this.thread == null && !this.stopped) {
			Thread thread = new Thread(this::run, this.name);
			thread.setDaemon(true);
			try {
				thread.start();
				this.thread = thread;
			}
			catch (OutOfMemoryError ex) {
				this.errors.listener("The thread " + this.name + " could not be started", ex);
			}
		}
	}

	boolean isStopped() {
		return this.stopped;
	}

	/** There is work. Never blocks. */
	void wake() {
		if (this.idle) {
			this.idle = false;
			LockSupport.unpark(this.thread);
		}
	}

	private void run() {
		long tickedAt = System.nanoTime();
		while (!this.stopped) {
			if (System.nanoTime() - tickedAt >= TICK) {
				contain(this.tick);
				tickedAt = System.nanoTime();
			}
			if (!hasWorked()) {
				this.idle = true;
				if (!hasWorked() && !this.stopped) {
					LockSupport.parkNanos(this, TICK);
				}
				this.idle = false;
			}
			Thread.interrupted();
		}
	}

	private boolean hasWorked() {
		try {
			return this.work.getAsBoolean();
		}
		catch (Throwable ex) {
			this.errors.listener("An event could not be delivered", ex);
			return true;
		}
	}

	private void contain(Runnable action) {
		try {
			action.run();
		}
		catch (Throwable ex) {
			this.errors.listener("What is due each second failed", ex);
		}
	}

	/**
	 * Stop the thread once the piece of work that it is at is done; the rest is left.
	 */
	synchronized void stop() {
		this.stopped = true;
		LockSupport.unpark(this.thread);
	}

}
