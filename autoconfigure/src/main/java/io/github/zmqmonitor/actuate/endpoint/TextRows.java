package io.github.zmqmonitor.actuate.endpoint;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.zmqmonitor.model.ZmqEndpointRole;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqSocketSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * What the lines of the table are about: a line per endpoint, or per socket without one.
 * Equal lines of several sockets are one. JeroMQ's own sockets come last.
 */
final class TextRows {

	private static final List<String> INTERNAL = List.of("inproc://zeromq.zap.", "inproc://zauth-",
			"inproc://zctx-pipe-", "inproc://zmonitor-");

	private final Set<String> shared;

	private final Map<Key, TextRow> rows = new LinkedHashMap<>();

	private TextRows(List<ZmqSocketSnapshot> sockets) {
		this.shared = sharedNames(sockets);
	}

	/** The names that several of them have, which are told apart by their ids. */
	static Set<String> sharedNames(List<ZmqSocketSnapshot> sockets) {
		Set<String> names = new HashSet<>();
		Set<String> shared = new HashSet<>();
		for (ZmqSocketSnapshot socket : sockets) {
			if (!names.add(socket.name())) {
				shared.add(socket.name());
			}
		}
		return shared;
	}

	/**
	 * The lines of some sockets.
	 * @param grouped whether equal lines of several sockets become one
	 */
	static List<TextRow> of(List<ZmqSocketSnapshot> sockets, boolean grouped) {
		TextRows rows = new TextRows(sockets);
		sockets.stream()
			.sorted(Comparator.comparing(TextRows::isInternal))
			.forEach((socket) -> rows.add(socket, grouped ? "" : socket.id()));
		return List.copyOf(rows.rows.values());
	}

	/**
	 * Whether a socket is one of those that JeroMQ makes for authentication, actors and
	 * monitors.
	 */
	private static boolean isInternal(ZmqSocketSnapshot socket) {
		return !socket.endpoints().isEmpty() && socket.endpoints()
			.stream()
			.allMatch((endpoint) -> INTERNAL.stream().anyMatch(endpoint.endpoint()::startsWith));
	}

	private void add(ZmqSocketSnapshot socket, String group) {
		if (socket.endpoints().isEmpty()) {
			row(socket, null, group, 0).add(socket, null, true);
		}
		Map<Key, Integer> equal = new HashMap<>();
		for (int i = 0; i < socket.endpoints().size(); i++) {
			ZmqEndpointSnapshot endpoint = socket.endpoints().get(i);
			int repetition = equal.merge(Key.of(socket, endpoint, group, 0), 1, Integer::sum);
			row(socket, endpoint, group, repetition).add(socket, endpoint, i == 0);
		}
	}

	private TextRow row(ZmqSocketSnapshot socket, @Nullable ZmqEndpointSnapshot endpoint, String group,
			int repetition) {
		return this.rows.computeIfAbsent(Key.of(socket, endpoint, group, repetition),
				(key) -> new TextRow(this.shared.contains(socket.name())));
	}

	/**
	 * What equal lines have in common.
	 */
	private record Key(String name, String type, @Nullable String endpoint, @Nullable ZmqEndpointRole role,
			@Nullable ZmqEndpointState state, String group, int repetition) {

		static Key of(ZmqSocketSnapshot socket, @Nullable ZmqEndpointSnapshot endpoint, String group, int repetition) {
			return (endpoint != null)
					? new Key(socket.name(), socket.type(), endpoint.endpoint(), endpoint.role(), endpoint.state(),
							group, repetition)
					: new Key(socket.name(), socket.type(), null, null, null, group, repetition);
		}

	}

}
