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

	/**
	 * What sockets that nobody has named are named after.
	 * @param context the name of their context
	 * @param caller the class that makes them, in the form of a bean's name
	 */
	public static String owner(String context, String caller) {
		return isAuto() ? caller : context;
	}

}
