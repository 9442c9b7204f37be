package io.github.zmqmonitor.internal.jeromq;

import io.github.zmqmonitor.internal.instrument.JeromqInstrumentation;
import org.jspecify.annotations.Nullable;

/**
 * What the agent calls, by reflection: it is loaded by another class loader. Called while
 * JeroMQ's classes are being loaded, hence it may load none of them.
 */
public final class AgentEntry {

	private AgentEntry() {
	}

	/**
	 * Return a class of JeroMQ's as it is to be defined.
	 * @param loader the class loader that loads it
	 * @param name the internal name of the class
	 * @param bytes the class file
	 * @return the changed class, or {@code null} to leave it as it is
	 */
	public static byte @Nullable [] change(@Nullable ClassLoader loader, String name, byte[] bytes) {
		return JeromqInstrumentation.change(loader, name, bytes, new FirstSocket());
	}

	/**
	 * The first socket can be made long before there is a monitor; its name is that of
	 * its caller.
	 */
	private static final class FirstSocket implements Runnable {

		@Override
		public void run() {
			SocketRouter.INSTANCE.observe();
		}

	}

}
