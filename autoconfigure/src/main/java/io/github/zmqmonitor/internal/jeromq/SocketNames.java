package io.github.zmqmonitor.internal.jeromq;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.zmqmonitor.internal.support.MonitorErrors;
import io.github.zmqmonitor.model.ZmqMonitorSettings;
import io.github.zmqmonitor.model.ZmqSocketNaming;
import io.github.zmqmonitor.model.ZmqSocketNaming.UnnamedSocket;
import org.jspecify.annotations.Nullable;

/**
 * What sockets are called that are no beans. Safe for use by any thread.
 */
final class SocketNames {

	private static final String UNNAMED = "zContext";

	private final MonitorErrors errors;

	private final ZmqMonitorSettings.Naming naming;

	private final List<ZmqSocketNaming> namings = new CopyOnWriteArrayList<>();

	private final ThreadLocal<Boolean> asking = new ThreadLocal<>();

	private volatile int version;

	SocketNames(MonitorErrors errors, ZmqMonitorSettings.Naming naming) {
		this.errors = errors;
		this.naming = naming;
	}

	/**
	 * Ask a naming from now on.
	 * @return {@code false} if it is asked already
	 */
	synchronized boolean add(ZmqSocketNaming naming) {
		boolean added = !this.namings.contains(naming) && this.namings.add(naming);
		this.version++;
		return added;
	}

	synchronized void remove(ZmqSocketNaming naming) {
		this.namings.remove(naming);
		this.version++;
	}

	/** Changes whenever names can be others than before. */
	int version() {
		return this.version;
	}

	/**
	 * What is known of a socket.
	 * @param caller the class that made it, {@code null} if that isn't known
	 */
	UnnamedSocket describe(@Nullable String caller, @Nullable String context, String type) {
		String owner = (context != null) ? context : UNNAMED;
		if (caller != null && this.naming == ZmqMonitorSettings.Naming.CALLER) {
			owner = CallerNames.simpleName(caller);
		}
		return new UnnamedSocket(caller, context, type, name(owner, type));
	}

	/** What is known of a socket that is called after its context in any case. */
	UnnamedSocket inContext(@Nullable String caller, String context, String type) {
		return new UnnamedSocket(caller, context, type, name(context, type));
	}

	private static String name(String owner, String type) {
		return owner + "." + type.toLowerCase(Locale.ROOT);
	}

	/**
	 * The name of a socket. Asks the application, but not while it is answering: it could
	 * make a socket.
	 */
	String name(UnnamedSocket socket) {
		if (this.namings.isEmpty() || this.asking.get() != null) {
			return socket.defaultName();
		}
		this.asking.set(true);
		try {
			for (ZmqSocketNaming naming : this.namings) {
				String name = ask(naming, socket);
				if (name != null) {
					return name;
				}
			}
			return socket.defaultName();
		}
		finally {
			this.asking.remove();
		}
	}

	private @Nullable String ask(ZmqSocketNaming naming, UnnamedSocket socket) {
		try {
			String name = naming.name(socket);
			if (name == null || !name.isBlank()) {
				return name;
			}
			this.errors.naming("A ZmqSocketNaming has given the blank name '" + name + "' to " + socket, null);
		}
		catch (Throwable ex) {
			this.errors.naming("A ZmqSocketNaming has failed for " + socket, ex);
		}
		return null;
	}

}
