package io.github.zmqmonitor.events;

import io.github.zmqmonitor.model.ZmqEndpointRole;
import io.github.zmqmonitor.model.ZmqOrigin;
import io.github.zmqmonitor.model.ZmqSocketEvent;

/**
 * Handshakes that have failed, in words.
 */
final class HandshakeWords {

	private HandshakeWords() {
	}

	/**
	 * Authentication was refused.
	 */
	static String refused(ZmqSocketEvent event) {
		return refusal(event) + consequence(event);
	}

	/**
	 * A peer broke the protocol.
	 */
	static String violated(ZmqSocketEvent event) {
		return violation(event) + consequence(event);
	}

	private static String violation(ZmqSocketEvent event) {
		boolean curve = event.value() instanceof ZmqSocketEvent.ProtocolError error
				&& "ZMTP_CRYPTOGRAPHIC".equals(error.symbol());
		if (!curve) {
			return "handshake failed, a peer broke the protocol (" + event.value() + ")";
		}
		return (event.role() == ZmqEndpointRole.BIND)
				? "a client's CURVE keys don't match (a wrong server key at the client?)"
				: "the CURVE keys don't match (a wrong server key?)";
	}

	private static String refusal(ZmqSocketEvent event) {
		if (!(event.value() instanceof ZmqSocketEvent.AuthenticationStatus status)) {
			return "authentication refused";
		}
		String mechanism = (status.mechanism() != null && !"NULL".equals(status.mechanism())) ? status.mechanism() + " "
				: "";
		String outcome = switch (status.status()) {
			case 300 -> "authentication failed for now";
			case 500 -> "authentication failed inside the server";
			default -> "authentication refused";
		};
		return mechanism + outcome + " (" + status.status() + ")";
	}

	/**
	 * A listener goes on after it has refused a client.
	 */
	private static String consequence(ZmqSocketEvent event) {
		if (event.role() == ZmqEndpointRole.BIND) {
			return "; the client is not let in";
		}
		String library = (event.origin() == ZmqOrigin.NATIVE) ? "libzmq" : "JeroMQ";
		return "; " + library + " will not retry this endpoint";
	}

}
