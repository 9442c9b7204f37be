package io.github.zmqmonitor.internal.libzmq;

import java.nio.ByteOrder;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Settings for tests.
 */
final class SourcesFixture {

	private SourcesFixture() {
	}

	static ZmqNativeSettings settings(int maxSources) {
		return settings("tcp://127.0.0.1:*", maxSources, null);
	}

	static ZmqNativeSettings settings(String endpoint, int maxSources, @Nullable String password) {
		return new ZmqNativeSettings(endpoint, false, ByteOrder.nativeOrder(), Duration.ofSeconds(15), maxSources,
				password);
	}

}
