package io.github.zmqmonitor.internal.state;

import org.jspecify.annotations.Nullable;

/**
 * Tells a tracker of events as the hook does, whatever their argument.
 */
final class HookEvents {

	private HookEvents() {
	}

	static void record(SocketTracker tracker, int code, @Nullable String address, @Nullable Object argument) {
		tracker.record(code, address, (argument instanceof Integer number) ? number : 0,
				(argument instanceof Integer) ? null : argument);
	}

}
