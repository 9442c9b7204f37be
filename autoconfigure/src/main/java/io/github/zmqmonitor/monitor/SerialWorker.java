package io.github.zmqmonitor.monitor;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Works off a bounded queue on one daemon thread. Offering never blocks.
 *
 * @param <T> what is worked off
 */
final class SerialWorker<T> {

	private static final long TICK = TimeUnit.SECONDS.toNanos(1);

	private final String name;

	private final int capacity;

	private final Consumer<T> work;

	private final @Nullable Runnable tick;

	private final Queue<T> queue = new ConcurrentLinkedQueue<>();

	private final AtomicInteger size = new AtomicInteger();

	private volatile @Nullable Thread thread;

	private volatile boolean idle;

	private volatile boolean stopped;

	SerialWorker(String name, int capacity, Consumer<T> work) {
		this(name, capacity, work, null);
	}

	/**
	 * Create a worker.
	 * @param tick what to do about once a second in between, {@code null} for nothing
	 */
	SerialWorker(String name, int capacity, Consumer<T> work, @Nullable Runnable tick) {
		this.name = name;
		this.capacity = capacity;
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

	/**
	 * Queue something up.
	 * @return {@code false} if the queue is full
	 */
	boolean offer(T item) {
		if (this.stopped) {
			return true;
		}
		if (this.size.incrementAndGet() > this.capacity) {
			this.size.decrementAndGet();
			return false;
		}
		this.queue.add(item);
		if (this.idle) {
			this.idle = false;
			LockSupport.unpark(this.thread);
		}
		return true;
	}

	private void run() {
		long tickedAt = System.nanoTime();
		while (!this.stopped) {
			if (this.tick != null && System.nanoTime() - tickedAt >= TICK) {
				this.tick.run();
				tickedAt = System.nanoTime();
			}
			T item = this.queue.poll();
			if (item != null) {
				this.size.decrementAndGet();
				this.work.accept(item);
				Thread.interrupted();
				continue;
			}
			this.idle = true;
			if (this.queue.isEmpty() && !this.stopped) {
				pause();
			}
			this.idle = false;
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
	 * Stop the thread; what is still queued is dropped.
	 */
	synchronized void stop() {
		this.stopped = true;
		Thread thread = this.thread;
		if (thread != null) {
			thread.interrupt();
			LockSupport.unpark(thread);
		}
		this.queue.clear();
	}

}
