package io.github.zmqmonitor.internal.dispatch;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.zmqmonitor.internal.support.MonitorErrors;
import org.jspecify.annotations.Nullable;

/**
 * Does one piece of work after the other on a daemon thread. What a piece throws is
 * contained and counted.
 */
abstract class SerialWorker implements Runnable {

	private static final long TICK = TimeUnit.SECONDS.toNanos(1);

	private final String name;

	private final MonitorErrors errors;

	private volatile @Nullable Thread thread;

	private volatile boolean idle;

	private volatile boolean stopped;

	SerialWorker(String name, MonitorErrors errors) {
		this.name = name;
		this.errors = errors;
	}

	/** Do one piece of work, or say {@code false} if there is none. */
	abstract boolean work();

	/** Do what is due about once a second in between. */
	abstract void tick();

	/**
	 * Start the thread, unless it runs. Where no thread can be had, the next call tries
	 * again.
	 */
	synchronized void start() {
		if (this.thread == null && !this.stopped) {
			Thread thread = new Thread(this, this.name);
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

	@Override
	public void run() {
		long tickedAt = System.nanoTime();
		while (!this.stopped) {
			if (System.nanoTime() - tickedAt >= TICK) {
				containTick();
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
			return work();
		}
		catch (Throwable ex) {
			this.errors.listener("An event could not be delivered", ex);
			return true;
		}
	}

	private void containTick() {
		try {
			tick();
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
