package io.github.zmqmonitor.monitor;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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

	private final String name;

	private final int capacity;

	private final Consumer<T> work;

	private final Queue<T> queue = new ConcurrentLinkedQueue<>();

	private final AtomicInteger size = new AtomicInteger();

	private volatile @Nullable Thread thread;

	private volatile boolean idle;

	private volatile boolean stopped;

	SerialWorker(String name, int capacity, Consumer<T> work) {
		this.name = name;
		this.capacity = capacity;
		this.work = work;
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
		while (!this.stopped) {
			T item = this.queue.poll();
			if (item != null) {
				this.size.decrementAndGet();
				this.work.accept(item);
				Thread.interrupted();
				continue;
			}
			this.idle = true;
			if (this.queue.isEmpty() && !this.stopped) {
				LockSupport.park(this);
			}
			this.idle = false;
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
