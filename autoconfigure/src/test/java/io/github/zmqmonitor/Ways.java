package io.github.zmqmonitor;

/**
 * In which of the two ways sockets are found in this JVM.
 */
public final class Ways {

	private Ways() {
	}

	/**
	 * Whether JeroMQ's classes are changed.
	 */
	public static boolean isAuto() {
		return "auto".equals(System.getProperty("zmq.monitor.instrumentation"));
	}

}
