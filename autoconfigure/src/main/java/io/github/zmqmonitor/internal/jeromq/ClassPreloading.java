package io.github.zmqmonitor.internal.jeromq;

import java.time.Duration;
import java.time.Instant;

import io.github.zmqmonitor.internal.registry.FollowedSocket;
import io.github.zmqmonitor.internal.registry.SocketReadings;
import io.github.zmqmonitor.internal.registry.SocketRegistry;
import io.github.zmqmonitor.internal.rules.EventValues;
import io.github.zmqmonitor.internal.rules.SocketIdentity;
import io.github.zmqmonitor.internal.state.SocketTracker;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqMonitorSettings;
import io.github.zmqmonitor.model.ZmqOrigin;
import io.github.zmqmonitor.model.ZmqSocketEvent;

/**
 * Plays every kind of event once, to a socket that nobody sees. A class that an event
 * needs for the first time when the process has no descriptor left can't be loaded; then
 * of all failures just these would not be counted.
 */
public final class ClassPreloading {

	private static final String ADDRESS = "tcp://127.0.0.1:0";

	static {
		play();
	}

	private ClassPreloading() {
	}

	/** Play, unless that has been done. */
	public static void ensureDone() {
		// the class does so when it is initialized
	}

	private static void play() {
		try {
			SocketRegistry registry = new SocketRegistry(ZmqMonitorSettings.DEFAULTS, new MonitorClock());
			SocketTracker tracker = registry.track(new SocketIdentity("pair-0", 0, "PAIR", null), "");
			Object channel = new Object();
			for (ZmqEventType type : ZmqEventType.values()) {
				tracker.record(type.code(), ADDRESS, 0, null, null);
				tracker.record(type.code(), ADDRESS, 0, channel, null);
				new ZmqSocketEvent(Instant.EPOCH, type, "", "", "", ZmqOrigin.JVM, null, null, ADDRESS, null, null,
						EventValues.JEROMQ.of(type, 0),
						new ZmqSocketEvent.Connection(null, null, Duration.ZERO, true, true),
						new ZmqSocketEvent.Outage(Duration.ZERO, 0));
			}
			registry.add(new FollowedSocket(tracker, SocketReadings.NONE));
			tracker.end();
		}
		catch (Throwable ex) {
			// monitoring works without
		}
	}

}
