package io.github.zmqmonitor.internal.diagnostics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.github.zmqmonitor.internal.history.ShortConnection;
import io.github.zmqmonitor.internal.history.Backlog;
import io.github.zmqmonitor.internal.rules.SocketIdentity;
import io.github.zmqmonitor.internal.traffic.TrafficView;
import io.github.zmqmonitor.model.ZmqEndpointRole;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqErrorSnapshot;
import io.github.zmqmonitor.model.ZmqHint;
import io.github.zmqmonitor.model.ZmqMessages;
import io.github.zmqmonitor.model.ZmqMessages.DropReason;
import io.github.zmqmonitor.model.ZmqOrigin;
import io.github.zmqmonitor.model.ZmqPeerSnapshot.StallReason;
import io.github.zmqmonitor.model.ZmqQueueSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Makes hints of what is known of a socket.
 */
public final class Diagnostics {

	/** JeroMQ's own high-water mark: more than that is much. */
	private static final int MANY_MESSAGES = 1000;

	/** How long a connection may wait to be accepted. */
	private static final Duration NOT_ACCEPTED = Duration.ofSeconds(5);

	private static final Set<String> PUBLISHERS = Set.of("PUB", "XPUB", "RADIO");

	private final SocketIdentity identity;

	private final String name;

	private final @Nullable SocketOptions options;

	private final List<ZmqHint> hints = new ArrayList<>();

	public Diagnostics(SocketIdentity identity, String name, @Nullable SocketOptions options) {
		this.identity = identity;
		this.name = name;
		this.options = options;
	}

	public List<ZmqHint> all() {
		return this.hints;
	}

	/** Add what can be told without the queues. */
	public Diagnostics addEndpoints(Collection<ZmqEndpointSnapshot> endpoints, Instant now) {
		for (ZmqEndpointSnapshot endpoint : endpoints) {
			if (endpoint.state() == ZmqEndpointState.ABANDONED) {
				add(ZmqHint.Kind.ABANDONED, endpoint.endpoint(), library() + " has given this endpoint up"
						+ cause(endpoint.lastError()) + "; only disconnect and a new connect bring it back");
			}
			else {
				Outages.describe(endpoint, now)
					.ifPresent((message) -> add(ZmqHint.Kind.NO_CONNECTION, endpoint.endpoint(), message));
			}
		}
		if (this.options != null && this.options.heartbeatInterval() <= 0
				&& endpoints.stream().anyMatch((endpoint) -> isLongLived(endpoint, now))) {
			add(ZmqHint.Kind.HEARTBEATS_OFF, null,
					"heartbeats are off on a connection of long life, so that a frozen or unreachable peer stays"
							+ " connected; call setHeartbeatIvl(10000) and setHeartbeatTimeout(5000) before connect");
		}
		addOptions(endpoints);
		return this;
	}

	private String library() {
		return (this.identity.origin() == ZmqOrigin.NATIVE) ? "libzmq" : "JeroMQ";
	}

	private String cause(@Nullable ZmqErrorSnapshot error) {
		if (this.options != null && this.options.reconnectInterval() <= 0) {
			return ", because its reconnect interval is " + this.options.reconnectInterval();
		}
		if (error != null && "auth".equals(error.error())) {
			return " after its authentication was refused (" + error.detail() + ")";
		}
		if (error != null) {
			return " after a failed " + error.operation() + " (" + error.error()
					+ ((error.detail() != null) ? ": " + error.detail() : "") + ")";
		}
		return " and tells no reason: look at the passwords, keys and socket types of both sides";
	}

	private static boolean isLongLived(ZmqEndpointSnapshot endpoint, Instant now) {
		return endpoint.state() == ZmqEndpointState.CONNECTED && "tcp".equals(endpoint.transport())
				&& endpoint.since() != null
				&& Duration.between(endpoint.since(), now).compareTo(ConnectionAge.LONG_LIVED) >= 0;
	}

	private void addOptions(Collection<ZmqEndpointSnapshot> endpoints) {
		SocketOptions options = this.options;
		if (options != null) {
			List<ZmqEndpointSnapshot> tracked = endpoints.stream()
				.filter((endpoint) -> endpoint.state() != ZmqEndpointState.UNTRACKED)
				.toList();
			if (tracked.stream().anyMatch((endpoint) -> endpoint.role() == ZmqEndpointRole.CONNECT)) {
				addReconnectOptions(options);
			}
			if (!tracked.isEmpty()) {
				addConnectionOptions(options);
			}
			if (!endpoints.isEmpty()) {
				addQueueOptions(options);
			}
		}
	}

