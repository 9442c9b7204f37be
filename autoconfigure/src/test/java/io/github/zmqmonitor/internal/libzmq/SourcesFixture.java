package io.github.zmqmonitor.internal.libzmq;

import java.nio.ByteOrder;
import java.time.Duration;

/**
 * Settings for tests.
 */
final class SourcesFixture {

	private SourcesFixture() {
	}

	static ZmqNativeSettings settings(int maxSources) {
		return new ZmqNativeSettings("tcp://127.0.0.1:*", false, ByteOrder.nativeOrder(), Duration.ofSeconds(15),
				maxSources);
	}

}
