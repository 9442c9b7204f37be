package io.github.zmqmonitor.internal.libzmq;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import io.github.zmqmonitor.internal.libzmq.ForwardedMessage.Event;
import io.github.zmqmonitor.internal.libzmq.ForwardedMessage.Heartbeat;
import io.github.zmqmonitor.internal.libzmq.ForwardedMessage.Refused;
import io.github.zmqmonitor.internal.libzmq.ForwardedMessage.Source;
import io.github.zmqmonitor.model.ZmqEventType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.zmqmonitor.internal.libzmq.ForwardedMessages.bytes;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The decoder against messages that libzmq has sent, and against those that nobody should
 * send. How the former were recorded is in {@code record.py} beside them.
 */
class MessageDecoderTests {

	private static final String ADDRESS = "tcp://127.0.0.1:5555";

	private final MessageDecoder decoder = new MessageDecoder(ByteOrder.LITTLE_ENDIAN);

	@ParameterizedTest
	@MethodSource
	void recordedMessagesAreRead(String line) {
		String[] words = line.split(" ");
		List<byte[]> frames = frames(line);
		assertThat(this.decoder.decode(frames)).isInstanceOfSatisfying(Event.class, (event) -> {
			assertThat(event.source()).isEqualTo(new Source("worker", "REP"));
			assertThat(event.type().name()).isEqualTo(words[0]);
			assertThat(event.remote() != null).isEqualTo(frames.size() > 4);
			switch (event.type()) {
				case BIND_FAILED -> assertThat(ErrorNumbers.of("Linux").get(event.value())).isEqualTo("EADDRINUSE");
				case ACCEPT_FAILED -> assertThat(ErrorNumbers.of("Linux").get(event.value())).isEqualTo("EMFILE");
				case HANDSHAKE_FAILED_AUTH -> assertThat(event.value()).isEqualTo(400);
				case HANDSHAKE_FAILED_PROTOCOL -> assertThat(event.value()).isEqualTo(0x11000002);
				case CONNECT_RETRIED -> assertThat(event.value()).isBetween(100, 200);
				case HANDSHAKE_SUCCEEDED, MONITOR_STOPPED -> assertThat(event.value()).isZero();
				default -> assertThat(event.value()).isPositive();
			}
		});
	}

	static List<List<byte[]>> recordedMessages() {
		return recordedMessagesAreRead().map(MessageDecoderTests::frames).toList();
	}

	private static List<byte[]> frames(String line) {
		List<byte[]> frames = new ArrayList<>(List.of(bytes("worker"), bytes("rep")));
		Arrays.stream(line.split(" "))
			.skip(1)
			.map((word) -> word.equals("-") ? new byte[0] : HexFormat.of().parseHex(word))
			.forEach(frames::add);
		return frames;
	}

	static Stream<String> recordedMessagesAreRead() {
		return Stream.of("/libzmq/vectors-v1.txt", "/libzmq/vectors-v2.txt").flatMap(MessageDecoderTests::lines);
	}

	private static Stream<String> lines(String resource) {
		try (BufferedReader reader = new BufferedReader(new InputStreamReader(
				MessageDecoderTests.class.getResourceAsStream(resource), StandardCharsets.UTF_8))) {
			assertThat(reader.readLine()).startsWith("# libzmq 4.3.4, little-endian");
			return reader.lines().toList().stream();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void everyEventOfLibzmqIsAmongTheRecordedOnes() {
		assertThat(recordedMessagesAreRead().map((line) -> line.split(" ")[0]).distinct())
			.containsExactlyInAnyOrderElementsOf(Arrays.stream(ZmqEventType.values())
				.filter((type) -> type.isFired() && type != ZmqEventType.HANDSHAKE_PROTOCOL)
				// never seen: closing a descriptor doesn't fail
				.filter((type) -> type != ZmqEventType.CLOSE_FAILED)
				.map(Enum::name)
				.toList());
	}

	@Test
	void bothByteOrdersAreRead() {
		for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
			MessageDecoder decoder = new MessageDecoder(order);
			assertThat(decoder.decode(
					ForwardedMessages.version1(order, "s", "REP", ZmqEventType.CONNECT_RETRIED.code(), 258, ADDRESS)))
				.isEqualTo(new Event(new Source("s", "REP"), ZmqEventType.CONNECT_RETRIED, 258, ADDRESS, null));
		}
	}

	@Test
	void heartbeatsAreRead() {
		Source source = new Source("s", "REP");
		assertThat(this.decoder.decode(ForwardedMessages.heartbeat("s", "REP")))
			.isEqualTo(new Heartbeat(source, null, 0));
		assertThat(this.decoder.decode(ForwardedMessages.heartbeat("s", "REP", "4711-a 17")))
			.isEqualTo(new Heartbeat(source, "4711-a", 17));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "x ", " 1", "x -1", "x 1 ", "x 1234567890123456789", "x/y 1", "x\n1" })
	void otherHeartbeatsAreRefused(String text) {
		assertRefused(ZmqNativeRejection.HEARTBEAT, ForwardedMessages.heartbeat("s", "REP", text));
	}

