package io.github.zmqmonitor.benchmarks;

import java.io.Closeable;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread that does something each millisecond until it is closed; it catches up where
 * it was late.
 */
final class Steady implements Closeable {

	private static final int INTERVAL = 1_000_000;

	private final Runnable task;

	private final Thread thread;

	private volatile boolean stopped;

	private Steady(String name, Runnable task) {
		this.task = task;
		this.thread = new Thread(this::run, name);
	}

	static Steady start(String name, Runnable task) {
		Steady steady = new Steady(name, task);
		steady.thread.start();
		return steady;
	}

	private void run() {
		long next = System.nanoTime();
		while (!this.stopped) {
			this.task.run();
			next += INTERVAL;
			LockSupport.parkNanos(next - System.nanoTime());
		}
	}

	@Override
	public void close() {
		this.stopped = true;
		try {
			this.thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
