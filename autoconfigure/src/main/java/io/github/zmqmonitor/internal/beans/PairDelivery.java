package io.github.zmqmonitor.internal.beans;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Delivers later what monitors of the application could not take at once, because nobody
 * was connected to them or they had not read what came before. JeroMQ would stop its I/O
 * thread until they do. One daemon thread, which ends when nothing waits.
 */
final class PairDelivery {

	private static final Log logger = LogFactory.getLog("io.github.zmqmonitor.monitor.ZmqMonitor");

	private static final long SHORTEST_PAUSE = 2;

	private static final long LONGEST_PAUSE = 100;

	private static final int IDLE_SECONDS = 5;

	private final ScheduledThreadPoolExecutor executor;

	private final AtomicBoolean said = new AtomicBoolean();

	PairDelivery() {
		this.executor = new ScheduledThreadPoolExecutor(1, (work) -> {
			Thread thread = new Thread(work, "zmq-monitor-pairs");
			thread.setDaemon(true);
			return thread;
		});
		this.executor.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
		this.executor.allowCoreThreadTimeOut(true);
	}

	/**
	 * Deliver until nothing is left.
	 * @param attempt returns whether to be called again
	 */
	void later(BooleanSupplier attempt) {
		schedule(attempt, SHORTEST_PAUSE);
	}

	private void schedule(BooleanSupplier attempt, long pause) {
		try {
			this.executor.schedule(() -> {
				if (attempt.getAsBoolean()) {
					schedule(attempt, Math.min(LONGEST_PAUSE, pause * 2));
				}
			}, pause, TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			// stopped: what waits is delivered with the next event
		}
	}

	/** A monitor has lost events. Called on the thread of deliveries. */
	void full(String address) {
		if (this.said.compareAndSet(false, true)) {
			logger.warn("The monitor of a socket at " + address + " does not read its events: "
					+ ApplicationMonitor.Pair.BACKLOG + " wait, those beyond are dropped and counted (said once)");
		}
	}

	/** Deliver nothing later any more. */
	void stop() {
		this.executor.shutdownNow();
	}

}
