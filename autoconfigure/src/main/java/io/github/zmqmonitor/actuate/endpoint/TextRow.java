package io.github.zmqmonitor.actuate.endpoint;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

import io.github.zmqmonitor.model.ZmqEndpointRole;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqQueueSnapshot;
import io.github.zmqmonitor.model.ZmqQueues;
import io.github.zmqmonitor.model.ZmqSocketSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * A line of the table: an endpoint of a socket, or of several that look the same. Numbers
 * of the sockets stand in the line of their first endpoint only.
 */
final class TextRow {

	private static final int LISTED_PORTS = 2;

	/** Where drops stand. */
	static final int DROPPED = 10;

	private final boolean sharesName;

	private final Set<ZmqSocketSnapshot> sockets = new LinkedHashSet<>();

	private final List<ZmqSocketSnapshot> counted = new ArrayList<>();

	private final List<ZmqEndpointSnapshot> endpoints = new ArrayList<>();

	TextRow(boolean sharesName) {
		this.sharesName = sharesName;
	}

	void add(ZmqSocketSnapshot socket, @Nullable ZmqEndpointSnapshot endpoint, boolean first) {
		this.sockets.add(socket);
		if (first) {
			this.counted.add(socket);
		}
		if (endpoint != null) {
			this.endpoints.add(endpoint);
		}
	}

	/**
	 * The cells of the line.
	 * @param drops whether to say how many messages were dropped
	 */
	List<String> cells(Instant now, boolean drops) {
		ZmqSocketSnapshot socket = this.sockets.iterator().next();
		List<String> cells = new ArrayList<>(List.of(name(socket), socket.type()));
		if (this.endpoints.isEmpty()) {
			cells.addAll(List.of("-", "-", "-", "-", "-", "-"));
		}
		else {
			ZmqEndpointSnapshot endpoint = this.endpoints.get(0);
			cells.addAll(List.of(endpoint.role().id(), endpoint.endpoint() + ports(), endpoint.state().id(),
					TextFormat.age(since(), now),
					TextFormat.number(sum(this.endpoints, ZmqEndpointSnapshot::connections)),
					TextFormat.number(sum(this.endpoints, TextRow::acceptedOrRetries))));
		}
		cells.add(TextFormat.number(sum(this.counted, (it) -> (it.messages() != null) ? it.messages().sent() : null)));
		cells.add(TextFormat
			.number(sum(this.counted, (it) -> (it.messages() != null) ? it.messages().received() : null)));
		if (drops) {
			boolean more = this.counted.stream()
				.anyMatch((it) -> it.messages() != null && it.messages().droppedLowerBound() != null);
			cells.add((more ? "≥" : "")
					+ TextFormat.number(sum(this.counted, (it) -> TextDetail.dropped(it.messages()))));
		}
		cells.add(fullestQueue());
		cells.add(TextFormat.age(lastActivity(), now));
		cells.add(TextError.of(this.endpoints, now));
		return cells;
	}

	private String name(ZmqSocketSnapshot socket) {
		if (this.sockets.size() > 1) {
			return socket.name() + " (" + this.sockets.size() + " sockets)";
		}
		return this.sharesName ? socket.name() + " (" + socket.id() + ")" : socket.name();
	}

	/**
	 * The real ports of a wildcard.
	 */
	private String ports() {
		Set<Integer> ports = new TreeSet<>();
		for (ZmqEndpointSnapshot endpoint : this.endpoints) {
			if (endpoint.role() == ZmqEndpointRole.BIND && endpoint.transport().equals("tcp")
					&& (endpoint.endpoint().endsWith(":*") || endpoint.endpoint().endsWith(":0"))) {
				if (endpoint.addresses() != null) {
					endpoint.addresses().forEach((address) -> addPort(ports, address));
				}
				else if (endpoint.address() != null) {
					addPort(ports, endpoint.address());
				}
			}
		}
		if (ports.isEmpty()) {
			return "";
		}
		String listed = String.join(", ", ports.stream().limit(LISTED_PORTS).map(String::valueOf).toList());
		int more = ports.size() - LISTED_PORTS;
		return " (" + listed + ((more > 0) ? " and " + more + " more" : "") + ")";
	}

	private static void addPort(Set<Integer> ports, String address) {
		try {
			ports.add(Integer.valueOf(address.substring(address.lastIndexOf(':') + 1)));
		}
		catch (NumberFormatException ex) {
			// no port is known, then
		}
	}

	private @Nullable Instant since() {
		return this.endpoints.stream()
			.map(ZmqEndpointSnapshot::since)
			.filter(Objects::nonNull)
			.min(Comparator.naturalOrder())
			.orElse(null);
	}

	/**
	 * Retries are those of the present outage.
	 */
	private static @Nullable Long acceptedOrRetries(ZmqEndpointSnapshot endpoint) {
		if (endpoint.role() == ZmqEndpointRole.BIND) {
			return endpoint.accepted();
		}
		return (endpoint.awaySince() != null) ? endpoint.awayRetries() : null;
	}

	private static <T> @Nullable Long sum(List<T> elements, Function<T, @Nullable Number> number) {
		List<Number> known = elements.stream().map(number).filter(Objects::nonNull).toList();
		return known.isEmpty() ? null : (Long) known.stream().mapToLong(Number::longValue).sum();
	}

	/**
	 * How full the fullest queue is, or, where queues have no limit, how many messages
	 * wait.
	 */
	private String fullestQueue() {
		double fullest = -1;
		long unlimited = 0;
		for (ZmqSocketSnapshot socket : this.counted) {
			ZmqQueues queues = socket.queues();
			if (queues != null) {
				for (ZmqQueueSnapshot queue : List.of(queues.sent(), queues.received())) {
					Double utilization = queue.utilization();
					fullest = Math.max(fullest, (utilization != null) ? utilization : -1);
					unlimited += (utilization == null) ? queue.size() : 0;
				}
			}
		}
		if (unlimited > 0 && fullest < 0.5) {
			return TextFormat.number(unlimited);
		}
		return (fullest >= 0) ? String.format(Locale.ROOT, "%.0f%%", Math.floor(fullest * 100)) : TextFormat.UNKNOWN;
	}

	private @Nullable Instant lastActivity() {
		return this.counted.stream()
			.map(ZmqSocketSnapshot::lastActivity)
			.filter(Objects::nonNull)
			.max(Comparator.naturalOrder())
			.orElse(null);
	}

}