	private void addReconnectOptions(SocketOptions options) {
		if (options.reconnectInterval() == 0) {
			add(ZmqHint.Kind.RECONNECT_INTERVAL_ZERO, null,
					"setReconnectIVL(0) fails inside JeroMQ at the first loss or failed attempt: there is no other attempt,"
							+ " and after a loss the context can't be closed; set 1 or more milliseconds");
		}
		else if (options.reconnectInterval() < 0) {
			add(ZmqHint.Kind.RECONNECT_INTERVAL_NEGATIVE, null, "setReconnectIVL(" + options.reconnectInterval()
					+ ") never connects again after a loss, and tries without a pause while there is no server; set 1"
					+ " or more milliseconds");
		}
	}

	private void addConnectionOptions(SocketOptions options) {
		if (options.overlooksFrozenPeers()) {
			add(ZmqHint.Kind.HEARTBEAT_TIMEOUT, null,
					"the heartbeat timeout (" + timeout(options)
							+ ") is not below the heartbeat interval, so that JeroMQ can overlook a frozen peer; call"
							+ " setHeartbeatTimeout with less than " + options.heartbeatInterval());
		}
		if (options.linger() < 0) {
			add(ZmqHint.Kind.LINGER_INFINITE, null,
					"setLinger(-1) lets closing wait for ever while messages for an absent peer are queued; set a time,"
							+ " such as setLinger(1000)");
		}
	}

	private void addQueueOptions(SocketOptions options) {
		if (options.sendLimit() == 0 || options.receiveLimit() == 0) {
			add(ZmqHint.Kind.QUEUES_UNLIMITED, null,
					((options.sendLimit() != 0) ? "setRcvHWM(0)"
							: (options.receiveLimit() != 0) ? "setSndHWM(0)" : "setHWM(0)")
							+ " lets queues grow without limit while a peer is slow or away; set a high-water mark");
		}
	}

	private static String timeout(SocketOptions options) {
		return (options.heartbeatTimeout() > 0) ? options.heartbeatTimeout() + " ms"
				: (options.heartbeatTimeout() == 0) ? "none" : "not set, which means the interval";
	}

	/** Add what the age of connections tells. */
	public Diagnostics addConnections(Collection<ZmqEndpointSnapshot> endpoints, List<ConnectionAge> connections) {
		for (ZmqEndpointSnapshot endpoint : endpoints) {
			String stalled = PeerDiagnostics.stalled(endpoint, connections);
			if (stalled != null) {
				add(ZmqHint.Kind.HANDSHAKE_STALLED, endpoint.endpoint(), stalled);
			}
			for (StallReason reason : StallReason.values()) {
				String still = PeerDiagnostics.still(endpoint, connections, reason);
				if (still != null) {
					add((reason == StallReason.UNREACHABLE) ? ZmqHint.Kind.UNREACHABLE : ZmqHint.Kind.PEER_NOT_READING,
							endpoint.endpoint(), still);
				}
			}
		}
		if (this.options != null && this.options.heartbeatInterval() <= 0
				&& this.hints.stream().noneMatch((hint) -> hint.kind() == ZmqHint.Kind.HEARTBEATS_OFF)
				&& endpoints.stream().anyMatch((endpoint) -> PeerDiagnostics.isLongLived(endpoint, connections))) {
			add(ZmqHint.Kind.HEARTBEATS_OFF, null,
					"heartbeats are off on an accepted connection of long life, so that a frozen or unreachable peer"
							+ " stays connected, unless it has announced a heartbeat TTL; call setHeartbeatIvl(10000) and"
							+ " setHeartbeatTimeout(5000) before bind");
		}
		return this;
	}

	/**
	 * Add what the kernel has taken in and the library has not.
	 * @param backlogs what waits, by the endpoint as the application wrote it
	 * @param now nanoseconds of the monitor's clock
	 */
	public Diagnostics addBacklogs(Map<String, Backlog> backlogs, long now) {
		backlogs.forEach((endpoint, backlog) -> {
			Duration age = Duration.ofNanos(now - backlog.since());
			if (age.compareTo(NOT_ACCEPTED) >= 0) {
				add(ZmqHint.Kind.NOT_ACCEPTED, endpoint, String.format(Locale.ROOT,
						"%,d peers have connected that only the kernel knows: JeroMQ has accepted nobody for %d s,"
								+ " though they believe to be connected; no descriptor is left, or its I/O thread"
								+ " stands still",
						backlog.waiting(), age.toSeconds()));
			}
		});
		return this;
	}

