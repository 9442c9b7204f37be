package io.github.zmqmonitor.actuate.endpoint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import io.github.zmqmonitor.model.ZmqEndpointRole;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqSocketSnapshot;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;

/**
 * What of the sockets is asked for: any of some values. Parameters that are absent or
 * empty don't filter.
 */
record ZmqFilter(List<String> states, List<String> types, List<String> names, List<String> roles) {

	static final ZmqFilter NONE = new ZmqFilter(List.of(), List.of(), List.of(), List.of());

	/**
	 * A filter of parameters, each of which can be repeated and can have several values
	 * with commas between.
	 */
	static ZmqFilter of(@Nullable List<String> state, @Nullable List<String> type, @Nullable List<String> name,
			@Nullable List<String> role) {
		return new ZmqFilter(
				known("state", state, Arrays.stream(ZmqEndpointState.values()).map(ZmqEndpointState::id).toList()),
				known("type", type,
						Arrays.stream(SocketType.values()).map((it) -> it.name().toLowerCase(Locale.ROOT)).toList()),
				names(name),
				known("role", role, Arrays.stream(ZmqEndpointRole.values()).map(ZmqEndpointRole::id).toList()));
	}

	private static List<String> known(String parameter, @Nullable List<String> values, List<String> known) {
		List<String> normalized = split(values).stream().map((value) -> value.toLowerCase(Locale.ROOT)).toList();
		if (!known.containsAll(normalized)) {
			throw new UnknownFilterException(parameter, known);
		}
		return normalized;
	}

	private static List<String> split(@Nullable List<String> values) {
		return (values != null) ? values.stream()
			.flatMap((value) -> Arrays.stream(value.split(",")))
			.map(String::strip)
			.filter((value) -> !value.isEmpty())
			.toList() : List.of();
	}

	/**
	 * A name can have a comma in it.
	 */
	private static List<String> names(@Nullable List<String> values) {
		List<String> names = new ArrayList<>(split(values));
		if (values != null && values.size() < names.size()) {
			names.addAll(values);
		}
		if (values != null && values.size() > 1) {
			names.add(String.join(",", values));
		}
		return names;
	}

	/**
	 * Return the endpoints of a socket that are asked for, {@code null} if the socket
	 * isn't.
	 */
	@Nullable List<ZmqEndpointSnapshot> select(ZmqSocketSnapshot socket) {
		if (!this.types.isEmpty() && !this.types.contains(socket.type().toLowerCase(Locale.ROOT))) {
			return null;
		}
		if (!this.names.isEmpty() && !this.names.contains(socket.name())) {
			return null;
		}
		if (this.states.isEmpty() && this.roles.isEmpty()) {
			return socket.endpoints();
		}
		List<ZmqEndpointSnapshot> selected = socket.endpoints().stream().filter(this::selects).toList();
		return selected.isEmpty() ? null : selected;
	}

	private boolean selects(ZmqEndpointSnapshot endpoint) {
		return (this.states.isEmpty() || this.states.contains(endpoint.state().id()))
				&& (this.roles.isEmpty() || this.roles.contains(endpoint.role().id()));
	}

}
