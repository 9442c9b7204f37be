package io.github.zmqmonitor.internal.libzmq;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.zmqmonitor.internal.libzmq.ForwardedMessage.Event;
import io.github.zmqmonitor.internal.libzmq.ForwardedMessage.Heartbeat;
import io.github.zmqmonitor.internal.libzmq.ForwardedMessage.Refused;
import io.github.zmqmonitor.internal.libzmq.ForwardedMessage.Source;
import io.github.zmqmonitor.model.ZmqEventType;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;

/**
 * Reads what forwarders send: the name and the type of a socket, and the frames of its
 * monitor as {@code zmq_socket_monitor(3)} defines them, in version 1 or 2. Whatever
 * comes, nothing is thrown, and the work is bounded by the size of the message.
 */
final class MessageDecoder {

	static final int MAXIMUM_FRAMES = 16;

	private static final int MAXIMUM_NAME = 100;

	private static final int MAXIMUM_ADDRESS = 512;

	private static final int HEADER = 2;

	private static final int V1_EVENT = Short.BYTES + Integer.BYTES;

	private static final int V2_FRAMES = HEADER + 4;

	private static final long NO_VALUE = -1;

	private static final Pattern HEARTBEAT = Pattern.compile("([A-Za-z0-9._-]{1,64}) ([0-9]{1,18})");

	private static final Pattern PRINTABLE = Pattern.compile("[^\\p{C}\\p{Zl}\\p{Zp}]*");

	private static final Set<String> TYPES = Arrays.stream(SocketType.values())
		.map(Enum::name)
		.collect(Collectors.toUnmodifiableSet());

	private final ByteOrder byteOrder;

	MessageDecoder(ByteOrder byteOrder) {
		this.byteOrder = byteOrder;
	}

	ForwardedMessage decode(List<byte[]> frames) {
		if (frames.size() < HEADER || frames.size() > MAXIMUM_FRAMES) {
			return new Refused(ZmqNativeRejection.FRAMES, null);
		}
		String name = text(frames.get(0), MAXIMUM_NAME);
		if (name == null || name.isEmpty()) {
			return new Refused(ZmqNativeRejection.SOURCE, null);
		}
		String type = text(frames.get(1), MAXIMUM_NAME);
		if (type == null || !TYPES.contains(type.toUpperCase(Locale.ROOT))) {
			return new Refused(ZmqNativeRejection.TYPE, null);
		}
		Source source = new Source(name, type.toUpperCase(Locale.ROOT));
		return switch (frames.size()) {
			case HEADER -> new Heartbeat(source, null, 0);
			case HEADER + 1 -> heartbeat(source, frames.get(HEADER));
			case HEADER + 2 -> version1(source, frames.get(HEADER), frames.get(HEADER + 1));
			default -> version2(source, frames);
		};
	}

	private static ForwardedMessage heartbeat(Source source, byte[] frame) {
		String text = text(frame, MAXIMUM_NAME);
		Matcher matcher = (text != null) ? HEARTBEAT.matcher(text) : null;
		if (matcher == null || !matcher.matches()) {
			return new Refused(ZmqNativeRejection.HEARTBEAT, source);
		}
		return new Heartbeat(source, matcher.group(1), Long.parseLong(matcher.group(2)));
	}

	private ForwardedMessage version1(Source source, byte[] event, byte[] address) {
		if (event.length != V1_EVENT) {
			return new Refused(ZmqNativeRejection.LENGTH, source);
		}
		ByteBuffer buffer = buffer(event);
		return event(source, Short.toUnsignedLong(buffer.getShort()), buffer.getInt(), address, null);
	}

	private ForwardedMessage version2(Source source, List<byte[]> frames) {
		int values = frames.size() - V2_FRAMES;
		if (values < 0) {
			return new Refused(ZmqNativeRejection.FRAMES, source);
		}
		for (byte[] number : frames.subList(HEADER, frames.size() - 2)) {
			if (number.length != Long.BYTES) {
				return new Refused(ZmqNativeRejection.LENGTH, source);
			}
		}
		if (buffer(frames.get(HEADER + 1)).getLong() != values) {
			return new Refused(ZmqNativeRejection.FRAMES, source);
		}
		// every event that is known has one value
		long value = (values == 1) ? buffer(frames.get(HEADER + 2)).getLong() : NO_VALUE;
		return event(source, buffer(frames.get(HEADER)).getLong(), value, frames.get(frames.size() - 2),
				frames.get(frames.size() - 1));
	}

	private static ForwardedMessage event(Source source, long code, long value, byte[] local,
			byte @Nullable [] remote) {
		ZmqEventType type = (code == (int) code) ? ZmqEventType.of((int) code) : ZmqEventType.UNKNOWN;
		if (!type.isFired() || type == ZmqEventType.HANDSHAKE_PROTOCOL) {
			return new Refused(ZmqNativeRejection.EVENT, source);
		}
		if (value != (int) value || value < 0) {
			return new Refused(ZmqNativeRejection.VALUE, source);
		}
		String first = text(local, MAXIMUM_ADDRESS);
		String second = (remote != null) ? text(remote, MAXIMUM_ADDRESS) : "";
		if (first == null || second == null || (first.isEmpty() && second.isEmpty() && EventRules.needsAddress(type))) {
			return new Refused(ZmqNativeRejection.ADDRESS, source);
		}
		return new Event(source, type, (int) value, first, (remote != null) ? second : null);
	}

	private ByteBuffer buffer(byte[] frame) {
		return ByteBuffer.wrap(frame).order(this.byteOrder);
	}

	/**
	 * Return a frame as text, or {@code null} if it is too long, not UTF-8, or has
	 * characters that would not be seen.
	 */
	private static @Nullable String text(byte[] frame, int maximum) {
		if (frame.length > maximum) {
			return null;
		}
		try {
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(frame)).toString();
			return PRINTABLE.matcher(text).matches() ? text : null;
		}
		catch (CharacterCodingException ex) {
			return null;
		}
	}

}
