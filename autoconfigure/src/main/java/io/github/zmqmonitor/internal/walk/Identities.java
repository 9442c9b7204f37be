package io.github.zmqmonitor.internal.walk;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Identities as text: as they are where that can be printed, in hexadecimal otherwise.
 */
final class Identities {

	private static final int MAXIMUM = 255;

	private Identities() {
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
