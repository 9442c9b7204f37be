package io.github.zmqmonitor.internal.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import io.github.zmqmonitor.internal.rules.EventValues;
import io.github.zmqmonitor.internal.support.Addresses;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.model.ZmqEventSnapshot;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqSocketEvent;
import org.jspecify.annotations.Nullable;

/**
 * The last events of a socket, in arrays that grow to the capacity and then are reused.
 * When they are full, and when they are told, events that repeat without a milestone
 * between them become one, so that what began an outage is still there after hours of
 * attempts. Guarded by the tracker of the socket.
 */
public final class RecentEvents {

	private static final ZmqEventType[] TYPES = ZmqEventType.values();

	private static final int INITIAL_CAPACITY = 4;

	/** How many kept events are compared with one that could be a repeat. */
	private static final int COMPARED = 32;

	private final int capacity;

	private final EventValues values;

	private long[] times = {};

	private long[] firstTimes = {};

	private long[] counts = {};

	private byte[] types = {};

	private @Nullable String[] addresses = {};

	private @Nullable Object[] peers = {};

	private @Nullable String[] identities = {};

	private int[] numbers = {};

	private int start;

	private int size;

	private int repeatable;

	public RecentEvents(int capacity, EventValues values) {
		this.capacity = capacity;
		this.values = values;
	}

	public void add(long time, ZmqEventType type, String address, int value) {
		if (this.capacity == 0) {
			return;
		}
		if (this.size == this.times.length) {
			makeRoom();
		}
		int index = index(this.size++);
		this.times[index] = time;
		this.firstTimes[index] = time;
		this.counts[index] = 1;
		this.types[index] = (byte) type.ordinal();
		this.numbers[index] = value;
		this.addresses[index] = address;
		this.peers[index] = null;
		this.identities[index] = null;
		this.repeatable += isMilestone(type) ? 0 : 1;
	}

	/**
	 * Say whose connection the last event was about.
	 * @param peer the address of the peer in whatever form it is known
	 * @param identity the identity that it has chosen, {@code null} if none is known
	 */
	public void lastIsOf(@Nullable Object peer, @Nullable String identity) {
		if (this.size > 0) {
			int index = index(this.size - 1);
			this.peers[index] = peer;
			this.identities[index] = identity;
		}
	}

	/**
	 * Whether this is told each time, and ends what is told as one: attempts that fail
	 * again and again, until a handshake gets somewhere.
	 */
	private static boolean isMilestone(ZmqEventType type) {
		return switch (type) {
			case LISTENING, HANDSHAKE_PROTOCOL, HANDSHAKE_SUCCEEDED, MONITOR_STOPPED, UNKNOWN -> true;
			default -> false;
		};
	}

	private int index(int position) {
		return (this.start + position) % this.times.length;
	}

	private void makeRoom() {
		if (this.times.length < this.capacity) {
			grow();
			return;
		}
		if (this.repeatable > this.capacity / 4) {
			compact();
		}
		if (this.size == this.capacity) {
			this.start = index(1);
			this.size--;
			this.repeatable = Math.min(this.repeatable, this.size);
		}
	}

	private void grow() {
		int length = Math.min(this.capacity, Math.max(INITIAL_CAPACITY, this.times.length * 2));
		this.times = Arrays.copyOf(this.times, length);
		this.firstTimes = Arrays.copyOf(this.firstTimes, length);
		this.counts = Arrays.copyOf(this.counts, length);
		this.types = Arrays.copyOf(this.types, length);
		this.addresses = Arrays.copyOf(this.addresses, length);
		this.peers = Arrays.copyOf(this.peers, length);
		this.identities = Arrays.copyOf(this.identities, length);
		this.numbers = Arrays.copyOf(this.numbers, length);
	}

	/**
	 * Make one of repeats, at the place of the last of them: from the newest to the
	 * oldest, what is kept moves to the end.
	 */
	private void compact() {
		int kept = this.size;
		for (int position = this.size - 1; position >= 0; position--) {
			int index = index(position);
			int repeat = isMilestone(typeAt(index)) ? -1 : findRepeat(index, kept);
			if (repeat >= 0) {
				this.counts[repeat] += this.counts[index];
				this.firstTimes[repeat] = this.firstTimes[index];
			}
			else {
				kept--;
				move(index, index(kept));
			}
		}
		this.start = index(kept);
		this.size -= kept;
		this.repeatable = 0;
	}

	/**
	 * The same event later on with no milestone of its address between, negative if there
	 * is none.
	 */
	private int findRepeat(int index, int kept) {
		int end = Math.min(this.size, kept + COMPARED);
		for (int position = kept; position < end; position++) {
			int other = index(position);
			if (Objects.equals(this.addresses[other], this.addresses[index])) {
				if (this.types[other] == this.types[index] && isSameValue(other, index)) {
					return other;
				}
				if (isMilestone(typeAt(other))) {
					return -1;
				}
			}
		}
		return -1;
	}

	/** Intervals differ from retry to retry, reasons and errors tell things apart. */
	private boolean isSameValue(int one, int other) {
		return typeAt(one) == ZmqEventType.CONNECT_RETRIED || this.numbers[one] == this.numbers[other];
	}

	private void move(int from, int to) {
		this.times[to] = this.times[from];
		this.firstTimes[to] = this.firstTimes[from];
		this.counts[to] = this.counts[from];
		this.types[to] = this.types[from];
		this.addresses[to] = this.addresses[from];
		this.peers[to] = this.peers[from];
		this.identities[to] = this.identities[from];
		this.numbers[to] = this.numbers[from];
	}

	private ZmqEventType typeAt(int index) {
		return TYPES[this.types[index]];
	}

	/** Return a copy that nobody has to guard. */
	public RecentEvents copy() {
		RecentEvents copy = new RecentEvents(this.capacity, this.values);
		copy.times = this.times.clone();
		copy.firstTimes = this.firstTimes.clone();
		copy.counts = this.counts.clone();
		copy.types = this.types.clone();
		copy.addresses = this.addresses.clone();
		copy.peers = this.peers.clone();
		copy.identities = this.identities.clone();
		copy.numbers = this.numbers.clone();
		copy.start = this.start;
		copy.size = this.size;
		copy.repeatable = this.repeatable;
		return copy;
	}

	/** Return the events, the oldest first, repeats as one. */
	public List<ZmqEventSnapshot> snapshot(MonitorClock clock) {
		if (this.repeatable > 1) {
			compact();
		}
		List<ZmqEventSnapshot> events = new ArrayList<>();
		for (int position = 0; position < this.size; position++) {
			int index = index(position);
			ZmqEventType type = typeAt(index);
			ZmqSocketEvent.Value value = this.values.of(type, this.numbers[index]);
			String address = this.addresses[index];
			boolean repeated = this.counts[index] > 1;
			events.add(new ZmqEventSnapshot(clock.instantAt(this.times[index]), type,
					(address == null || address.isEmpty()) ? null : Addresses.printable(address),
					Addresses.text(this.peers[index]), this.identities[index],
					(value != null) ? value.toString() : null, repeated ? (Long) this.counts[index] : null,
					repeated ? clock.instantAt(this.firstTimes[index]) : null));
		}
		return events;
	}

}
