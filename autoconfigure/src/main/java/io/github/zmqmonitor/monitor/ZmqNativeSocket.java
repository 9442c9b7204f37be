package io.github.zmqmonitor.monitor;

import org.jspecify.annotations.Nullable;

/**
 * A socket outside this JVM, whose events somebody hands on. For use by one thread at a
 * time.
 */
public final class ZmqNativeSocket {

	private final SocketRegister register;

	private final SocketTracker tracker;

	ZmqNativeSocket(SocketRegister register, SocketTracker tracker) {
		this.register = register;
		this.tracker = tracker;
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
	public void record(ZmqEventType type, String address, ZmqNativeChannel channel) {
		record(type, address, 0, channel);
	}

	private void record(ZmqEventType type, String address, int value, @Nullable ZmqNativeChannel channel) {
		try {
			this.tracker.record(type.code(), address, value, channel);
			this.register.adopted();
		}
		catch (RuntimeException ex) {
			this.register.errors().event();
		}
	}

	/**
	 * Events were missed: the number of live connections can't be known any more.
	 */
	public void missedEvents() {
		this.tracker.missedEvents();
	}

	/**
	 * The socket has ended, and its connections with it.
	 */
	public void end() {
		this.register.ended(this.tracker);
	}

	/**
	 * Nobody hands on the socket's events any more. Its connections count as closed by
	 * its own side, without a duration, since when they really end is not known.
	 */
	public void lose() {
		this.tracker.forgetDurations();
		this.register.ended(this.tracker);
	}

}
