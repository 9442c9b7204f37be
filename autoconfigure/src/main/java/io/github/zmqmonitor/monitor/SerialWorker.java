package io.github.zmqmonitor.monitor;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Does one piece of work after the other on a daemon thread.
 */
final class SerialWorker {

	private static final long TICK = TimeUnit.SECONDS.toNanos(1);

	private final String name;

	private final BooleanSupplier work;

	private final @Nullable Runnable tick;

	private volatile @Nullable Thread thread;

	private volatile boolean idle;

	private volatile boolean stopped;

	/**
	 * Create a worker.
	 * @param work does one piece of work, and says {@code false} if there is none
	 * @param tick what to do about once a second in between, {@code null} for nothing
	 */
	SerialWorker(String name, BooleanSupplier work, @Nullable Runnable tick) {
		this.name = name;
		this.work = work;
		this.tick = tick;
	}

	synchronized void start() {
		if (this.thread == null && !this.stopped) {
			Thread thread = new Thread(this::run, this.name);
			thread.setDaemon(true);
			this.thread = thread;
			thread.start();
		}
	}

	boolean isStopped() {
		return this.stopped;
	}

	/**
	 * There is work. Never blocks.
	 */
	void wake() {
		if (this.idle) {
			this.idle = false;
			LockSupport.unpark(this.thread);
		}
	}

	private void run() {
		long tickedAt = System.nanoTime();
		while (!this.stopped) {
			if (this.tick != null && System.nanoTime() - tickedAt >= TICK) {
				this.tick.run();
				tickedAt = System.nanoTime();
			}
			if (!this.work.getAsBoolean()) {
				this.idle = true;
				if (!this.work.getAsBoolean() && !this.stopped) {
					pause();
				}
				this.idle = false;
			}
			Thread.interrupted();
		}
	}

	private void pause() {
		if (this.tick != null) {
			LockSupport.parkNanos(this, TICK);
		}
		else {
			LockSupport.park(this);
		}
	}

	/**
	 * Stop the thread; what is still to do is left.
	 */
	synchronized void stop() {
		this.stopped = true;
		Thread thread = this.thread;
		if (thread != null) {
			thread.interrupt();
			LockSupport.unpark(thread);
		}
	}

}
