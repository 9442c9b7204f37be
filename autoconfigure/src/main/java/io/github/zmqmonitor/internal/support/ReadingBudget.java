package io.github.zmqmonitor.internal.support;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * How long a look at JeroMQ's objects, or at the kernel's, may take. A socket whose looks
 * take longer, several times in a row, is not looked at for a while: so the monitor costs
 * little even where it is slow. Safe for use by any thread; nobody waits and only
 * {@link #report} logs.
 */
public final class ReadingBudget {

	private static final Log logger = LogFactory.getLog("io.github.zmqmonitor.monitor.ZmqMonitor");

	/** One long look can be a pause of the JVM. */
	private static final int TOLERATED = 2;

	private static final long FIRST_PAUSE = Duration.ofSeconds(10).toNanos();

	private static final long LONGEST_PAUSE = Duration.ofMinutes(10).toNanos();

	private final Duration budget;

	private final MonitorClock clock;

	private final LongAdder[] suspended = { new LongAdder(), new LongAdder(), new LongAdder() };

	private final AtomicBoolean reported = new AtomicBoolean();

	private volatile @Nullable String first;

	public ReadingBudget(Duration budget, MonitorClock clock) {
		this.budget = budget;
		this.clock = clock;
	}

	/**
	 * Watch over the looks at one socket.
	 * @param socket what the log calls the socket
	 */
	public Breaker breaker(Reading reading, String socket) {
		return new Breaker(reading, socket);
	}

	/** How often a look was suspended. */
	public long suspended(Reading reading) {
		return this.suspended[reading.ordinal()].sum();
	}

	/** Say once that something is not read. Not for I/O threads. */
	public void report() {
		String message = this.first;
		if (message != null && this.reported.compareAndSet(false, true)) {
			logger.warn(message + ", more than zmq.monitor.reading-budget (" + this.budget.toMillis()
					+ " ms) several times in a row: they are not read for a while and then tried again; further"
					+ " cases are only counted");
		}
	}

	/** What is read. */
	public enum Reading {

		/** Endpoints and their connections. */
		CONNECTIONS,

		/** Messages and queues. */
		QUEUES,

		/** What the kernel knows of connections. */
		KERNEL;

		/** Return the name used in tags. */
		public String id() {
			return name().toLowerCase(Locale.ROOT);
		}

		private String words() {
			return (this == KERNEL) ? "kernel's numbers" : id();
		}

	}

	/** Decides whether to look at one socket. */
	public final class Breaker {

		private final Reading reading;

		private final String socket;

		private volatile int overruns;

		private volatile boolean open;

		private volatile long until;

		private volatile long pause = FIRST_PAUSE;

		private Breaker(Reading reading, String socket) {
			this.reading = reading;
			this.socket = socket;
		}

		/** Whether to look now. */
		public boolean allows(long now) {
			return !this.open || now - this.until >= 0;
		}

		/**
		 * A look has ended.
		 * @param begin when it began, in nanoseconds of the monitor's clock
		 */
		public void ended(long begin) {
			long now = ReadingBudget.this.clock.nanoTime();
			long taken = now - begin;
			if (taken <= ReadingBudget.this.budget.toNanos()) {
				this.overruns = 0;
				this.open = false;
				this.pause = FIRST_PAUSE;
			}
			else if (this.open || this.overruns >= TOLERATED) {
				suspend(now, taken);
			}
			else {
				this.overruns = this.overruns + 1;
			}
		}

		private void suspend(long now, long taken) {
			this.until = now + this.pause;
			this.open = true;
			this.pause = Math.min(2 * this.pause, LONGEST_PAUSE);
			ReadingBudget.this.suspended[this.reading.ordinal()].increment();
			if (ReadingBudget.this.first == null) {
				ReadingBudget.this.first = "To read the " + this.reading.words() + " of " + this.socket + " took "
						+ Duration.ofNanos(taken).toMillis() + " ms";
			}
		}

	}

}