	@Test
	void otherNumbersOfFramesAreRefused() {
		assertRefused(ZmqNativeRejection.FRAMES, List.of());
		assertRefused(ZmqNativeRejection.FRAMES, List.of(bytes("s")));
		assertRefused(ZmqNativeRejection.FRAMES, Collections.nCopies(17, bytes("s")));
		assertRefused(ZmqNativeRejection.FRAMES, frames(new byte[8], new byte[8], new byte[0]));
		assertRefused(ZmqNativeRejection.FRAMES,
				frames(new byte[8], new byte[8], new byte[8], new byte[0], new byte[0]));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a\nb", "\u202eevil", "\u0000" })
	void namesThatCannotBeShownAreRefused(String name) {
		assertRefused(ZmqNativeRejection.SOURCE, ForwardedMessages.heartbeat(name, "REP"));
	}

	@Test
	void namesThatAreTooLongOrNoTextAreRefused() {
		assertRefused(ZmqNativeRejection.SOURCE, ForwardedMessages.heartbeat("x".repeat(101), "REP"));
		assertRefused(ZmqNativeRejection.SOURCE, List.of(new byte[] { (byte) 0xc3 }, bytes("REP")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "ROUTERS", "REP ", "\n" })
	void unknownTypesAreRefused(String type) {
		assertRefused(ZmqNativeRejection.TYPE, ForwardedMessages.heartbeat("s", type));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 5, 7, 8, 12, 60_000 })
	void eventsThatAreTruncatedOrTooLongAreRefused(int length) {
		assertRefused(ZmqNativeRejection.LENGTH, frames(new byte[length], bytes(ADDRESS)));
	}

	@Test
	void numbersOfVersion2ThatAreTruncatedOrTooLongAreRefused() {
		List<byte[]> whole = ForwardedMessages.version2(ByteOrder.LITTLE_ENDIAN, "s", "REP", 1, new long[] { 1 },
				ADDRESS, ADDRESS);
		for (int i = 2; i < 5; i++) {
			for (int length : new int[] { 0, 4, 7, 9, 60_000 }) {
				List<byte[]> broken = new ArrayList<>(whole);
				broken.set(i, new byte[length]);
				assertRefused(ZmqNativeRejection.LENGTH, broken);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 3, 0x8000, 0x10000, 0x100000000L, -1, Long.MIN_VALUE })
	void unknownEventsAreRefused(long code) {
		assertRefused(ZmqNativeRejection.EVENT, ForwardedMessages.version1(ByteOrder.LITTLE_ENDIAN, "s", "REP",
				(code == (short) code || code == 0x8000) ? (int) code : 0, 0, ADDRESS));
		assertRefused(ZmqNativeRejection.EVENT, ForwardedMessages.version2(ByteOrder.LITTLE_ENDIAN, "s", "REP", code,
				new long[] { 1 }, ADDRESS, ADDRESS));
	}

	@Test
	void valuesOutOfRangeAreRefused() {
		assertRefused(ZmqNativeRejection.VALUE, ForwardedMessages.version1(ByteOrder.LITTLE_ENDIAN, "s", "REP",
				ZmqEventType.ACCEPTED.code(), -1, ADDRESS));
		for (long[] values : List.of(new long[] { -1 }, new long[] { 1L << 31 }, new long[] { Long.MAX_VALUE },
				new long[] {}, new long[] { 1, 2 })) {
			assertRefused(ZmqNativeRejection.VALUE, ForwardedMessages.version2(ByteOrder.LITTLE_ENDIAN, "s", "REP",
					ZmqEventType.ACCEPTED.code(), values, ADDRESS, ADDRESS));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "tcp://\u0007", "tcp://a\nb:1" })
	void addressesThatCannotBeShownAreRefused(String address) {
		assertRefused(ZmqNativeRejection.ADDRESS, ForwardedMessages.version1(ByteOrder.LITTLE_ENDIAN, "s", "REP",
				ZmqEventType.ACCEPTED.code(), 7, address));
		assertRefused(ZmqNativeRejection.ADDRESS, ForwardedMessages.version2(ByteOrder.LITTLE_ENDIAN, "s", "REP",
				ZmqEventType.ACCEPTED.code(), new long[] { 7 }, address, ""));
	}

	@Test
	void addressesThatAreTooLongAreRefused() {
		assertRefused(ZmqNativeRejection.ADDRESS, ForwardedMessages.version1(ByteOrder.LITTLE_ENDIAN, "s", "REP",
				ZmqEventType.ACCEPTED.code(), 7, "tcp://" + "x".repeat(60_000)));
	}

	private static List<byte[]> frames(byte[]... monitor) {
		List<byte[]> frames = new ArrayList<>(List.of(bytes("s"), bytes("REP")));
		frames.addAll(List.of(monitor));
		return frames;
	}

	private void assertRefused(ZmqNativeRejection reason, List<byte[]> frames) {
		assertThat(this.decoder.decode(frames)).isInstanceOfSatisfying(Refused.class,
				(refused) -> assertThat(refused.reason()).isEqualTo(reason));
	}

}
