package io.github.zmqmonitor.internal.diagnostics;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.github.zmqmonitor.internal.history.Progress;
import io.github.zmqmonitor.internal.history.ShortConnection;
import io.github.zmqmonitor.internal.rules.SocketIdentity;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqHint;
import io.github.zmqmonitor.model.ZmqOrigin;
import io.github.zmqmonitor.model.ZmqSocketEvent.EndReason;
import org.jspecify.annotations.Nullable;

/**
 * Endpoints whose connections are made and lost again and again, with the likely reason.
 */
final class Flapping {

	private static final int MANY = 5;

	private final SocketIdentity identity;

	private final Target target;

	Flapping(SocketIdentity identity, Target target) {
		this.identity = identity;
		this.target = target;
	}

	void add(List<ShortConnection> ended) {
		Map<String, Map<FlappingCause, Integer>> endpoints = new LinkedHashMap<>();
		for (ShortConnection connection : ended) {
			FlappingCause cause = cause(connection);
			if (cause != null) {
				endpoints.computeIfAbsent(connection.endpoint(), (endpoint) -> new EnumMap<>(FlappingCause.class))
					.merge(cause, 1, Integer::sum);
			}
		}
		endpoints.forEach((endpoint, causes) -> {
			addIfMany(ZmqHint.Kind.FLAPPING, endpoint, causes, (cause) -> cause != FlappingCause.PROBED);
			addIfMany(ZmqHint.Kind.PROBES, endpoint, causes, (cause) -> cause == FlappingCause.PROBED);
		});
	}

	/**
	 * Why a connection has ended, {@code null} if nothing is wrong with that: the
	 * application has ended it itself, or a client comes and goes.
	 */
	private @Nullable FlappingCause cause(ShortConnection connection) {
		if (connection.reason() == EndReason.LOCAL) {
			return null;
		}
		if (connection.progress() == Progress.READY) {
			return ended(connection);
		}
		if (this.identity.origin() == ZmqOrigin.NATIVE) {
			// libzmq reports no greetings: a probe and a client look the same
			return connection.accepted() ? null : FlappingCause.NO_HANDSHAKE;
		}
		if (connection.progress() == Progress.GREETED) {
			return connection.accepted() ? FlappingCause.CLIENT_REFUSED : FlappingCause.REFUSED;
		}
		return connection.accepted() ? FlappingCause.PROBED : FlappingCause.NO_GREETING;
	}

	private @Nullable FlappingCause ended(ShortConnection connection) {
		if (connection.reason() == EndReason.PROTOCOL) {
			return FlappingCause.PROTOCOL;
		}
		if (connection.reason() == EndReason.TIMEOUT) {
			return FlappingCause.TIMEOUT;
		}
		if (connection.accepted()) {
			return null;
		}
		boolean handshakeKnown = this.identity.isReadyAtOnce()
				|| this.identity.rules().readiness() == ZmqEventType.HANDSHAKE_SUCCEEDED;
		return handshakeKnown ? FlappingCause.LOST : FlappingCause.UNKNOWN;
	}

	private void addIfMany(ZmqHint.Kind kind, String endpoint, Map<FlappingCause, Integer> causes,
			Predicate<FlappingCause> of) {
		Map<FlappingCause, Integer> counted = new EnumMap<>(causes);
		counted.keySet().removeIf(of.negate());
		int count = counted.values().stream().mapToInt(Integer::intValue).sum();
		if (count >= MANY) {
			FlappingCause mostly = Collections.max(counted.entrySet(), Map.Entry.comparingByValue()).getKey();
			this.target.add(kind, endpoint, count + " connections have ended within the last minute after less than"
					+ " 5 s each: " + mostly.words());
		}
	}

	/** Takes hints about endpoints. */
	interface Target {

		void add(ZmqHint.Kind kind, String endpoint, String message);

	}

}
