package io.github.zmqmonitor.internal.libzmq;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.github.zmqmonitor.internal.libzmq.ForwardedMessage.Event;
import io.github.zmqmonitor.model.ZmqEventType;
import org.jspecify.annotations.Nullable;

/**
 * One socket of another process. Turns descriptors, which are reused, into channels: one
 * means the same connection from the event that reports its begin to that of its end. A
 * connection that this side ends has no such event; it has ended when its descriptor
 * comes again.
 */
final class NativeSource {

	private static final int MAXIMUM_BEGUN = 128;

	private static final int MAXIMUM_EARLY = 64;

	private final NativeSocket socket;

	private final Map<Integer, NativeChannel> connections = new HashMap<>();

	private final Map<Integer, NativeChannel> listeners = new HashMap<>();

	private final Map<Integer, Integer> early = new HashMap<>();

	private final Set<String> begun = new HashSet<>();

	private @Nullable String instance;

	private long events;

	private long heardAt;

	private boolean incomplete;

	NativeSource(NativeSocket socket, @Nullable String instance) {
		this.socket = socket;
		this.instance = instance;
	}

	NativeSocket socket() {
		return this.socket;
	}

	int connections() {
		return this.connections.size();
	}

	void heard(long now) {
		this.heardAt = now;
	}

	boolean isSilentSince(long time) {
		return this.heardAt - time < 0;
	}

	/** Whether this is another life of the source than the one known. */
	boolean isOther(@Nullable String instance) {
		return instance != null && this.instance != null && !this.instance.equals(instance);
	}

	/** An event came, or one that was refused. */
	void counted() {
		this.events++;
	}

	/**
	 * Compare the events that came with those that were sent.
	 * @return how many are missing
	 */
	long compare(String instance, long sent) {
		this.instance = instance;
		long missing = Math.max(0, sent - this.events);
		this.events = sent;
		return missing;
	}

	/**
	 * Events are missing, so that the connections are not known.
	 * @return whether that is new
	 */
	boolean markIncomplete() {
		boolean before = this.incomplete;
		this.incomplete = true;
		this.socket.missedEvents();
		return !before;
	}

	/**
	 * Ends that were told before their begin, some time ago, don't wait for it any more.
	 */
	void forgetEarly() {
		this.early.clear();
	}

	/**
	 * Whether the event is about a connection of a listener from before the first event:
	 * there may be others.
	 */
	boolean isFromBefore(Event event) {
		return event.type() == ZmqEventType.ACCEPTED && !hasBegun(EventAddresses.of(event, this.begun));
	}

	void record(Event event) {
		String address = EventAddresses.of(event, this.begun);
		if (EventRules.begins(event.type()) && this.begun.size() < MAXIMUM_BEGUN) {
			this.begun.add(address);
		}
		if (EventRules.hasDescriptor(event.type())) {
			this.socket.record(event.type(), address, channel(event, address));
		}
		else {
			this.socket.record(event.type(), address, event.value());
		}
	}

	private NativeChannel channel(Event event, String address) {
		int descriptor = event.value();
		return switch (event.type()) {
			case LISTENING -> listening(descriptor);
			case ACCEPTED, CONNECTED -> opened(descriptor, event);
			case DISCONNECTED -> disconnected(descriptor, event, address);
			default -> closed(descriptor, event);
		};
	}

	private NativeChannel listening(int descriptor) {
		endSilently(descriptor);
		NativeChannel listener = NativeChannel.listener();
		this.listeners.put(descriptor, listener);
		return listener;
	}

	private NativeChannel opened(int descriptor, Event event) {
		NativeChannel connection = EventAddresses.connection(event);
		if (this.early.containsKey(descriptor)) {
			this.early.computeIfPresent(descriptor, (key, count) -> (count > 1) ? count - 1 : null);
			connection.close();
			return connection;
		}
		endSilently(descriptor);
		this.listeners.remove(descriptor);
		this.connections.put(descriptor, connection);
		return connection;
	}

	/**
	 * With several I/O threads the end of a connection can be told before its begin. That
	 * is certain only where nothing was missed since the endpoint's begin.
	 */
	private NativeChannel disconnected(int descriptor, Event event, String address) {
		NativeChannel connection = this.connections.remove(descriptor);
		if (connection == null) {
			connection = EventAddresses.connection(event);
			if (hasBegun(address) && this.early.size() < MAXIMUM_EARLY) {
				this.early.merge(descriptor, 1, Integer::sum);
			}
		}
		return connection;
	}

	private NativeChannel closed(int descriptor, Event event) {
		endSilently(descriptor);
		NativeChannel listener = this.listeners.remove(descriptor);
		return (listener != null) ? listener : EventAddresses.connection(event);
	}

	private void endSilently(int descriptor) {
		NativeChannel connection = this.connections.remove(descriptor);
		if (connection != null) {
			connection.close();
		}
	}

	private boolean hasBegun(String address) {
		return this.begun.contains(address) || EventAddresses.hasWildcard(this.begun, address);
	}

}
