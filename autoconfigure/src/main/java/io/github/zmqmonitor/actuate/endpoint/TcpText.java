package io.github.zmqmonitor.actuate.endpoint;

import java.time.Instant;
import java.util.Locale;

import io.github.zmqmonitor.model.ZmqPeerSnapshot.Tcp;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel knows of a connection, in the line of its peer.
 */
final class TcpText {

	private TcpText() {
	}

	static String of(@Nullable Tcp tcp, Instant now) {
		if (tcp == null) {
			return "";
		}
		StringBuilder text = new StringBuilder();
		if (tcp.bytesSent() != null && tcp.bytesReceived() != null) {
			text.append(", ")
				.append(TextFormat.number(tcp.bytesSent()))
				.append(" bytes sent and ")
				.append(TextFormat.number(tcp.bytesReceived()))
				.append(" received");
		}
		if (tcp.roundTrip() != null) {
			text.append(String.format(Locale.ROOT, ", round trip %.1f ms", tcp.roundTrip().toNanos() / 1e6));
		}
		append(text, tcp.retransmits(), " segments sent again");
		append(text, tcp.unacknowledged(), " bytes not acknowledged");
		append(text, tcp.unread(), " bytes not read here");
		if (tcp.stalled() != null) {
			text.append(": ")
				.append(tcp.stalled().id().replace('_', ' '))
				.append(" for ")
				.append(TextFormat.age(tcp.stalledSince(), now));
		}
		return text.toString();
	}

	private static void append(StringBuilder text, @Nullable Long number, String words) {
		if (number != null && number > 0) {
			text.append(", ").append(TextFormat.number(number)).append(words);
		}
	}

}
