package io.github.zmqmonitor.internal.registry;

import io.github.zmqmonitor.internal.history.FailureKind;
import io.github.zmqmonitor.internal.rules.EventValues;
import io.github.zmqmonitor.internal.rules.Refusal;
import io.github.zmqmonitor.internal.rules.SocketIdentity;
import io.github.zmqmonitor.internal.state.EndpointTracker;
import io.github.zmqmonitor.internal.state.SocketTracker;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.internal.totals.AggregateListener;
import io.github.zmqmonitor.internal.totals.EndpointAggregate;
import io.github.zmqmonitor.model.ZmqEndpointRole;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqEventSnapshot;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqMonitorSettings;
import io.github.zmqmonitor.model.ZmqSocketSnapshot;
import org.junit.jupiter.api.Test;
import zmq.ZError;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Endpoints that could not be bound or connected: shown while they matter, and counted
 * for good.
 */
class FailedEndpointsTests {

	private static final Refusal TAKEN = new Refusal(ZError.EADDRINUSE, null);

	private static final Refusal UNKNOWN_HOST = new Refusal(EventValues.UNKNOWN_HOST, "no such host");

	private final SocketRegistry registry = new SocketRegistry(ZmqMonitorSettings.DEFAULTS, new MonitorClock());

	private final SocketTracker tracker = follow("router-1", 1);

	private SocketTracker follow(String id, long number) {
		SocketTracker tracker = this.registry.track(new SocketIdentity(id, number, "ROUTER", null), "socket");
		this.registry.add(new FollowedSocket(tracker, SocketReadings.NONE));
		return tracker;
	}

	@Test
	void aConnectToAnUnknownHostFails() {
		connect("tcp://no.such.host:1", UNKNOWN_HOST);
		ZmqEndpointSnapshot endpoint = socket().endpoints().get(0);
		assertThat(endpoint.state()).isEqualTo(ZmqEndpointState.FAILED);
		assertThat(endpoint.lastError().operation()).isEqualTo("connect");
		assertThat(endpoint.lastError().error()).isEqualTo("UNKNOWN_HOST");
		assertThat(endpoint.lastError().detail()).isEqualTo("no such host");
		assertThat(socket().recentEvents()).extracting(ZmqEventSnapshot::event)
			.containsExactly(ZmqEventType.CONNECT_FAILED);
	}

	@Test
	void aBindThatSucceedsSupersedesThoseThatFailed() {
		bind("tcp://127.0.0.1:1", TAKEN);
		bind("tcp://127.0.0.1:2", null);
		assertThat(socket().endpoints()).extracting(ZmqEndpointSnapshot::endpoint).containsExactly("tcp://127.0.0.1:2");
		assertThat(failures("other")).isEqualTo(1);
	}

	@Test
	void whatSeveralSocketsHaveCountedStays() {
		bind("tcp://127.0.0.1:1", TAKEN);
		bind(follow("router-2", 2), "tcp://127.0.0.1:1", TAKEN);
		assertThat(failures("tcp://127.0.0.1:1")).isEqualTo(2);
		bind("tcp://127.0.0.1:2", null);
		assertThat(failures("tcp://127.0.0.1:1")).isEqualTo(2);
		assertThat(failures("other")).isZero();
	}

	@Test
	void aBindThatSucceedsLeavesFailedConnectsAlone() {
		connect("tcp://no.such.host:1", UNKNOWN_HOST);
		bind("tcp://127.0.0.1:2", null);
		assertThat(socket().endpoints()).extracting(ZmqEndpointSnapshot::role)
			.containsExactlyInAnyOrder(ZmqEndpointRole.BIND, ZmqEndpointRole.CONNECT);
	}

	@Test
	void aHundredBindsThatFailLeaveTheLastFew() {
		for (int port = 1; port <= 100; port++) {
			bind("tcp://127.0.0.1:" + port, TAKEN);
		}
		assertThat(socket().endpoints()).hasSizeLessThanOrEqualTo(9)
			.extracting(ZmqEndpointSnapshot::endpoint)
			.contains("tcp://127.0.0.1:100")
			.doesNotContain("tcp://127.0.0.1:1");
		assertThat(failures("other") + socket().endpoints().size()).isEqualTo(100);
	}

	@Test
	void unbindClearsABindThatFailed() {
		bind("tcp://127.0.0.1:1", TAKEN);
		this.tracker.calls().endedLocally("tcp://127.0.0.1:1", false);
		assertThat(socket().endpoints().get(0).state()).isEqualTo(ZmqEndpointState.CLOSED);
	}

	private void bind(String endpoint, Refusal refusal) {
		bind(this.tracker, endpoint, refusal);
	}

	private void bind(SocketTracker tracker, String endpoint, Refusal refusal) {
		EndpointTracker started = this.registry.bindStarted(tracker, endpoint);
		if (refusal == null) {
			tracker.record(ZmqEventType.LISTENING.code(), endpoint, 0, null, null);
		}
		this.registry.bindEnded(started, refusal);
	}

	private void connect(String endpoint, Refusal refusal) {
		this.registry.connectFailed(this.registry.connectStarted(this.tracker, endpoint), refusal);
	}

	private ZmqSocketSnapshot socket() {
		return this.registry.snapshot("socket").get(0);
	}

	private long failures(String endpoint) {
		FailureKind failure = new FailureKind("bind", "EADDRINUSE");
		long[] count = new long[1];
		this.registry.endpoints().addListener(new AggregateListener<>() {

			@Override
			public void added(EndpointAggregate aggregate) {
				if (aggregate.key().endpoint().equals(endpoint)) {
					count[0] += aggregate.totals().failures.getOrDefault(failure, 0L);
				}
			}

			@Override
			public void removed(EndpointAggregate aggregate) {
			}

		});
		return count[0];
	}

}
