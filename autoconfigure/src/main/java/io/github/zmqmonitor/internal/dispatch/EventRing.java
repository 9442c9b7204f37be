package io.github.zmqmonitor.internal.dispatch;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.github.zmqmonitor.internal.rules.SocketIdentity;
import io.github.zmqmonitor.internal.state.Connection;
import io.github.zmqmonitor.internal.state.EndpointTracker;
import io.github.zmqmonitor.internal.state.EventOutcome;
import io.github.zmqmonitor.internal.state.SocketTracker;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqSocketEvent;
import org.jspecify.annotations.Nullable;

/**
 * Events on their way from I/O threads to the one thread of the listeners, in slots that
 * are used again and again: offering allocates nothing and waits for nobody.
 * <p>
 * The turn of a slot is twice the number of the event that it is free for, and one more
 * once that event is in it.
 */
final class EventRing {

	private final Slot[] slots;

	private final AtomicLong next = new AtomicLong();

	private long taken;

	EventRing(int capacity) {
		this.slots = new Slot[capacity];
		for (int i = 0; i < capacity; i++) {
			this.slots[i] = new Slot(2L * i);
		}
	}

	/**
	 * Put an event in. Called on any thread.
	 * @return {@code false} if there is no free slot
	 */
	boolean offer(EventOutcome outcome) {
		long number = this.next.get();
		while (true) {
			Slot slot = slotOf(number);
			long wait = slot.turn.get() - 2 * number;
			if (wait < 0) {
				return false;
			}
			if (wait == 0 && this.next.compareAndSet(number, number + 1)) {
				slot.set(outcome);
				slot.turn.set(2 * number + 1);
				return true;
			}
			number = this.next.get();
		}
	}

	/**
	 * Take the oldest event out. Called on one thread only.
	 * @return the event, {@code null} if there is none
	 */
	@Nullable ZmqSocketEvent poll(MonitorClock clock) {
		Slot slot = slotOf(this.taken);
		if (slot.turn.get() != 2 * this.taken + 1) {
			return null;
		}
		try {
			return slot.toEvent(clock);
		}
		finally {
			slot.clear();
			slot.turn.set(2 * (this.taken + this.slots.length));
			this.taken++;
		}
	}

	/** The socket of the oldest event. Called on the thread that polls. */
	@Nullable SocketTracker next() {
		Slot slot = slotOf(this.taken);
		return (slot.turn.get() == 2 * this.taken + 1) ? slot.socket : null;
	}

	private Slot slotOf(long number) {
		return this.slots[(int) (number % this.slots.length)];
	}

	/** What is needed to report an event later. */
	private static final class Slot {

		private final AtomicLong turn;

		private @Nullable SocketTracker socket;

		private @Nullable EndpointTracker endpoint;

		private @Nullable Connection connection;

		private @Nullable ZmqEndpointState state;

		private ZmqEventType type = ZmqEventType.UNKNOWN;

		private String address = "";

		private int value;

		private long at;

		private @Nullable String identity;

		private boolean greeted;

		private boolean ready;

		private long outage;

		private long retries;

		Slot(long turn) {
			this.turn = new AtomicLong(turn);
		}

		void set(EventOutcome outcome) {
			this.socket = outcome.socket();
			this.endpoint = outcome.endpoint();
			this.connection = outcome.connection();
			this.state = outcome.state();
			this.type = outcome.type();
			this.address = outcome.address();
			this.value = outcome.value();
			this.at = outcome.at();
			this.identity = outcome.identity();
			this.greeted = outcome.isGreeted();
			this.ready = outcome.isReady();
			this.outage = outcome.outage();
			this.retries = outcome.retries();
		}

		void clear() {
			this.socket = null;
			this.endpoint = null;
			this.connection = null;
			this.identity = null;
			this.address = "";
		}

		@Nullable ZmqSocketEvent toEvent(MonitorClock clock) {
			SocketTracker socket = this.socket;
			if (socket == null) {
				return null;
			}
			SocketIdentity identity = socket.identity();
			EndpointTracker endpoint = this.endpoint;
			Connection connection = this.connection;
			return new ZmqSocketEvent(clock.instantAt(this.at), this.type, identity.id(), socket.name(),
					identity.type(), identity.origin(), (endpoint != null) ? endpoint.role() : null,
					(endpoint != null) ? endpoint.endpoint() : null, this.address,
					(connection != null) ? connection.remote() : null, this.state,
					identity.values().of(this.type, this.value, socket.mechanism()), connection(connection), outage());
		}

		private ZmqSocketEvent.@Nullable Connection connection(@Nullable Connection connection) {
			return (connection != null)
					? new ZmqSocketEvent.Connection(connection.local(), this.identity,
							Duration.ofNanos(Math.max(0, this.at - connection.since())), this.greeted, this.ready)
					: null;
		}

		private ZmqSocketEvent.@Nullable Outage outage() {
			return (this.outage >= 0) ? new ZmqSocketEvent.Outage(Duration.ofNanos(this.outage), this.retries) : null;
		}

	}

}
