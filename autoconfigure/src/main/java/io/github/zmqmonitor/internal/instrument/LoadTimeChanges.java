package io.github.zmqmonitor.internal.instrument;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.zmqmonitor.internal.instrument.ClassChange.UnexpectedClassException;
import io.github.zmqmonitor.internal.instrument.InstrumentationOutcome.Status;
import org.jspecify.annotations.Nullable;

/**
 * Changes JeroMQ's classes while they are loaded, for an agent that sees each class
 * before it is defined. What is done here runs in the middle of that, so it loads none of
 * JeroMQ's classes and waits for nobody who does.
 */
final class LoadTimeChanges {

	private static final Object FIRST_SOCKET_LOCK = new Object();

	private static volatile boolean declined;

	private static volatile @Nullable Runnable firstSocket;

	private static @Nullable Map<String, ClassChange> changes;

	private static final Set<String> DROPPING = new HashSet<>();

	private static @Nullable InstrumentationOutcome outcome;

	private LoadTimeChanges() {
	}

	/**
	 * Return a class as it is to be defined.
	 * @param loader the class loader that loads it
	 * @param name the internal name of the class
	 * @param bytes the class file, which another agent may have changed
	 * @param firstSocket to be run before the first socket is created
	 * @return the changed class, or {@code null} to leave it as it is
	 */
	static byte @Nullable [] change(@Nullable ClassLoader loader, String name, byte[] bytes, Runnable firstSocket) {
		if (declined || loader != LoadTimeChanges.class.getClassLoader()) {
			return null;
		}
		ClassChange change = prepare(loader, firstSocket).get(name);
		if (change == null) {
			return null;
		}
		try {
			return change.apply(bytes);
		}
		catch (Throwable ex) {
			if (isDropping(name)) {
				DropProbe.turnOff(describe(ex));
			}
			else {
				end(failure(ex));
			}
			return null;
		}
	}

	private static synchronized boolean isDropping(String name) {
		return DROPPING.contains(name);
	}

	private static synchronized Map<String, ClassChange> prepare(@Nullable ClassLoader loader, Runnable action) {
		if (declined) {
			return Map.of();
		}
		Map<String, ClassChange> prepared = changes;
		if (prepared == null) {
			prepared = new HashMap<>();
			try {
				prepare(loader, JeromqClasses.all(), prepared);
				prepareDropping(loader, prepared);
				firstSocket = action;
				outcome = new InstrumentationOutcome(Status.INSTALLED, "by the agent");
			}
			catch (Throwable ex) {
				prepared.clear();
				outcome = failure(ex);
			}
			changes = prepared;
		}
		return prepared;
	}

	private static void prepare(@Nullable ClassLoader loader, List<ClassChange> expected,
			Map<String, ClassChange> prepared) throws Exception {
		for (ClassChange change : expected) {
			change.apply(ClassDefiner.read(loader, change.name()));
			if (change.changes()) {
				prepared.put(change.name(), change);
			}
		}
	}

	/**
	 * Prepare the classes that drop messages; none if any of them is not as expected.
	 */
	private static void prepareDropping(@Nullable ClassLoader loader, Map<String, ClassChange> prepared) {
		try {
			Map<String, ClassChange> dropping = new HashMap<>();
			prepare(loader, DropClasses.all(), dropping);
			prepare(loader, DropClasses.whileLoading(), dropping);
			DROPPING.addAll(dropping.keySet());
			prepared.putAll(dropping);
			DropProbe.turnOn();
		}
		catch (Throwable ex) {
			DropProbe.turnOff(describe(ex));
		}
	}

	private static InstrumentationOutcome failure(Throwable ex) {
		return new InstrumentationOutcome(
				(ex instanceof UnexpectedClassException) ? Status.UNSUPPORTED_VERSION : Status.FAILED, describe(ex));
	}

	private static String describe(Throwable ex) {
		return (ex instanceof UnexpectedClassException) ? String.valueOf(ex.getMessage()) : ex.toString();
	}

	/**
	 * Change no class, unless some may have been changed.
	 * @return whether none has been changed
	 */
	static synchronized boolean decline() {
		if (changes == null) {
			declined = true;
		}
		return changes == null;
	}

	/** Change no more classes; the changed ones report nothing. */
	static synchronized void end(InstrumentationOutcome reason) {
		declined = true;
		firstSocket = null;
		outcome = reason;
		Observation.turnOff();
		DropProbe.turnOff(String.valueOf(reason.detail()));
	}

	/**
	 * Return what came of it, {@code null} if no class has been loaded for an agent.
	 */
	static synchronized @Nullable InstrumentationOutcome outcome() {
		return outcome;
	}

	/**
	 * Have somebody there to observe the first socket, who can't be there before: he
	 * loads JeroMQ's classes.
	 */
	static void beforeFirstSocket() {
		if (firstSocket != null) {
			synchronized (FIRST_SOCKET_LOCK) {
				Runnable action = firstSocket;
				firstSocket = null;
				if (action != null) {
					action.run();
				}
			}
		}
	}

}
