package io.github.zmqmonitor.internal.state;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.zmqmonitor.internal.rules.SocketIdentity;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.monitor.MonitorFixture;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Any sequence of events against a reference model that knows nothing but which channels
 * are open and which of them were told of.
 */
class SocketTrackerPropertiesTests {

	private static final String BOUND = "tcp://127.0.0.1:5555";

	private static final String CONNECTED = "tcp://127.0.0.1:6666";

	private static final int CHANNELS = 5;

	@Property(tries = 1000)
	void whateverHappensTheSumsBalance(@ForAll("histories") List<Step> history) throws IOException {
		ZmqMonitor monitor = new ZmqMonitor();
		SocketTracker tracker = monitor.registry().track(new SocketIdentity("dealer-1", 1, "DEALER", null), "s");
		tracker.calls().connectEnded(tracker.calls().connectStarted(CONNECTED), CONNECTED);
		List<SocketChannel> channels = new ArrayList<>();
		for (int i = 0; i < CHANNELS; i++) {
			channels.add(SocketChannel.open());
		}
		Set<SocketChannel> alive = new HashSet<>();
		Set<SocketChannel> endedBefore = new HashSet<>();
		try {
			for (Step step : history) {
				SocketChannel channel = channels.get(step.channel());
				step.play(tracker, channel, channels);
				model(step, channel, channels, alive, endedBefore);
				check(HookEvents.endpoints(tracker), alive);
			}
			tracker.end();
			check(HookEvents.endpoints(tracker), Set.of());
		}
		finally {
			for (SocketChannel channel : channels) {
				channel.close();
			}
			monitor.close();
		}
	}

	@Property(tries = 500)
	void whateverIsSaidNothingBreaks(@ForAll("sayings") List<Saying> sayings) {
		ZmqMonitor monitor = new ZmqMonitor();
		try {
			SocketTracker tracker = monitor.registry().track(new SocketIdentity("dealer-1", 1, "DEALER", null), "s");
			for (Saying saying : sayings) {
				HookEvents.record(tracker, saying.code(), saying.address(), saying.argument());
			}
			for (ZmqEndpointSnapshot endpoint : HookEvents.endpoints(tracker)) {
				assertThat(endpoint.connections()).isNotNegative();
				assertThat(endpoint.endpoint()).hasSizeLessThanOrEqualTo(255);
				assertThat(ZmqEndpointState.of(endpoint.role())).contains(endpoint.state());
				MonitorFixture.assertBalanced(endpoint);
			}
			assertThat(HookEvents.endpoints(tracker)).hasSizeLessThanOrEqualTo(34);
			long counted = 0;
			for (ZmqEventType type : ZmqEventType.values()) {
				counted += monitor.statistics().events(type);
			}
			assertThat(counted).isEqualTo(sayings.size());
			assertThat(monitor.statistics().eventErrors()).isZero();
		}
		finally {
			monitor.close();
		}
	}

	@Provide
	Arbitrary<List<Saying>> sayings() {
		Arbitrary<Integer> codes = Arbitraries.frequencyOf(
				Tuple.of(9, Arbitraries.integers().between(0, 17).map((bit) -> 1 << bit)),
				Tuple.of(1, Arbitraries.integers()));
		Arbitrary<String> addresses = Arbitraries
			.oneOf(Arbitraries.of(BOUND, CONNECTED, "127.0.0.1:5555", "", "tcp://", "ipc://*", "tcp://[::1]:1"),
					Arbitraries.strings().ofMaxLength(400))
			.injectNull(0.1);
		Object channel = new Object();
		Arbitrary<Object> arguments = Arbitraries.oneOf(Arbitraries.integers().map(Object.class::cast),
				Arbitraries.of(channel, new Object(), "text"));
		return Combinators.combine(codes, addresses, arguments.injectNull(0.1)).as(Saying::new).list().ofMaxSize(80);
	}

	/**
	 * An event as nobody would tell it.
	 */
	record Saying(int code, String address, Object argument) {
	}

	private static void model(Step step, SocketChannel channel, List<SocketChannel> channels, Set<SocketChannel> alive,
			Set<SocketChannel> endedBefore) {
		switch (step.action()) {
			case ACCEPT, CONNECT -> {
				if (!endedBefore.remove(channel) && channel.isOpen()) {
					alive.add(channel);
				}
			}
			case DISCONNECT -> {
				if (!alive.remove(channel)) {
					endedBefore.add(channel);
				}
			}
			case CLOSE_HERE -> alive.remove(channel);
			default -> {
			}
		}
	}

	private static void check(List<ZmqEndpointSnapshot> endpoints, Set<SocketChannel> alive) {
		int live = 0;
		for (ZmqEndpointSnapshot endpoint : endpoints) {
			assertThat(endpoint.connections()).isNotNegative();
			assertThat(ZmqEndpointState.of(endpoint.role())).contains(endpoint.state());
			MonitorFixture.assertBalanced(endpoint);
			live += endpoint.connections() + endpoint.handshaking();
		}
		assertThat(live).isEqualTo(alive.size());
	}

	@Provide
	Arbitrary<List<Step>> histories() {
		return Combinators.combine(Arbitraries.of(Action.class), Arbitraries.integers().between(0, CHANNELS - 1))
			.as(Step::new)
			.list()
			.ofMaxSize(60);
	}

	enum Action {

		ACCEPT, CONNECT, DISCONNECT, CLOSE_HERE, RETRY, ATTEMPT, FAIL, GREET, REFUSE, UNKNOWN, DISCONNECT_ENDPOINT,
		CONNECT_AGAIN

	}

	record Step(Action action, int channel) {

		void play(SocketTracker tracker, SocketChannel channel, List<SocketChannel> channels) throws IOException {
			switch (this.action) {
				case ACCEPT -> record(tracker, ZmqEventType.ACCEPTED, BOUND, channel);
				case CONNECT -> record(tracker, ZmqEventType.CONNECTED, CONNECTED, channel);
				case DISCONNECT -> record(tracker, ZmqEventType.DISCONNECTED, BOUND, channel);
				case CLOSE_HERE -> {
					channel.close();
					channels.set(this.channel, SocketChannel.open());
				}
				case RETRY -> record(tracker, ZmqEventType.CONNECT_RETRIED, CONNECTED, 100);
				case ATTEMPT -> record(tracker, ZmqEventType.CONNECT_DELAYED, CONNECTED, -1);
				case FAIL -> record(tracker, ZmqEventType.ACCEPT_FAILED, BOUND, 24);
				case GREET -> record(tracker, ZmqEventType.HANDSHAKE_PROTOCOL, CONNECTED, 3);
				case REFUSE -> record(tracker, ZmqEventType.HANDSHAKE_FAILED_AUTH, CONNECTED, 400);
				case UNKNOWN -> HookEvents.record(tracker, 1 << 19, "nonsense", channel);
				case DISCONNECT_ENDPOINT -> tracker.calls().endedLocally(CONNECTED, true);
				case CONNECT_AGAIN ->
					tracker.calls().connectEnded(tracker.calls().connectStarted(CONNECTED), CONNECTED);
			}
		}

		private static void record(SocketTracker tracker, ZmqEventType type, String address, Object argument) {
			HookEvents.record(tracker, type.code(), address, argument);
		}

	}

}
