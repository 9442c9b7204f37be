package io.github.zmqmonitor.internal.state;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.github.zmqmonitor.internal.registry.SocketRegistry;
import io.github.zmqmonitor.internal.rules.SocketIdentity;
import io.github.zmqmonitor.internal.state.EndpointTotals.MeasuredDuration;
import io.github.zmqmonitor.internal.state.EndpointTotals.MeasuredDuration.Timing;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqMonitorSettings;
import io.github.zmqmonitor.model.ZmqPeerSnapshot;
import io.github.zmqmonitor.monitor.MonitorFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections from their begin until they are ready, in a socket of plain JeroMQ.
 */
class HandshakesTests {

	private static final String ADDRESS = "tcp://127.0.0.1:5555";

	private final AtomicLong nanos = new AtomicLong(1_000_000_000_000L);

	private final SocketRegistry registry = new SocketRegistry(ZmqMonitorSettings.DEFAULTS,
			new MonitorClock(this.nanos::get, () -> this.nanos.get() / 1_000_000));

	private final SocketTracker tracker = this.registry.track(new SocketIdentity("push-1", 1, "PUSH", null), "socket");

	private final List<SocketChannel> channels = new ArrayList<>();

	@AfterEach
	void close() throws IOException {
		for (SocketChannel channel : this.channels) {
			channel.close();
		}
	}

	@Test
	void aConnectionIsReadyWithItsGreeting() {
		connect(this.tracker);
		open(this.tracker);
		assertThat(endpoint().state()).isEqualTo(ZmqEndpointState.HANDSHAKING);
		assertNumbers(0, 1);
		greet(3);
		assertThat(endpoint().state()).isEqualTo(ZmqEndpointState.CONNECTED);
		assertNumbers(1, 0);
	}

	@Test
	void aGreetingWithoutAVersionLeavesTheConnectionInItsHandshake() {
		connect(this.tracker);
		open(this.tracker);
		greet(0);
		assertThat(endpoint().state()).isEqualTo(ZmqEndpointState.HANDSHAKING);
		assertNumbers(0, 1);
	}

	@Test
	void ofTwoConnectionsInTheirHandshakeEachGreetingEndsOne() {
		connect(this.tracker);
		open(this.tracker);
		open(this.tracker);
		assertNumbers(0, 2);
		greet(3);
		assertNumbers(1, 1);
		assertThat(endpoint().peers()).extracting(ZmqPeerSnapshot::ready).containsExactlyInAnyOrder(true, false);
		assertThat(endpoint().state()).isEqualTo(ZmqEndpointState.CONNECTED);
		greet(3);
		assertNumbers(2, 0);
	}

	@Test
	void aConnectionThatEndsInItsHandshakeIsDisconnected() {
		connect(this.tracker);
		SocketChannel channel = open(this.tracker);
		record(ZmqEventType.DISCONNECTED, channel);
		assertNumbers(0, 0);
		assertThat(endpoint().disconnected()).isEqualTo(1);
		assertThat(endpoint().state()).isEqualTo(ZmqEndpointState.DISCONNECTED);
	}

	@Test
	void inAnOutageOnlyALongHandshakeShows() {
		connect(this.tracker);
		SocketChannel channel = open(this.tracker);
		greet(3);
		record(ZmqEventType.DISCONNECTED, channel);
		record(ZmqEventType.CONNECT_RETRIED, 100);
		open(this.tracker);
		pass(Duration.ofMillis(249));
		assertThat(endpoint().state()).isEqualTo(ZmqEndpointState.RETRYING);
		pass(Duration.ofMillis(1));
		assertThat(endpoint().state()).isEqualTo(ZmqEndpointState.HANDSHAKING);
	}

	@Test
	void theTimeToConnectIncludesTheHandshake() {
		connect(this.tracker);
		pass(Duration.ofMillis(10));
		open(this.tracker);
		pass(Duration.ofMillis(30));
		greet(3);
		assertThat(this.tracker.takeDurations()).isEmpty();
		pass(Duration.ofSeconds(1));
		assertThat(this.tracker.takeDurations()).singleElement()
			.extracting(MeasuredDuration::nanoseconds)
			.isEqualTo(Duration.ofMillis(40).toNanos());
		assertThat(this.tracker.takeDurations()).isEmpty();
	}

	@Test
	void aConnectionThatIsLostRightAfterItsGreetingEndsNoOutage() {
		connect(this.tracker);
		Instant began = endpoint().awaySince();
		SocketChannel channel = open(this.tracker);
		greet(3);
		pass(Duration.ofMillis(999));
		record(ZmqEventType.DISCONNECTED, channel);
		assertThat(endpoint().awaySince()).isEqualTo(began);
		assertThat(this.tracker.takeDurations()).extracting(MeasuredDuration::timing)
			.containsExactly(Timing.CONNECTION_DURATION);
	}

	@Test
	void aConnectionThatHasLastedHasEndedAnOutage() {
		connect(this.tracker);
		pass(Duration.ofMillis(10));
		SocketChannel channel = open(this.tracker);
		greet(3);
		pass(Duration.ofSeconds(1));
		record(ZmqEventType.DISCONNECTED, channel);
		assertThat(endpoint().awaySince().toEpochMilli()).isEqualTo(this.nanos.get() / 1_000_000);
		assertThat(this.tracker.takeDurations()).extracting(MeasuredDuration::timing)
			.containsExactly(Timing.INITIAL, Timing.CONNECTION_DURATION);
	}

	@Test
	void aStreamSocketHasNoHandshake() {
		SocketTracker stream = this.registry.track(new SocketIdentity("stream-2", 2, "STREAM", null), "stream");
		connect(stream);
		open(stream);
		ZmqEndpointSnapshot endpoint = HookEvents.endpoints(stream).get(0);
		assertThat(endpoint.state()).isEqualTo(ZmqEndpointState.CONNECTED);
		assertThat(endpoint.connections()).isEqualTo(1);
		assertThat(endpoint.handshaking()).isZero();
	}

	private static void connect(SocketTracker tracker) {
		tracker.calls().connectEnded(tracker.calls().connectStarted(ADDRESS), ADDRESS);
	}

	private SocketChannel open(SocketTracker tracker) {
		try {
			SocketChannel channel = SocketChannel.open();
			this.channels.add(channel);
			HookEvents.record(tracker, ZmqEventType.CONNECTED.code(), ADDRESS, channel);
			return channel;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void greet(int zmtp) {
		record(ZmqEventType.HANDSHAKE_PROTOCOL, zmtp);
	}

	private void record(ZmqEventType type, Object argument) {
		HookEvents.record(this.tracker, type.code(), ADDRESS, argument);
	}

	private void pass(Duration duration) {
		this.nanos.addAndGet(duration.toNanos());
	}

	private ZmqEndpointSnapshot endpoint() {
		List<ZmqEndpointSnapshot> endpoints = HookEvents.endpoints(this.tracker);
		assertThat(endpoints).hasSize(1);
		return endpoints.get(0);
	}

	private void assertNumbers(int ready, int handshaking) {
		assertThat(endpoint().connections()).as("ready").isEqualTo(ready);
		assertThat(endpoint().handshaking()).as("handshaking").isEqualTo(handshaking);
		MonitorFixture.assertBalanced(endpoint());
	}

}
