package io.github.zmqmonitor.internal.totals;

import io.github.zmqmonitor.internal.state.SocketTracker;
import io.github.zmqmonitor.internal.traffic.TrafficTotals;

/**
 * A socket whose messages count.
 */
public interface CountedSocket {

	/** What is known of it. */
	SocketTracker tracker();

	/** Read it anew, unless that was done a moment ago. */
	void read();

	/** What was last read. */
	TrafficTotals traffic();

}
