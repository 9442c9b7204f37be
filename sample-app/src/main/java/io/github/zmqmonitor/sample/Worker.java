package io.github.zmqmonitor.sample;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.ZMQException;

import org.springframework.context.SmartLifecycle;

/**
 * Takes one step after another on a thread of its own, which alone uses the sockets
 * involved.
 */
class Worker implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(Worker.class);

	private static final long STOP_MILLIS = 2000;

	private final String name;

	private final Step step;

	private volatile @Nullable Run run;

	Worker(String name, Step step) {
		this.name = name;
		this.step = step;
	}

	@Override
	public void start() {
		Run started = new Run();
		this.run = started;
		started.start();
	}

	@Override
	public void stop() {
		Run stopped = this.run;
		this.run = null;
		if (stopped != null) {
			stopped.end();
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
		return this.run != null;
	}

	/**
	 * What is done again and again.
	 */
	@FunctionalInterface
	interface Step {

		/**
		 * Does it once. The sockets' timeouts must end it soon.
		 * @return the pause until the next step, in milliseconds
		 */
		long run();

	}

	/**
	 * The time from a start to a stop.
	 */
	private final class Run {

		private final CountDownLatch stopped = new CountDownLatch(1);

		private final Thread thread = new Thread(this::work, Worker.this.name);

		void start() {
			this.thread.start();
		}

		private void work() {
			try {
				while (!this.stopped.await(Worker.this.step.run(), TimeUnit.MILLISECONDS)) {
					continue;
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			catch (ZMQException ex) {
				if (this.stopped.getCount() > 0) {
					logger.warn("{} stopped: {}", Worker.this.name, ex.getMessage());
				}
			}
		}

		void end() {
			this.stopped.countDown();
			try {
				this.thread.join(STOP_MILLIS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

}
