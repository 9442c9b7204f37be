package io.github.zmqmonitor.internal.diagnostics;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

import io.github.zmqmonitor.internal.diagnostics.SocketFacts.Exchange;
import io.github.zmqmonitor.model.ZmqEndpointRole;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqHint;
import io.github.zmqmonitor.model.ZmqPeerSnapshot.StallReason;
import org.jspecify.annotations.Nullable;

/**
 * Makes hints of what is known of the connections and subscriptions of a socket.
 */
final class PeerDiagnostics {

	/** How long after its creation a socket may be without a subscription. */
	private static final Duration SETTLED = Duration.ofSeconds(10);

	private static final Set<ZmqEndpointState> IN_USE = Set.of(ZmqEndpointState.CONNECTED, ZmqEndpointState.LISTENING,
			ZmqEndpointState.UNTRACKED);

	private final String type;

	private final BiConsumer<ZmqHint.Kind, String> hints;

	/**
	 * Create diagnostics.
	 * @param type the type of the socket
	 * @param hints takes the hints about the whole socket
	 */
	PeerDiagnostics(String type, BiConsumer<ZmqHint.Kind, String> hints) {
		this.type = type;
		this.hints = hints;
	}

	/**
	 * What there is to say of the handshakes of an endpoint, {@code null} for nothing.
	 */
	static @Nullable String stalled(ZmqEndpointSnapshot endpoint, List<ConnectionAge> connections) {
		if (endpoint.handshaking() == null || endpoint.handshaking() == 0) {
			return null;
		}
		long stalled = connections.stream()
			.filter((connection) -> connection.isStalled() && belongs(connection, endpoint))
			.count();
		if (stalled == 0) {
			return null;
		}
		return ((stalled == 1) ? "a handshake stands" : stalled + " handshakes stand") + " still for more than 10 s: "
				+ ((endpoint.role() == ZmqEndpointRole.BIND) ? "the peer" : "what listens there")
				+ " is frozen or does not speak ZMTP, or an answer was missed; setHandshakeIvl says when to give up";
	}

	/**
	 * What there is to say of connections of an endpoint that stand still for a reason,
	 * {@code null} for nothing.
	 */
	static @Nullable String still(ZmqEndpointSnapshot endpoint, List<ConnectionAge> connections, StallReason reason) {
		List<ConnectionAge> still = connections.stream()
			.filter((connection) -> connection.standsStill(reason) && belongs(connection, endpoint))
			.toList();
		if (still.isEmpty()) {
			return null;
		}
		String peers = (still.size() == 1) ? "a peer" : still.size() + " peers";
		return switch (reason) {
			case PEER_NOT_READING ->
				peers + " took nothing of what waits there for more than 10 s, though the kernel at"
						+ " the other end answers: frozen, or too slow for what is sent; look at the process there";
			case UNREACHABLE -> "nothing that was sent to " + peers
					+ " was answered for more than 10 s: the host or the"
					+ " way to it is gone; setHeartbeatIvl(10000) and setHeartbeatTimeout(5000) end such connections";
		};
	}

	/** Whether a listener has an accepted connection of long life. */
	static boolean isLongLived(ZmqEndpointSnapshot endpoint, List<ConnectionAge> connections) {
		return endpoint.state() == ZmqEndpointState.LISTENING && "tcp".equals(endpoint.transport())
				&& connections.stream()
					.anyMatch((connection) -> connection.isLongLived() && belongs(connection, endpoint));
	}

	private static boolean belongs(ConnectionAge connection, ZmqEndpointSnapshot endpoint) {
		return connection.endpoint().equals(endpoint.endpoint())
				&& connection.accepted() == (endpoint.role() == ZmqEndpointRole.BIND);
	}

	void add(SocketFacts facts, Collection<ZmqEndpointSnapshot> endpoints, Duration age) {
		if (Boolean.TRUE.equals(facts.unsubscribed()) && age.compareTo(SETTLED) >= 0
				&& endpoints.stream().anyMatch((endpoint) -> IN_USE.contains(endpoint.state()))) {
			addUnsubscribed();
		}
		if ("PAIR".equals(this.type) && facts.ready() > 1) {
			this.hints.accept(ZmqHint.Kind.SECOND_PEER,
					facts.ready() + " peers are connected, and a PAIR talks to one: it ignores the others");
		}
		if (facts.sameIdentity()) {
			this.hints.accept(ZmqHint.Kind.IDENTITY_DUPLICATE,
					"two peers have the same identity, and the later one is ignored; give each its own, or call"
							+ " setRouterHandover(true) where a peer may come back before its old connection ends");
		}
		if (facts.exchange() != null) {
			addExchange(facts.exchange());
		}
	}

	private void addExchange(Exchange exchange) {
		this.hints.accept(ZmqHint.Kind.REQ_OUT_OF_STEP, switch (exchange) {
			case REPLY_LOST -> "no reply has come for more than 10 s, and the connection that the request went over has"
					+ " ended; until a reply comes the socket refuses to send: close it and create another, or call"
					+ " setReqRelaxed(true) and setReqCorrelate(true)";
			case REPLY_OWED ->
				"a request was received more than a minute ago and not replied to; until the socket sends"
						+ " a reply, pollers see no other request at it: reply to each request, after an error too";
		});
	}

	private void addUnsubscribed() {
		if ("SUB".equals(this.type)) {
			this.hints.accept(ZmqHint.Kind.SUBSCRIPTION_MISSING,
					"the socket has subscribed to nothing, so that it receives nothing; call subscribe");
		}
		else if ("DISH".equals(this.type)) {
			this.hints.accept(ZmqHint.Kind.SUBSCRIPTION_MISSING,
					"the socket has joined no group, so that it receives nothing; call join");
		}
	}

}
