package io.github.zmqmonitor.internal.libzmq;

import java.util.Locale;
import java.util.Map;

import io.github.zmqmonitor.internal.jeromq.ClassPreloading;
import io.github.zmqmonitor.internal.registry.FollowedSocket;
import io.github.zmqmonitor.internal.registry.SocketReadings;
import io.github.zmqmonitor.internal.registry.SocketRegistry;
import io.github.zmqmonitor.internal.rules.EventValues;
import io.github.zmqmonitor.internal.rules.SocketIdentity;
import io.github.zmqmonitor.internal.rules.SocketRules;
import io.github.zmqmonitor.internal.state.SocketTracker;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqOrigin;
import org.jspecify.annotations.Nullable;

/**
 * A socket outside this JVM, whose events somebody hands on. For use by one thread at a
 * time.
 */
public final class NativeSocket {

	private static final long FIRST_NUMBER = 1L << 32;

	private final SocketRegistry registry;

	private final FollowedSocket followed;

	private final SocketTracker tracker;

	private NativeSocket(SocketRegistry registry, FollowedSocket followed) {
		this.registry = registry;
		this.followed = followed;
		this.tracker = followed.tracker();
	}

	/**
	 * Follow a socket outside this JVM, of which only events are known.
	 * @param name the name of the socket
	 * @param type the type in upper case
	 * @param errors the symbols of error numbers on the socket's platform
	 * @return what takes the events; to be ended when the socket has
	 */
	public static NativeSocket follow(SocketRegistry registry, String name, String type, Map<Integer, String> errors) {
		ClassPreloading.ensureDone();
		long number = registry.nextNumber();
		SocketIdentity identity = new SocketIdentity(type.toLowerCase(Locale.ROOT) + "-n" + number,
				FIRST_NUMBER + number, type, null, ZmqOrigin.NATIVE, SocketRules.libzmq(new EventValues(errors)));
		FollowedSocket followed = new FollowedSocket(registry.track(identity, name), SocketReadings.NONE);
		registry.add(followed);
		return new NativeSocket(registry, followed);
	}

	/**
	 * Take an event.
	 * @param type the kind of event
	 * @param address the address that came with it, with its scheme; possibly empty
	 * @param value the value; no descriptor
	 */
	public void record(ZmqEventType type, String address, int value) {
		record(type, address, value, null);
	}

	/**
	 * Take an event of a listener or a connection.
	 * @param type the kind of event
	 * @param address the address that came with it, with its scheme; possibly empty
	 * @param channel what the event is about
	 */
	public void record(ZmqEventType type, String address, NativeChannel channel) {
		record(type, address, 0, channel);
	}

	private void record(ZmqEventType type, String address, int value, @Nullable NativeChannel channel) {
		try {
			this.tracker.record(type.code(), address, value, channel, null);
			this.registry.housekeepIfDue();
		}
		catch (RuntimeException ex) {
			this.registry.errors().event();
		}
	}

	/**
	 * Events were missed: the number of live connections can't be known any more.
	 */
	public void missedEvents() {
		this.tracker.missedEvents();
	}

	/** The socket has ended, and its connections with it. */
	public void end() {
		this.registry.ended(this.followed);
	}

	/**
	 * Nobody hands on the socket's events any more. Its connections count as closed by
	 * its own side, without a duration, since when they really end is not known.
	 */
	public void lose() {
		this.tracker.forgetDurations();
		this.registry.ended(this.followed);
	}

}
