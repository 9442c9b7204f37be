package io.github.zmqmonitor.internal.libzmq;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.zmqmonitor.model.ZmqEventType;

/**
 * Writes what the decoder reads.
 */
final class ForwardedMessages {

	static final ByteOrder NATIVE = ByteOrder.nativeOrder();

	private ForwardedMessages() {
	}

	static List<byte[]> heartbeat(String source, String type) {
		return List.of(bytes(source), bytes(type));
	}

	static List<byte[]> heartbeat(String source, String type, String text) {
		return List.of(bytes(source), bytes(type), bytes(text));
	}

	static List<byte[]> event(String source, String type, ZmqEventType event, int value, String address) {
		return version1(NATIVE, source, type, event.code(), value, address);
	}

	static List<byte[]> version1(ByteOrder order, String source, String type, int code, int value, String address) {
		byte[] event = ByteBuffer.allocate(6).order(order).putShort((short) code).putInt(value).array();
		return List.of(bytes(source), bytes(type), event, bytes(address));
	}

	static List<byte[]> version2(ByteOrder order, String source, String type, long code, long[] values, String local,
			String remote) {
		List<byte[]> frames = new ArrayList<>(List.of(bytes(source), bytes(type)));
		frames.add(number(order, code));
		frames.add(number(order, values.length));
		Arrays.stream(values).forEach((value) -> frames.add(number(order, value)));
		frames.add(bytes(local));
		frames.add(bytes(remote));
		return frames;
	}

	private static byte[] number(ByteOrder order, long number) {
		return ByteBuffer.allocate(8).order(order).putLong(number).array();
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
