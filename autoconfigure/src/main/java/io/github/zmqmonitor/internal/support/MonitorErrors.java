package io.github.zmqmonitor.internal.support;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Failures of the monitor itself: contained and counted. Those on I/O threads are not
 * logged.
 */
public final class MonitorErrors {

	private static final Log logger = LogFactory.getLog("io.github.zmqmonitor.monitor.ZmqMonitor");

	private static final LongAdder total = new LongAdder();

	private final LongAdder events = new LongAdder();

	private final LongAdder listeners = new LongAdder();

	private final LongAdder instrumentations = new LongAdder();

	private final AtomicBoolean namingFailed = new AtomicBoolean();

	/** An event could not be taken. Called on I/O threads. */
	public void event() {
		total.increment();
		this.events.increment();
	}

	/**
	 * A listener or a hook of the application failed. Called on our own threads.
	 */
	public void listener(String message, Throwable ex) {
		total.increment();
		this.listeners.increment();
		if (this.listeners.sum() == 1) {
			logger.warn(message + "; further failures are only counted", ex);
		}
	}

	/** A hook of the application failed on a thread of JeroMQ. */
	public void silentListener() {
		total.increment();
		this.listeners.increment();
	}

	/** Something could not be monitored. Called on threads of the application. */
	public void instrumentation(String message, Throwable ex) {
		total.increment();
		this.instrumentations.increment();
		if (this.instrumentations.sum() == 1) {
			logger.warn(message + "; further failures are only counted", ex);
		}
		else {
			logger.debug(message, ex);
		}
	}

	/** The application could not name a socket. Called on its threads. */
	public void naming(String message, @Nullable Throwable ex) {
		this.instrumentations.increment();
		if (this.namingFailed.compareAndSet(false, true)) {
			logger.warn(message + "; it keeps its default name, and further failures are only counted", ex);
		}
		else {
			logger.debug(message, ex);
		}
	}

	/** How many failures there were in this JVM, of all monitors. */
	public static long total() {
		return total.sum();
	}

	public long events() {
		return this.events.sum();
	}

	public long listeners() {
		return this.listeners.sum();
	}

	public long instrumentations() {
		return this.instrumentations.sum();
	}

}
