package io.github.zmqmonitor.monitor;

/**
 * Where a socket lives, and so whose rules its events follow.
 */
public enum ZmqOrigin {

	/** A socket of JeroMQ in this JVM. */
	JVM("jvm", 16),

	/** A socket of libzmq in another process, of which only its events are known. */
	NATIVE("native", 100);

	private final String id;

	private final int maximumAdopted;

	ZmqOrigin(String id, int maximumAdopted) {
		this.id = id;
		this.maximumAdopted = maximumAdopted;
	}

	/**
	 * Return the name used in JSON.
	 * @return the name in lower case
	 */
	public String id() {
		return this.id;
	}

	/**
	 * How many endpoints a socket can have that are known from events alone.
	 */
	int maximumAdopted() {
		return this.maximumAdopted;
	}

}
