package io.github.zmqmonitor.internal.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.github.zmqmonitor.internal.rules.SocketIdentity;
import io.github.zmqmonitor.internal.state.EndpointTracker;
import io.github.zmqmonitor.internal.state.SocketTracker;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.internal.totals.AggregateListener;
import io.github.zmqmonitor.internal.totals.EndpointAggregate;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqMonitorSettings;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A socket gets another name while endpoints join: each counts in one place.
 */
class RenamesTests {

	private static final int SOCKETS = 50;

	private static final int ENDPOINTS = 100;

	private final SocketRegistry registry = new SocketRegistry(ZmqMonitorSettings.DEFAULTS, new MonitorClock());

	@Test
	void anEndpointThatJoinsDuringARenameCountsOnce() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(2);
		try {
			for (int i = 1; i <= SOCKETS; i++) {
				race(threads, follow(i));
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(attempts()).isEqualTo((long) SOCKETS * ENDPOINTS);
	}

	private FollowedSocket follow(int number) {
		SocketTracker tracker = this.registry.track(new SocketIdentity("dealer-" + number, number, "DEALER", null),
				"early");
		FollowedSocket socket = new FollowedSocket(tracker, SocketReadings.NONE);
		this.registry.add(socket);
		return socket;
	}

	private void race(ExecutorService threads, FollowedSocket socket) throws Exception {
		CountDownLatch start = new CountDownLatch(1);
		Future<?> joins = threads.submit(() -> {
			start.await();
			for (int i = 1; i <= ENDPOINTS; i++) {
				String endpoint = "tcp://127.0.0.1:" + i;
				EndpointTracker started = this.registry.connectStarted(socket.tracker(), endpoint);
				socket.tracker().record(ZmqEventType.CONNECT_DELAYED.code(), endpoint, 0, null, null);
				this.registry.connectEnded(started, endpoint);
			}
			return null;
		});
		Future<?> renames = threads.submit(() -> {
			start.await();
			for (int i = 0; i < ENDPOINTS; i++) {
				this.registry.rename(socket, (i % 2 == 0) ? "late" : "early");
			}
			return null;
		});
		start.countDown();
		joins.get();
		renames.get();
	}

	private long attempts() {
		List<EndpointAggregate> aggregates = new ArrayList<>();
		this.registry.endpoints().addListener(new AggregateListener<>() {

			@Override
			public void added(EndpointAggregate aggregate) {
				aggregates.add(aggregate);
			}

			@Override
			public void removed(EndpointAggregate aggregate) {
			}

		});
		return aggregates.stream().mapToLong((aggregate) -> aggregate.totals().attempts).sum();
	}

}
