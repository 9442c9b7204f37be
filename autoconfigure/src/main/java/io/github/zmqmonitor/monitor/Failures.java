package io.github.zmqmonitor.monitor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * How often which operation of an endpoint failed with which error: a handful of kinds.
 * Guarded by the {@link SocketTracker}.
 */
final class Failures {

	private final EventValues values;

	private List<Entry> entries = List.of();

	private @Nullable Entry last;

	private long lastAt;

	Failures(EventValues values) {
		this.values = values;
	}

	void add(ZmqEventType type, int value, long now) {
		Entry entry = find(type, value);
		if (entry == null) {
			entry = new Entry(type, value);
			if (this.entries.isEmpty()) {
				this.entries = new ArrayList<>(1);
			}
			this.entries.add(entry);
		}
		entry.count++;
		if (this.last != entry) {
			this.last = entry;
		}
		this.lastAt = now;
	}

	private @Nullable Entry find(ZmqEventType type, int value) {
		for (int i = 0; i < this.entries.size(); i++) {
			Entry entry = this.entries.get(i);
			if (entry.type == type && entry.value == value) {
				return entry;
			}
		}
		return null;
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

		private long count;

		Entry(ZmqEventType type, int value) {
			this.type = type;
			this.value = value;
		}

		String operation() {
			return switch (this.type) {
				case BIND_FAILED -> "bind";
				case ACCEPT_FAILED -> "accept";
				case CLOSE_FAILED -> "close";
				default -> "handshake";
			};
		}

		boolean isHandshake() {
			return "handshake".equals(operation());
		}

		String error(EventValues values) {
			return isHandshake() ? ZmqHandshake.of(this.type, this.value).reason() : values.error(this.value);
		}

		@Nullable String detail(EventValues values) {
			return isHandshake() ? String.valueOf(values.of(this.type, this.value)) : null;
		}

	}

}
