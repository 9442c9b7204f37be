package io.github.zmqmonitor.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.zmqmonitor.monitor.ZmqEndpointGroup;
import io.github.zmqmonitor.monitor.ZmqEndpointRole;
import io.github.zmqmonitor.monitor.ZmqEndpointState;
import io.github.zmqmonitor.monitor.ZmqEndpointTimings;
import io.github.zmqmonitor.monitor.ZmqFailure;
import io.github.zmqmonitor.monitor.ZmqHandshake;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * The meters of one endpoint group in one registry. All exist from the start, so that the
 * first event shows as an increase; errors that were not expected follow when they are
 * first read.
 */
final class EndpointMeters implements Removable {

	private static final Set<ZmqFailure> EXPECTED_BIND = Set.of(new ZmqFailure("bind", "EADDRINUSE"),
			new ZmqFailure("accept", "EADDRNOTAVAIL"), new ZmqFailure("accept", "EIOEXC"),
			new ZmqFailure("accept", "ESOCKET"), new ZmqFailure("close", "EIOEXC"));

	private static final Set<ZmqFailure> EXPECTED_CONNECT = Set.of(new ZmqFailure("close", "EIOEXC"));

	private final ZmqEndpointGroup group;

	private final Tags tags;

	private final RegistryMeters meters;

	private final Set<ZmqFailure> failures = ConcurrentHashMap.newKeySet();

	private final DeferredTimings deferred;

	EndpointMeters(ZmqEndpointGroup group, MeterRegistry registry) {
		this.group = group;
		this.tags = Tags.of(ZmqTag.SOCKET.asString(), group.socket(), ZmqTag.SOCKET_TYPE.asString(), group.socketType(),
				ZmqTag.SOCKET_ENDPOINT.asString(), group.endpoint(), ZmqTag.ROLE.asString(), group.role().id());
		this.meters = new RegistryMeters(registry);
		registerConnections();
		registerState();
		ZmqEndpointTimings timings = registerTimings();
		this.deferred = new DeferredTimings(timings);
		group.addTimings(RegistryTrust.isMicrometersOwn(registry) ? timings : this.deferred);
	}

	private void registerConnections() {
		boolean bind = this.group.role() == ZmqEndpointRole.BIND;
		this.meters.gauge(ZmqMeter.CONNECTIONS, this.tags, this, EndpointMeters::connections);
		this.meters.counter(bind ? ZmqMeter.ACCEPTED : ZmqMeter.ESTABLISHED, this.tags, this.group,
				ZmqEndpointGroup::opened);
		this.meters.counter(ZmqMeter.CLOSED, and(ZmqTag.REASON, "disconnected"), this.group,
				ZmqEndpointGroup::disconnected);
		this.meters.counter(ZmqMeter.CLOSED, and(ZmqTag.REASON, "local"), this.group, ZmqEndpointGroup::closedLocally);
		if (!bind) {
			this.meters.counter(ZmqMeter.CONNECT_ATTEMPTS, this.tags, this.group, ZmqEndpointGroup::attempts);
			this.meters.counter(ZmqMeter.CONNECT_RETRIES, this.tags, this.group, ZmqEndpointGroup::retries);
			this.meters.timeGauge(ZmqMeter.RETRY_INTERVAL, this.tags, this.group,
					(group) -> group.retryInterval().toMillis());
			this.meters.functionTimer(ZmqMeter.RETRY_DELAY, this.tags, this.group, ZmqEndpointGroup::retries,
					(group) -> group.retryDelay().toMillis());
		}
	}

	private void registerState() {
		for (ZmqEndpointState state : ZmqEndpointState.of(this.group.role())) {
			this.meters.gauge(ZmqMeter.ENDPOINT_STATE, and(ZmqTag.STATE, state.id()), this.group,
					(group) -> (group.state() == state) ? 1 : 0);
		}
		this.meters.timeGauge(ZmqMeter.ENDPOINT_STATE_SINCE, this.tags, this.group,
				(group) -> group.since().toEpochMilli());
		for (ZmqHandshake handshake : ZmqHandshake.values()) {
			Tags tags = and(ZmqTag.OUTCOME, handshake.outcome()).and(ZmqTag.REASON.asString(), handshake.reason());
			this.meters.counter(ZmqMeter.HANDSHAKES, tags, this.group, (group) -> group.handshakes(handshake));
		}
		boolean bind = this.group.role() == ZmqEndpointRole.BIND;
		(bind ? EXPECTED_BIND : EXPECTED_CONNECT).forEach(this::registerFailure);
	}

	private ZmqEndpointTimings registerTimings() {
		var life = this.meters.timer(ZmqMeter.CONNECTION_DURATION, this.tags);
		if (this.group.role() == ZmqEndpointRole.BIND) {
			return new TimerTimings(life, life, life);
		}
		return new TimerTimings(this.meters.timer(ZmqMeter.CONNECT_TIME, and(ZmqTag.PHASE, "initial")),
				this.meters.timer(ZmqMeter.CONNECT_TIME, and(ZmqTag.PHASE, "reconnect")), life);
	}

	private void registerFailure(ZmqFailure failure) {
		if (this.failures.add(failure)) {
			Tags tags = and(ZmqTag.OPERATION, failure.operation()).and(ZmqTag.ERROR.asString(), failure.error());
			this.meters.counter(ZmqMeter.ENDPOINT_FAILURES, tags, this.group,
					(group) -> group.failures().getOrDefault(failure, 0L));
		}
	}

	private double connections() {
		this.deferred.record();
		return this.group.connections();
	}

	/**
	 * Register what has come up since the last time.
	 */
	void refresh() {
		this.deferred.record();
		this.group.failures().keySet().forEach(this::registerFailure);
	}

	private Tags and(ZmqTag tag, String value) {
		return this.tags.and(tag.asString(), value);
	}

	@Override
	public void remove() {
		this.meters.removeAll();
	}

}
