package io.github.zmqmonitor.internal.libzmq;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages of bytes that a fuzzer looks for, from forwarders. Without a fuzzer: what
 * libzmq has sent, and what was found earlier.
 */
public class NativeSourcesFuzzTests {

	public static void fuzzerTestOneInput(byte[] input) {
		try (ZmqMonitor monitor = new ZmqMonitor()) {
			ZmqNativeStatistics statistics = new ZmqNativeStatistics();
			NativeSources sources = new NativeSources(monitor.registry(), SourcesFixture.settings(3), statistics);
			List<List<byte[]>> messages = FuzzedMessages.of(input);
			long heartbeats = messages.stream().filter((frames) -> frames.size() == 2 || frames.size() == 3).count();
			messages.forEach((frames) -> sources.take(frames, 0));
			long rejected = Arrays.stream(ZmqNativeRejection.values()).mapToLong(statistics::rejected).sum();
			long events = Arrays.stream(ZmqEventType.values()).mapToLong(monitor.statistics()::events).sum();
			assertThat(events + rejected).isBetween(messages.size() - heartbeats, (long) messages.size());
			assertThat(statistics.rejected(ZmqNativeRejection.FAILURE)).isZero();
			assertThat(monitor.statistics().eventErrors()).isZero();
			assertThat(sources.size()).isLessThanOrEqualTo(3);
			assertThat(monitor.snapshot().sockets()).hasSize(sources.size());
			sources.loseAll();
			assertThat(monitor.snapshot().sockets()).isEmpty();
		}
	}

	@ParameterizedTest
	@MethodSource("inputs")
	void anythingIsTakenAndNothingIsLostSilently(byte[] input) {
		fuzzerTestOneInput(input);
	}

	static Stream<byte[]> inputs() {
		return FuzzedMessages.recorded();
	}

}
