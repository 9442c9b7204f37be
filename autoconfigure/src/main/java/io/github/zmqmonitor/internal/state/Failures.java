package io.github.zmqmonitor.internal.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.github.zmqmonitor.internal.rules.EventValues;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.model.ZmqErrorSnapshot;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqFailure;
import io.github.zmqmonitor.model.ZmqHandshake;
import org.jspecify.annotations.Nullable;

/**
 * How often which operation of an endpoint failed with which error: a handful of kinds.
 * Beyond them, what is left counts as one per operation. Guarded by the
 * {@link SocketTracker}.
 */
final class Failures {

	private static final int KINDS = 32;

	private static final int OTHER = Integer.MIN_VALUE;

	private final EventValues values;

	private List<Entry> entries = List.of();

	private @Nullable Entry last;

	private long lastAt;

	Failures(EventValues values) {
		this.values = values;
	}

	void add(ZmqEventType type, int value, long now) {
		count(entry(type, value, null), null, now);
	}

	/**
	 * Count a call of the application that failed without an event.
	 * @param type the kind of failure
	 * @param error the symbol of the error
	 * @param detail what JeroMQ said
	 */
	void add(ZmqEventType type, String error, @Nullable String detail, long now) {
		count(entry(type, 0, error), detail, now);
	}

	private void count(Entry entry, @Nullable String detail, long now) {
		entry.count++;
		entry.said = detail;
		this.last = entry;
		this.lastAt = now;
	}

	private Entry entry(ZmqEventType type, int value, @Nullable String error) {
		Entry entry = find(type, value, error);
		if (entry == null && this.entries.size() >= KINDS) {
			entry = find(type, OTHER, null);
			if (entry == null) {
				entry = add(new Entry(type, OTHER, null));
			}
		}
		return (entry != null) ? entry : add(new Entry(type, value, error));
	}

	private @Nullable Entry find(ZmqEventType type, int value, @Nullable String error) {
		for (int i = 0; i < this.entries.size(); i++) {
			Entry entry = this.entries.get(i);
			if (entry.type == type && entry.value == value && Objects.equals(entry.error, error)) {
				return entry;
			}
		}
		return null;
	}

	private Entry add(Entry entry) {
		if (this.entries.isEmpty()) {
			this.entries = new ArrayList<>(1);
		}
		this.entries.add(entry);
		return entry;
	}

	long count(ZmqEventType type) {
		long count = 0;
		for (Entry entry : this.entries) {
			count += (entry.type == type) ? entry.count : 0;
		}
		return count;
	}

	void addTo(Map<ZmqFailure, Long> counts) {
		for (Entry entry : this.entries) {
			if (!entry.isHandshake()) {
				counts.merge(new ZmqFailure(entry.operation(), entry.error(this.values)), entry.count, Long::sum);
			}
		}
	}

	@Nullable ZmqErrorSnapshot lastError(MonitorClock clock) {
		Entry entry = this.last;
		return (entry != null) ? new ZmqErrorSnapshot(entry.operation(), entry.error(this.values),
				entry.detail(this.values), clock.instantAt(this.lastAt), entry.count) : null;
	}

	private static final class Entry {

		private final ZmqEventType type;

		private final int value;

		private final @Nullable String error;

		private @Nullable String said;

		private long count;

		Entry(ZmqEventType type, int value, @Nullable String error) {
			this.type = type;
			this.value = value;
			this.error = error;
		}

		String operation() {
			return switch (this.type) {
				case BIND_FAILED -> "bind";
				case CONNECT_FAILED -> "connect";
				case ACCEPT_FAILED -> "accept";
				case CLOSE_FAILED -> "close";
				default -> "handshake";
			};
		}

		boolean isHandshake() {
			return "handshake".equals(operation());
		}

		String error(EventValues values) {
			if (this.error != null) {
				return this.error;
			}
			return isHandshake() ? ZmqHandshake.of(this.type, this.value).reason() : values.error(this.value);
		}

		@Nullable String detail(EventValues values) {
			return isHandshake() ? String.valueOf(values.of(this.type, this.value)) : this.said;
		}

	}

}
