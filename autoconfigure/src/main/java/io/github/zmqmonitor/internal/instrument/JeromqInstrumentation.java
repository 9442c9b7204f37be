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
	 * Define the changed classes, unless that was tried before in this JVM, or an agent
	 * changes them.
	 * @param loader the class loader that loads JeroMQ for the application
	 * @return what came of it, the first time
	 */
	public static synchronized InstrumentationOutcome install(@Nullable ClassLoader loader) {
		InstrumentationOutcome result = outcome;
		if (result == null) {
			// as soon as classes are defined here, the agent that sees them leaves them
			result = LoadTimeChanges.decline() ? define(loader) : LoadTimeChanges.outcome();
			if (result == null) {
				result = InstrumentationOutcome.of(Status.FAILED);
			}
			if (!result.installed()) {
				Observation.turnOff();
			}
			outcome = result;
		}
		return result;
	}

	private static InstrumentationOutcome define(@Nullable ClassLoader loader) {
		try {
			return ClassDefiner.define(loader);
		}
		catch (Throwable ex) {
			return new InstrumentationOutcome(Status.FAILED, ex.toString());
		}
	}

	/**
	 * Return a class of JeroMQ's as it is to be defined, for an agent that sees it before
	 * it is. Loads none of JeroMQ's classes.
	 * @param loader the class loader that loads it
	 * @param name the internal name of the class
	 * @param bytes the class file
	 * @param firstSocket to be run before the first socket is created, to observe it
	 * @return the changed class, or {@code null} to leave it as it is
	 */
	public static byte @Nullable [] change(@Nullable ClassLoader loader, String name, byte[] bytes,
			Runnable firstSocket) {
		return LoadTimeChanges.change(loader, name, bytes, firstSocket);
	}

	/**
	 * Leave JeroMQ's classes as they are, unless {@link #install} was called before: an
	 * agent changes no more of them, and those that it has changed report nothing.
	 * @return whether an agent has changed some
	 */
	public static synchronized boolean decline() {
		if (outcome != null || LoadTimeChanges.decline()) {
			return false;
		}
		LoadTimeChanges
			.end(new InstrumentationOutcome(Status.FAILED, "another application of this JVM has declined it"));
		return true;
	}

	/**
	 * Return what came of {@link #install}, or that an agent has changed the classes
	 * without it.
	 * @return the outcome, or {@code null} if there is none yet
	 */
	public static synchronized @Nullable InstrumentationOutcome outcome() {
		if (outcome != null) {
			return outcome;
		}
		InstrumentationOutcome agent = LoadTimeChanges.outcome();
		return (agent != null && agent.installed()) ? agent : null;
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
	 * Return whether dropped messages are reported to an observer.
	 * @return {@code true} if they are
	 */
	public static boolean reportsDrops() {
		return DropProbe.isOn();
	}

	/**
	 * Return why no dropped messages are reported, whoever observes.
	 * @return the reason, {@code null} if they are
	 */
	public static @Nullable String dropsOff() {
		return DropProbe.off();
	}

	/** The time in which an observer is called. */
	public interface Registration extends AutoCloseable {

		/** End the calls. Calls that are under way on other threads go on. */
		@Override
		void close();

	}

}
