package io.github.zmqmonitor.internal.walk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.stream.Collectors;

import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Opens groups of private fields. A group that can't be read is absent, which is said
 * once in the log, and so is what it would show. The system property
 * {@value #SWITCHED_OFF} names groups to do without.
 */
final class Capability {

	private static final List<String> PACKAGES = List.of("zmq", "zmq.io", "zmq.io.net.tcp", "zmq.pipe", "zmq.poll",
			"zmq.socket.pubsub", "zmq.socket.radiodish", "zmq.socket.reqrep");

	private static final String SWITCHED_OFF = "zmq.monitor.readings.off";

	private Capability() {
	}

	/**
	 * Open a group of fields.
	 * @param name what switches it off
	 * @param shows what can't be shown without it
	 * @return the group, {@code null} if JeroMQ has other fields or does not let anybody
	 * in
	 */
	static <T> @Nullable T open(String name, String shows, Opener<T> opener) {
		if (List.of(System.getProperty(SWITCHED_OFF, "").split(",")).contains(name)) {
			LogFactory.getLog(Capability.class).info(shows + " are not read: " + SWITCHED_OFF + " names " + name);
			return null;
		}
		try {
			return opener.open();
		}
		catch (ReflectiveOperationException | RuntimeException | LinkageError ex) {
			LogFactory.getLog(Capability.class)
				.info(shows + " can't be read from this JeroMQ (" + ex
						+ "); as a named module it has to be opened with " + opening());
			return null;
		}
	}

	private static String opening() {
		return PACKAGES.stream()
			.map((name) -> "--add-opens org.zeromq.jeromq/" + name + "=ALL-UNNAMED")
			.collect(Collectors.joining(" "));
	}

	/** Find a private field. */
	static VarHandle field(Class<?> owner, String name, Class<?> type) throws ReflectiveOperationException {
		return MethodHandles.privateLookupIn(owner, MethodHandles.lookup()).findVarHandle(owner, name, type);
	}

	/** Opens a group of fields. */
	interface Opener<T> {

		T open() throws ReflectiveOperationException;

	}

}
