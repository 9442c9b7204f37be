package io.github.zmqmonitor.internal.libzmq;

import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Stream;

import io.github.zmqmonitor.internal.libzmq.ForwardedMessage.Event;
import io.github.zmqmonitor.internal.libzmq.ForwardedMessage.Heartbeat;
import io.github.zmqmonitor.internal.libzmq.ForwardedMessage.Refused;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages of bytes that a fuzzer looks for, to the decoder. Without a fuzzer: what
 * libzmq has sent, and what was found earlier.
 */
public class MessageDecoderFuzzTests {

	public static void fuzzerTestOneInput(byte[] input) {
		for (List<byte[]> frames : FuzzedMessages.of(input)) {
			for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
				check(new MessageDecoder(order).decode(frames), frames);
			}
		}
	}

	@ParameterizedTest
	@MethodSource("inputs")
	void anythingIsDecodedOrRefused(byte[] input) {
		fuzzerTestOneInput(input);
	}

	static Stream<byte[]> inputs() {
		return FuzzedMessages.recorded();
	}

	private static void check(ForwardedMessage message, List<byte[]> frames) {
		if (message instanceof Event event) {
			assertThat(frames).hasSizeBetween(4, 7);
			assertThat(event.value()).isNotNegative();
			assertThat(event.type().isFired()).isTrue();
			checkText(event.source().name());
			checkText(event.local());
			checkText((event.remote() != null) ? event.remote() : "");
		}
		else if (message instanceof Heartbeat heartbeat) {
			assertThat(frames).hasSizeBetween(2, 3);
			assertThat(heartbeat.events()).isNotNegative();
			checkText(heartbeat.source().name());
		}
		else {
			assertThat(message).isInstanceOf(Refused.class);
		}
	}

	private static void checkText(String text) {
		assertThat(text.codePoints().noneMatch(Character::isISOControl)).isTrue();
		assertThat(text).hasSizeLessThanOrEqualTo(512);
	}

}