	/**
	 * Add what connections of short life tell that have ended lately.
	 */
	public Diagnostics addEnded(List<ShortConnection> ended) {
		new Flapping(this.identity, this::add).add(ended);
		return this;
	}

	/**
	 * Add what the library's own objects say.
	 * @param facts that, {@code null} if it can't be read
	 * @param age how long the socket has been monitored
	 */
	public Diagnostics addFacts(@Nullable SocketFacts facts, Collection<ZmqEndpointSnapshot> endpoints, Duration age) {
		if (facts != null) {
			new PeerDiagnostics(this.identity.type(), (kind, message) -> add(kind, null, message)).add(facts, endpoints,
					age);
		}
		return this;
	}

	/**
	 * Add what queues and drops tell.
	 * @param messages what was counted, with what was dropped if that is
	 */
	public Diagnostics addTraffic(@Nullable TrafficView traffic, @Nullable ZmqMessages messages) {
		SocketOptions options = this.options;
		if (traffic == null || options == null) {
			return this;
		}
		addGrowing(traffic.queues().sent(), options.sendLimit(), "setSndHWM");
		addGrowing(traffic.queues().received(), options.receiveLimit(), "setRcvHWM");
		int full = traffic.queues().sent().full();
		addLost((messages != null) ? messages.dropped() : null);
		if (full > 0 && !options.lossless()) {
			addDropped((full == 1) ? "a queue is full" : full + " queues are full", messages);
		}
		return this;
	}

	/**
	 * Full queues drop what is sent to them. Where drops are counted, only if something
	 * was.
	 */
	private void addDropped(String queues, @Nullable ZmqMessages messages) {
		Long count = (messages != null && messages.dropped() != null) ? messages.dropped().get(DropReason.QUEUE_FULL)
				: null;
		boolean more = messages != null && messages.droppedLowerBound() != null;
		if (count != null && count == 0 && !more) {
			return;
		}
		String total = (count != null && count > 0)
				? String.format(Locale.ROOT, ", and %s%,d messages were dropped so far", more ? "at least " : "", count)
				: "";
		if (PUBLISHERS.contains(this.identity.type())) {
			add(ZmqHint.Kind.MESSAGES_DROPPED, null, queues + total
					+ ": subscribers lose messages now; they are too slow, or setSndHWM is too low for a burst");
		}
		else if ("REP".equals(this.identity.type())) {
			add(ZmqHint.Kind.MESSAGES_DROPPED, null,
					queues + total + ": replies to such a peer are dropped now; it does not read them");
		}
		else if ("ROUTER".equals(this.identity.type())) {
			add(ZmqHint.Kind.MESSAGES_DROPPED, null, queues + total + ": messages to such a peer are dropped now;"
					+ " setRouterMandatory(true) refuses them instead");
		}
	}

	/**
	 * A STREAM refuses what it can't send, and then takes the next frame for its data.
	 */
	private void addLost(@Nullable Map<DropReason, Long> dropped) {
		if (!"STREAM".equals(this.identity.type()) || dropped == null) {
			return;
		}
		long lost = dropped.getOrDefault(DropReason.QUEUE_FULL, 0L) + dropped.getOrDefault(DropReason.UNROUTABLE, 0L);
		if (lost > 0) {
			add(ZmqHint.Kind.MESSAGES_DROPPED, null, String.format(Locale.ROOT,
					"%,d messages were dropped after a refused send: JeroMQ takes the frame after a refused identity for"
							+ " data, and if that is the identity again, all that follows is lost; after a refusal send"
							+ " one frame that may be lost, or raise setSndHWM",
					lost));
		}
	}

	private void addGrowing(ZmqQueueSnapshot queue, int limit, String option) {
		if (limit == 0 && queue.size() > MANY_MESSAGES) {
			add(ZmqHint.Kind.QUEUES_GROWING, null, String.format(Locale.ROOT,
					"%,d messages wait in queues that have no limit; set one by %s", queue.size(), option));
		}
	}

	private void add(ZmqHint.Kind kind, @Nullable String endpoint, String message) {
		this.hints.add(new ZmqHint(kind, this.identity.id(), this.name, endpoint, message));
	}

}
