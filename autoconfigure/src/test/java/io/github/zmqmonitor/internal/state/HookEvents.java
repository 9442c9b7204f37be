package io.github.zmqmonitor.internal.state;

import java.time.Instant;
import java.util.List;

import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqPeerSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Tells a tracker of events as the hook does, whatever their argument, and looks at what
 * came of them.
 */
final class HookEvents {

	private HookEvents() {
	}

	static void record(SocketTracker tracker, int code, @Nullable String address, @Nullable Object argument) {
		tracker.record(code, address, (argument instanceof Integer number) ? number : 0,
				(argument instanceof Integer) ? null : argument, null);
	}

	static List<ZmqEndpointSnapshot> endpoints(SocketTracker tracker) {
		return tracker.endpoints(100, (connection) -> ZmqPeerSnapshot.of(connection.remote(), connection.local(),
				Instant.EPOCH, connection.zmtp(), connection.isReady()));
	}

}
