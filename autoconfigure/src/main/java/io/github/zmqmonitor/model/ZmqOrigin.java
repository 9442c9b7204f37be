package io.github.zmqmonitor.model;

/**
 * Where a socket lives, and so whose rules its events follow.
 */
public enum ZmqOrigin {

	/** A socket of JeroMQ in this JVM. */
	JVM("jvm"),

	/** A socket of libzmq in another process, of which only its events are known. */
	NATIVE("native");

	private final String id;

	ZmqOrigin(String id) {
		this.id = id;
	}

	/**
	 * Return the name used in JSON.
	 * @return the name in lower case
	 */
	public String id() {
		return this.id;
	}

}
