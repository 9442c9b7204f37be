package io.github.zmqmonitor.metrics;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

import io.github.zmqmonitor.internal.history.FailureKind;
import io.github.zmqmonitor.internal.totals.EndpointAggregate;
import io.github.zmqmonitor.model.ZmqEndpointRole;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqHandshake;
import io.github.zmqmonitor.model.ZmqPeerSnapshot.StallReason;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

/**
 * The meters of one aggregate of endpoints in one registry. All exist from the start, so
 * that the first event shows as an increase; kinds of failures and handshakes that were
 * not expected follow when they have come up.
 */
final class EndpointMeters implements Removable {

	private static final Set<FailureKind> EXPECTED_BIND = Set.of(new FailureKind("bind", "EADDRINUSE"),
			new FailureKind("accept", "EADDRNOTAVAIL"), new FailureKind("accept", "EIOEXC"),
			new FailureKind("accept", "ESOCKET"), new FailureKind("close", "EIOEXC"));

	private static final Set<FailureKind> EXPECTED_CONNECT = Set.of(new FailureKind("close", "EIOEXC"));

	private final EndpointAggregate endpoints;

	private final Tags tags;

	private final RegistryMeters meters;

	private final TimerDurations durations;

	private final Set<FailureKind> failures = new HashSet<>();

	private final Set<ZmqHandshake> handshakes = EnumSet.noneOf(ZmqHandshake.class);

	private boolean bytes;

	EndpointMeters(EndpointAggregate endpoints, MeterRegistry registry) {
		this.endpoints = endpoints;
		EndpointAggregate.Key key = endpoints.key();
		this.tags = Tags.of(ZmqTag.SOCKET.asString(), key.socket(), ZmqTag.SOCKET_TYPE.asString(), key.socketType(),
				ZmqTag.SOCKET_ENDPOINT.asString(), key.endpoint(), ZmqTag.ROLE.asString(), key.role().id());
		this.meters = new RegistryMeters(registry);
		boolean bind = key.role() == ZmqEndpointRole.BIND;
		registerConnections(bind);
		registerState(bind);
		registerStalled();
		this.durations = bind ? new TimerDurations(null, null, timer(ZmqMeter.CONNECTION_DURATION))
				: new TimerDurations(connectTimer("initial"), connectTimer("reconnect"),
						timer(ZmqMeter.CONNECTION_DURATION));
		endpoints.addDurations(this.durations);
	}

	private void registerConnections(boolean bind) {
		gauge(ZmqMeter.CONNECTIONS);
		gauge(ZmqMeter.HANDSHAKING);
		counter(bind ? ZmqMeter.ACCEPTED : ZmqMeter.ESTABLISHED);
		this.meters.counter(ZmqMeter.CLOSED, and(ZmqTag.REASON, "disconnected"), this.endpoints,
				new EndpointReading(ZmqMeter.CLOSED, EndpointReading.DISCONNECTED));
		this.meters.counter(ZmqMeter.CLOSED, and(ZmqTag.REASON, "local"), this.endpoints,
				new EndpointReading(ZmqMeter.CLOSED, EndpointReading.LOCAL));
		if (!bind) {
			counter(ZmqMeter.CONNECT_ATTEMPTS);
			counter(ZmqMeter.CONNECT_RETRIES);
			this.meters.timeGauge(ZmqMeter.RETRY_INTERVAL, this.tags, this.endpoints,
					new EndpointReading(ZmqMeter.RETRY_INTERVAL));
			EndpointReading delay = new EndpointReading(ZmqMeter.RETRY_DELAY);
			this.meters.functionTimer(ZmqMeter.RETRY_DELAY, this.tags, this.endpoints, delay, delay);
		}
	}

	private void registerStalled() {
		if (this.endpoints.isJudged()) {
			for (StallReason reason : StallReason.values()) {
				this.meters.gauge(ZmqMeter.CONNECTIONS_STALLED, and(ZmqTag.REASON, reason.id()), this.endpoints,
						new EndpointReading(ZmqMeter.CONNECTIONS_STALLED, reason.ordinal()));
			}
		}
	}

