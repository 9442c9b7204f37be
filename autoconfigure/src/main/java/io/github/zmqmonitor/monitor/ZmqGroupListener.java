package io.github.zmqmonitor.monitor;

/**
 * Told of groups as they come and go, in that order.
 * <p>
 * Called on threads of the application that make sockets, bind or connect, and on threads
 * that read numbers, never on an I/O thread. What it throws is contained and counted.
 *
 * @param <G> the groups
 */
public interface ZmqGroupListener<G> {

	/**
	 * A group came into being, or was there when the listener was added.
	 * @param group the group
	 */
	void added(G group);

	/**
	 * A group is gone: it had no socket for as long as closed ones are retained.
	 * @param group the group
	 */
	void removed(G group);

}
