package io.github.zmqmonitor.internal.walk;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;
import zmq.io.Metadata;
import zmq.io.StreamEngine;

/**
 * Identities as text: as they are where that can be printed, in hexadecimal otherwise.
 */
final class Identities {

	private static final int MAXIMUM = 255;

	private static final char LOST = '\ufffd';

	private Identities() {
	}

	/**
	 * What a peer has told in its handshake, {@code null} for nothing. JeroMQ keeps it as
	 * UTF-8: bytes that are none are lost.
	 */
	static @Nullable String told(EngineFields engines, StreamEngine engine) {
		String told = engines.property(engine, Metadata.IDENTITY);
		return (told != null && told.indexOf(LOST) < 0) ? text(told.getBytes(StandardCharsets.UTF_8)) : null;
	}

	static String text(byte[] identity) {
		for (byte part : identity) {
			if (part < ' ' || part == 0x7f) {
				return HexFormat.of().formatHex(identity, 0, Math.min(identity.length, MAXIMUM / 2));
			}
		}
		return new String(identity, 0, Math.min(identity.length, MAXIMUM), StandardCharsets.US_ASCII);
	}

}