	private void registerBytes() {
		this.bytes = true;
		this.meters.counter(ZmqMeter.CONNECTION_BYTES, and(ZmqTag.DIRECTION, "sent"), this.endpoints,
				new EndpointReading(ZmqMeter.CONNECTION_BYTES, EndpointReading.SENT));
		this.meters.counter(ZmqMeter.CONNECTION_BYTES, and(ZmqTag.DIRECTION, "received"), this.endpoints,
				new EndpointReading(ZmqMeter.CONNECTION_BYTES, EndpointReading.RECEIVED));
	}

	private void registerState(boolean bind) {
		for (ZmqEndpointState state : ZmqEndpointState.of(this.endpoints.key().role())) {
			this.meters.gauge(ZmqMeter.ENDPOINT_STATE, and(ZmqTag.STATE, state.id()), this.endpoints,
					new EndpointReading(ZmqMeter.ENDPOINT_STATE, state.ordinal()));
		}
		this.meters.timeGauge(ZmqMeter.ENDPOINT_STATE_SINCE, this.tags, this.endpoints,
				new EndpointReading(ZmqMeter.ENDPOINT_STATE_SINCE));
		for (ZmqHandshake handshake : ZmqHandshake.values()) {
			if (this.endpoints.expects(handshake)) {
				register(handshake);
			}
		}
		for (FailureKind failure : bind ? EXPECTED_BIND : EXPECTED_CONNECT) {
			register(failure);
		}
	}

	private void register(ZmqHandshake handshake) {
		if (this.handshakes.add(handshake)) {
			Tags tags = and(ZmqTag.OUTCOME, handshake.outcome()).and(ZmqTag.REASON.asString(), handshake.reason());
			this.meters.counter(ZmqMeter.HANDSHAKES, tags, this.endpoints,
					new EndpointReading(ZmqMeter.HANDSHAKES, handshake.ordinal()));
		}
	}

	private void register(FailureKind failure) {
		if (this.failures.add(failure)) {
			Tags tags = and(ZmqTag.OPERATION, failure.operation()).and(ZmqTag.ERROR.asString(), failure.error());
			this.meters.counter(ZmqMeter.ENDPOINT_FAILURES, tags, this.endpoints,
					new EndpointReading(ZmqMeter.ENDPOINT_FAILURES, 0, failure));
		}
	}

	private void gauge(ZmqMeter meter) {
		this.meters.gauge(meter, this.tags, this.endpoints, new EndpointReading(meter));
	}

	private void counter(ZmqMeter meter) {
		this.meters.counter(meter, this.tags, this.endpoints, new EndpointReading(meter));
	}

	private Timer timer(ZmqMeter meter) {
		return this.meters.timer(meter, this.tags, RegistryMeters.SHORTEST_LIFE);
	}

	private Timer connectTimer(String phase) {
		return this.meters.timer(ZmqMeter.CONNECT_TIME, and(ZmqTag.PHASE, phase), RegistryMeters.SHORTEST_CONNECT);
	}

	/**
	 * Register what has come up since the last time. Called under the lock of the
	 * aggregates.
	 */
	void refresh() {
		var totals = this.endpoints.sample();
		if (totals.bytesKnown && !this.bytes) {
			registerBytes();
		}
		for (FailureKind failure : totals.failures.keySet()) {
			register(failure);
		}
		for (ZmqHandshake handshake : ZmqHandshake.values()) {
			if (totals.handshakes[handshake.ordinal()] > 0) {
				register(handshake);
			}
		}
	}

	private Tags and(ZmqTag tag, String value) {
		return this.tags.and(tag.asString(), value);
	}

	@Override
	public void remove() {
		this.endpoints.removeDurations(this.durations);
		this.meters.removeAll();
	}

}
