package io.github.zmqmonitor.internal.totals;

/**
 * Receives aggregates as they come and go, in that order.
 * <p>
 * Called on threads of the application that make sockets, bind or connect, and on threads
 * that read numbers, never on an I/O thread. What it throws is contained and counted.
 *
 * @param <A> the aggregates
 */
public interface AggregateListener<A> {

	/** An aggregate came into being, or was there when the listener was added. */
	void added(A aggregate);

	/**
	 * An aggregate is gone: it had no member for as long as closed ones are retained.
	 */
	void removed(A aggregate);

	/** Somebody reads: kinds of numbers may have come up since the last time. */
	default void refresh() {
	}

}
