package io.github.zmqmonitor.actuate.endpoint;

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
 * What of the sockets is asked for. Parameters that are absent or empty don't filter.
 */
record ZmqFilter(@Nullable String state, @Nullable String type, @Nullable String name, @Nullable String role) {

	static final ZmqFilter NONE = new ZmqFilter(null, null, null, null);

	static ZmqFilter of(@Nullable String state, @Nullable String type, @Nullable String name, @Nullable String role) {
		return new ZmqFilter(
				known("state", state, Arrays.stream(ZmqEndpointState.values()).map(ZmqEndpointState::id).toList()),
				known("type", type,
						Arrays.stream(SocketType.values()).map((it) -> it.name().toLowerCase(Locale.ROOT)).toList()),
				(name != null && !name.isEmpty()) ? name : null,
				known("role", role, Arrays.stream(ZmqEndpointRole.values()).map(ZmqEndpointRole::id).toList()));
	}

	private static @Nullable String known(String parameter, @Nullable String value, List<String> known) {
		if (value == null || value.isEmpty()) {
			return null;
		}
		String normalized = value.toLowerCase(Locale.ROOT);
		if (!known.contains(normalized)) {
			throw new UnknownFilterException(parameter, known);
		}
		return normalized;
	}

	/**
	 * Return the endpoints of a socket that are asked for, {@code null} if the socket
	 * isn't.
	 */
	@Nullable List<ZmqEndpointSnapshot> select(ZmqSocketSnapshot socket) {
		if (this.type != null && !this.type.equalsIgnoreCase(socket.type())) {
			return null;
		}
		if (this.name != null && !this.name.equals(socket.name())) {
			return null;
		}
		if (this.state == null && this.role == null) {
			return socket.endpoints();
		}
		List<ZmqEndpointSnapshot> selected = socket.endpoints().stream().filter(this::selects).toList();
		return selected.isEmpty() ? null : selected;
	}

	private boolean selects(ZmqEndpointSnapshot endpoint) {
		return (this.state == null || this.state.equals(endpoint.state().id()))
				&& (this.role == null || this.role.equals(endpoint.role().id()));
	}

}
