package io.github.zmqmonitor.monitor;

/**
 * Told of endpoint groups as they come and go.
 * <p>
 * Called on threads of the application that bind or connect, and on threads that read
 * numbers, never on an I/O thread. What it throws is contained and counted.
 */
public interface ZmqEndpointGroupListener {

	/**
	 * A group came into being, or was there when the listener was added.
	 * @param group the group
	 */
	void added(ZmqEndpointGroup group);

	/**
	 * A group is gone: it had no socket for as long as closed ones are retained.
	 * @param group the group
	 */
	void removed(ZmqEndpointGroup group);

	/**
	 * A socket of a type was monitored.
	 * @param socketType the type in upper case
	 */
	void socketType(String socketType);

}
