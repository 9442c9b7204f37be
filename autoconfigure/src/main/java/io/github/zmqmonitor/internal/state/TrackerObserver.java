package io.github.zmqmonitor.internal.state;

/**
 * Receives what trackers report. Called under the lock of the tracker, also on I/O
 * threads: an implementation must neither block nor throw.
 */
public interface TrackerObserver {

	/**
	 * An event was applied.
	 * @param outcome what it did, valid during the call only
	 */
	void recorded(EventOutcome outcome);

	/** An endpoint was made of the address of an event. */
	void adopted(EndpointTracker endpoint);

}
