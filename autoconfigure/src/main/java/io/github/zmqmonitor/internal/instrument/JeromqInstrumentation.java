package io.github.zmqmonitor.internal.instrument;

import io.github.zmqmonitor.internal.instrument.InstrumentationOutcome.Status;
import org.jspecify.annotations.Nullable;

/**
 * Defines changed copies of JeroMQ's classes before anybody loads them, so that every
 * socket of the JVM is reported to an observer, whoever creates it. The changed classes
 * behave as the original ones do.
 * <p>
 * To be called before any class is loaded that JeroMQ's sockets are loaded with. All
 * methods may be called on any thread.
 */
public final class JeromqInstrumentation {

	private static @Nullable InstrumentationOutcome outcome;

	private JeromqInstrumentation() {
	}

	/**
	 * Define the changed classes, unless that was tried before in this JVM.
	 * @param loader the class loader that loads JeroMQ for the application
	 * @return what came of it, the first time
	 */
	public static synchronized InstrumentationOutcome install(@Nullable ClassLoader loader) {
		InstrumentationOutcome result = outcome;
		if (result == null) {
			try {
				result = ClassDefiner.define(loader);
			}
			catch (Throwable ex) {
				result = new InstrumentationOutcome(Status.FAILED, ex.toString());
			}
			if (!result.installed()) {
				Observation.turnOff();
			}
			outcome = result;
		}
		return result;
	}

	/**
	 * Return what came of {@link #install}.
	 * @return the outcome, or {@code null} if it was not called yet
	 */
	public static synchronized @Nullable InstrumentationOutcome outcome() {
		return outcome;
	}

	/**
	 * Report all sockets to an observer from now on, instead of to any other. Sockets
	 * that were created since there was last an observer, and aren't closed, are reported
	 * at once.
	 * @param observer the observer
	 * @return what ends it; closing it more than once, or after another observer took its
	 * place, does nothing
	 */
	public static Registration observe(SocketObserver observer) {
		return Observation.start(observer);
	}

	/**
	 * Return why observers are no longer called.
	 * @return what the first observer to fail threw, or {@code null} if none did
	 */
	public static @Nullable Throwable failure() {
		return Observation.failure();
	}

	/**
	 * Return how many calls of observers have failed.
	 * @return the number of failures, in the life of the process; only the first is kept
	 */
	public static long failures() {
		return Observation.failures();
	}

	/**
	 * Return how many sockets no observer will be told of, because too many were created
	 * while there was none.
	 * @return the number of sockets, in the life of the process
	 */
	public static long missed() {
		return Observation.missed();
	}

	/**
	 * The time in which an observer is called.
	 */
	public interface Registration extends AutoCloseable {

		/**
		 * End the calls. Calls that are under way on other threads go on.
		 */
		@Override
		void close();

	}

}
