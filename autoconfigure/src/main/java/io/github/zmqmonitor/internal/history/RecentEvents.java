package io.github.zmqmonitor.internal.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.zmqmonitor.internal.rules.EventValues;
import io.github.zmqmonitor.internal.support.Addresses;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.model.ZmqEventSnapshot;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqSocketEvent;
import org.jspecify.annotations.Nullable;

/**
 * The last events of a socket, in arrays that grow to the capacity and then are reused.
 * Guarded by the tracker of the socket.
 */
public final class RecentEvents {

	private static final int INITIAL_CAPACITY = 4;

	private final int capacity;

	private final EventValues values;

	private long[] times = {};

	private byte[] types = {};

	private @Nullable String[] addresses = {};

	private int[] numbers = {};

	private long count;

	public RecentEvents(int capacity, EventValues values) {
		this.capacity = capacity;
		this.values = values;
	}

	public void add(long time, ZmqEventType type, String address, int value) {
		if (this.capacity == 0) {
			return;
		}
		if (this.count == this.times.length && this.times.length < this.capacity) {
			grow();
		}
		int index = (int) (this.count++ % this.times.length);
		this.times[index] = time;
		this.types[index] = (byte) type.ordinal();
		this.numbers[index] = value;
		this.addresses[index] = address;
	}

	private void grow() {
		int length = Math.min(this.capacity, Math.max(INITIAL_CAPACITY, this.times.length * 2));
		this.times = Arrays.copyOf(this.times, length);
		this.types = Arrays.copyOf(this.types, length);
		this.addresses = Arrays.copyOf(this.addresses, length);
		this.numbers = Arrays.copyOf(this.numbers, length);
	}

	/**
	 * Return the events, the oldest first.
	 */
	public List<ZmqEventSnapshot> snapshot(MonitorClock clock) {
		List<ZmqEventSnapshot> events = new ArrayList<>();
		for (long i = Math.max(0, this.count - this.times.length); i < this.count; i++) {
			int index = (int) (i % this.times.length);
			ZmqEventType type = ZmqEventType.values()[this.types[index]];
			ZmqSocketEvent.Value value = this.values.of(type, this.numbers[index]);
			String address = this.addresses[index];
			events.add(new ZmqEventSnapshot(clock.instantAt(this.times[index]), type,
					(address == null || address.isEmpty()) ? null : Addresses.printable(address),
					(value != null) ? value.toString() : null));
		}
		return events;
	}

}
