package io.github.zmqmonitor.internal.libzmq;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Messages as the bytes of a fuzzer: a row of frames, each after its length in one byte.
 * The greatest length ends a message.
 */
final class FuzzedMessages {

	private static final int END = 0xff;

	private FuzzedMessages() {
	}

	static List<List<byte[]>> of(byte[] input) {
		List<List<byte[]>> messages = new ArrayList<>();
		List<byte[]> frames = new ArrayList<>();
		ByteBuffer buffer = ByteBuffer.wrap(input);
		while (buffer.hasRemaining()) {
			int length = Byte.toUnsignedInt(buffer.get());
			if (length == END) {
				messages.add(frames);
				frames = new ArrayList<>();
			}
			else {
				byte[] frame = new byte[Math.min(length, buffer.remaining())];
				buffer.get(frame);
				frames.add(frame);
			}
		}
		messages.add(frames);
		return messages;
	}

	/** What libzmq has sent, each message alone and all together, and heartbeats. */
	static Stream<byte[]> recorded() {
		List<List<byte[]>> messages = new ArrayList<>(MessageDecoderTests.recordedMessages());
		messages.add(ForwardedMessages.heartbeat("orders", "REP"));
		messages.add(ForwardedMessages.heartbeat("orders", "REP", "4711 3"));
		messages.add(ForwardedMessages.heartbeat("orders", "REP", "4712 0"));
		return Stream.concat(messages.stream().map((message) -> bytes(List.of(message))), Stream.of(bytes(messages)));
	}

	private static byte[] bytes(List<List<byte[]>> messages) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		for (List<byte[]> frames : messages) {
			for (byte[] frame : frames) {
				bytes.write(frame.length);
				bytes.writeBytes(frame);
			}
			bytes.write(END);
		}
		return bytes.toByteArray();
	}

}
