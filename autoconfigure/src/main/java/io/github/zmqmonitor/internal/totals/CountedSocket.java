package io.github.zmqmonitor.internal.totals;

import io.github.zmqmonitor.internal.state.SocketTracker;
import io.github.zmqmonitor.internal.traffic.SocketDrops;
import io.github.zmqmonitor.internal.traffic.TrafficTotals;
import org.jspecify.annotations.Nullable;

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

	/**
	 * What it has dropped, {@code null} if that isn't counted.
	 */
	@Nullable SocketDrops drops();

}
