package io.github.zmqmonitor.monitor;

import java.time.Instant;

/**
 * Plays every kind of event once, to a socket that nobody sees. A class that an event
 * needs for the first time when the process has no descriptor left can't be loaded; then
 * of all failures just these would not be counted.
 */
final class Rehearsal {

	private static final String ADDRESS = "tcp://127.0.0.1:0";

	static {
		play();
	}

	private Rehearsal() {
	}

	/**
	 * Play, unless that has been done.
	 */
	static void ensurePlayed() {
		// the class does so when it is initialized
	}

	private static void play() {
		try (ZmqMonitor monitor = new ZmqMonitor()) {
			SocketTracker tracker = new SocketTracker(monitor, new SocketIdentity("pair-0", 0, "PAIR", null), "", null);
			Object channel = new Object();
			for (ZmqEventType type : ZmqEventType.values()) {
				tracker.record(type.code(), ADDRESS, 0, null);
				tracker.record(type.code(), ADDRESS, 0, channel);
				new ZmqSocketEvent(Instant.EPOCH, type, "", "", "", ZmqOrigin.JVM, null, null, ADDRESS, null, null,
						EventValues.JEROMQ.of(type, 0));
			}
			tracker.snapshot(1, true);
			tracker.end();
			tracker.reportTimings();
		}
		catch (Throwable ex) {
			// monitoring works without
		}
	}

}
