package io.github.zmqmonitor.sample;

import java.util.concurrent.CompletableFuture;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.ZMQException;

import org.springframework.context.SmartLifecycle;

/**
 * Does something again and again on a thread of its own, which alone uses the sockets
 * involved.
 */
class Worker implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(Worker.class);

	private static final long STOP_MILLIS = 2000;

	private final String name;

	private final Step step;

	private volatile Thread thread;

	Worker(String name, Step step) {
		this.name = name;
		this.step = step;
	}

	@Override
	public void start() {
		Thread started = new Thread(this::work, this.name);
		this.thread = started;
		started.start();
	}

	private void work() {
		while (this.thread == Thread.currentThread()) {
			try {
				this.step.run();
			}
			catch (InterruptedException ex) {
				return;
			}
			catch (ZMQException ex) {
				if (this.thread == Thread.currentThread()) {
					logger.warn("{} stopped: {}", this.name, ex.getMessage());
				}
				return;
			}
		}
	}

	@Override
	public void stop() {
		Thread stopped = this.thread;
		this.thread = null;
		if (stopped != null) {
			try {
				stopped.join(STOP_MILLIS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/**
	 * Stop beside the other workers, not after them.
	 */
	@Override
	public void stop(Runnable callback) {
		CompletableFuture.runAsync(this::stop).thenRun(callback);
	}

	@Override
	public boolean isRunning() {
		return this.thread != null;
	}

	/**
	 * What is done again and again; takes a second at the most.
	 */
	@FunctionalInterface
	interface Step {

		void run() throws InterruptedException;

	}

}
