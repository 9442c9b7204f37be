package io.github.zmqmonitor.internal.registry;

import java.time.Duration;
import java.util.List;

import io.github.zmqmonitor.internal.diagnostics.ConnectionAge;
import io.github.zmqmonitor.internal.diagnostics.Diagnostics;
import io.github.zmqmonitor.internal.diagnostics.SocketOptions;
import io.github.zmqmonitor.internal.kernel.TcpReading;
import io.github.zmqmonitor.internal.rules.SocketIdentity;
import io.github.zmqmonitor.internal.state.Connection;
import io.github.zmqmonitor.internal.state.PeerView;
import io.github.zmqmonitor.internal.state.SocketTracker;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.internal.totals.CountedSocket;
import io.github.zmqmonitor.internal.traffic.SocketDrops;
import io.github.zmqmonitor.internal.traffic.TrafficTotals;
import io.github.zmqmonitor.internal.traffic.TrafficView;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqHint;
import io.github.zmqmonitor.model.ZmqMessages;
import io.github.zmqmonitor.model.ZmqSocketSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * A socket that is followed: what events say of it and what can be read beyond them. Safe
 * for use by any thread.
 */
public final class FollowedSocket implements CountedSocket {

	private static final TrafficTotals NOTHING = new TrafficTotals();

	private final SocketTracker tracker;

	private final SocketReadings readings;

	public FollowedSocket(SocketTracker tracker, SocketReadings readings) {
		this.tracker = tracker;
		this.readings = readings;
	}

	@Override
	public SocketTracker tracker() {
		return this.tracker;
	}

	@Override
	public void read() {
		this.readings.refresh(this.tracker);
	}

	@Override
	public TrafficTotals traffic() {
		TrafficTotals traffic = this.readings.traffic();
		return (traffic != null) ? traffic : NOTHING;
	}

	@Override
	public @Nullable SocketDrops drops() {
		return this.readings.drops();
	}

	/** Whether it has ended without an event. */
	boolean hasVanished() {
		return this.readings.hasVanished(this.tracker);
	}

	/** It has ended: take what it has counted. */
	void finish() {
		this.readings.finish();
	}

	/** What there is to say about it without reading its queues. */
	List<ZmqHint> hints(MonitorClock clock) {
		return diagnose(this.tracker.endpoints(), clock).all();
	}

	private Diagnostics diagnose(List<ZmqEndpointSnapshot> endpoints, MonitorClock clock) {
		SocketOptions options = this.readings.options();
		long now = clock.nanoTime();
		return new Diagnostics(this.tracker.identity(), this.tracker.name(), options)
			.addEndpoints(endpoints, clock.instantAt(now))
			.addConnections(endpoints, connections(now))
			.addBacklogs(this.tracker.reports().backlogs(), now)
			.addEnded(this.tracker.shortConnections())
			.addFacts(this.readings.facts(this.tracker), endpoints, Duration.ofNanos(now - this.tracker.createdAt()));
	}

	/**
	 * The connections. Before one is said to be stuck, it is looked at: its last event
	 * can be missing.
	 */
	private List<ConnectionAge> connections(long now) {
		List<ConnectionAge> ages = ages(now);
		if (ages.stream().anyMatch(ConnectionAge::isStalled)) {
			read();
			ages = ages(now);
		}
		return ages;
	}

	private List<ConnectionAge> ages(long now) {
		return this.tracker.connections().stream().map((connection) -> age(connection, now)).toList();
	}

	private static ConnectionAge age(Connection connection, long now) {
		TcpReading reading = connection.tcp();
		return new ConnectionAge(connection.endpoint().endpoint(), connection.isAccepted(), connection.isReady(),
				Duration.ofNanos(now - connection.since()), (reading != null) ? reading.judgement().reason() : null,
				(reading != null) ? Duration.ofNanos(now - reading.judgement().since()) : Duration.ZERO);
	}

	/**
	 * Copy everything that is known.
	 * @param peers how many connections to list per endpoint
	 * @param detail whether to list the fullest queues, recent events and hints
	 */
	ZmqSocketSnapshot snapshot(int peers, boolean detail, MonitorClock clock) {
		read();
		TrafficView traffic = this.readings.trafficView(detail);
		PeerView view = this.readings.peers(clock, detail);
		List<ZmqEndpointSnapshot> endpoints = this.tracker.endpoints(peers, view);
		SocketIdentity identity = this.tracker.identity();
		ZmqMessages messages = (traffic != null) ? messages(traffic) : null;
		return new ZmqSocketSnapshot(identity.id(), this.tracker.name(), identity.context(), identity.type(),
				identity.origin(), this.tracker.isAttached(), clock.instantAt(this.tracker.createdAt()), endpoints,
				messages, (traffic != null) ? traffic.queues() : null,
				(traffic != null) ? traffic.lastActivity() : null, (traffic != null) ? traffic.fullest() : null,
				detail ? this.readings.unroutable() : null, view.subscriptions(),
				detail ? this.tracker.endedConnections() : null,
				detail ? diagnose(endpoints, clock).addTraffic(traffic, messages).all() : null,
				detail ? this.tracker.recentEvents() : null);
	}

	private ZmqMessages messages(TrafficView traffic) {
		SocketDrops drops = drops();
		ZmqMessages messages = traffic.messages();
		return (drops != null) ? new ZmqMessages(messages.sent(), messages.received(), messages.lowerBound(),
				drops.snapshot(), drops.isLowerBound() ? Boolean.TRUE : null) : messages;
	}

	/** Whether it can be called by this name or id. */
	boolean isCalled(String nameOrId) {
		return this.tracker.name().equals(nameOrId) || this.tracker.identity().id().equals(nameOrId);
	}

	@Override
	public @Nullable String toString() {
		return this.tracker.identity().id();
	}

}
