package io.github.zmqmonitor.internal.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.zmqmonitor.internal.rules.EventValues;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.model.ZmqErrorSnapshot;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqFailure;
import io.github.zmqmonitor.model.ZmqHandshake;
import org.jspecify.annotations.Nullable;

/**
 * How often which operation of an endpoint failed with which error: a handful of kinds.
 * Beyond them, what is left counts as one per operation. Guarded by the tracker of the
 * socket.
 */
public final class Failures {

	private static final int KINDS = 32;

	private static final int OTHER = Integer.MIN_VALUE;

	private final EventValues values;

	private List<Entry> entries = List.of();

	private @Nullable Entry last;

	private long lastAt;

	public Failures(EventValues values) {
		this.values = values;
	}

	/**
	 * Count a failure.
	 * @param detail what the library said, {@code null} if nothing
	 */
	public void add(ZmqEventType type, int value, @Nullable String detail, long now) {
		Entry entry = entry(type, value);
		entry.count++;
		entry.said = detail;
		this.last = entry;
		this.lastAt = now;
	}

	private Entry entry(ZmqEventType type, int value) {
		Entry entry = find(type, value);
		if (entry == null && this.entries.size() >= KINDS) {
			entry = find(type, OTHER);
			return (entry != null) ? entry : add(new Entry(type, OTHER));
		}
		return (entry != null) ? entry : add(new Entry(type, value));
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

	private Entry add(Entry entry) {
		if (this.entries.isEmpty()) {
			this.entries = new ArrayList<>(1);
		}
		this.entries.add(entry);
		return entry;
	}

	public long count(ZmqEventType type) {
		long count = 0;
		for (Entry entry : this.entries) {
			count += (entry.type == type) ? entry.count : 0;
		}
		return count;
	}

	public void addTo(Map<ZmqFailure, Long> counts) {
		for (Entry entry : this.entries) {
			if (!entry.isHandshake()) {
				counts.merge(new ZmqFailure(entry.operation(), entry.error(this.values)), entry.count, Long::sum);
			}
		}
	}

	public @Nullable ZmqErrorSnapshot lastError(MonitorClock clock) {
		Entry entry = this.last;
		return (entry != null) ? new ZmqErrorSnapshot(entry.operation(), entry.error(this.values),
				entry.detail(this.values), clock.instantAt(this.lastAt), entry.count) : null;
	}

	private static final class Entry {

		private final ZmqEventType type;

		private final int value;

		private @Nullable String said;

		private long count;

		Entry(ZmqEventType type, int value) {
			this.type = type;
			this.value = value;
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
			return isHandshake() ? ZmqHandshake.of(this.type, this.value).reason() : values.error(this.value);
		}

		@Nullable String detail(EventValues values) {
			return isHandshake() ? String.valueOf(values.of(this.type, this.value)) : this.said;
		}

	}

}
