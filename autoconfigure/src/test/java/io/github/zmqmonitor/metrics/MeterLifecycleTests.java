package io.github.zmqmonitor.metrics;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import io.github.zmqmonitor.internal.registry.FollowedSocket;
import io.github.zmqmonitor.internal.registry.SocketReadings;
import io.github.zmqmonitor.internal.rules.SocketIdentity;
import io.github.zmqmonitor.internal.state.EndpointTracker;
import io.github.zmqmonitor.internal.state.SocketTracker;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.monitor.MonitorFixture;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import zmq.ZError;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * When meters come and go, with a clock that is set by hand.
 */
class MeterLifecycleTests {

	private static final String ADDRESS = "tcp://127.0.0.1:5555";

	private final AtomicLong nanos = new AtomicLong(1_000_000_000_000L);

	private final ZmqMonitor monitor = MonitorFixture
		.monitor(new MonitorClock(this.nanos::get, () -> this.nanos.get() / 1_000_000));

	private final FollowedSocket socket = follow("dealer-1", "socket");

	@AfterEach
	void close() {
		this.monitor.close();
	}

	@Test
	void timersDoNotOutliveTheirRegistry() {
		connect();
		List<WeakReference<Timer>> timers = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			timers.add(bindAndClose());
		}
		await().untilAsserted(() -> {
			System.gc();
			assertThat(timers).allMatch((timer) -> timer.get() == null);
		});
	}

	private WeakReference<Timer> bindAndClose() {
		MeterRegistry registry = new SimpleMeterRegistry();
		ZmqMetrics metrics = new ZmqMetrics(this.monitor);
		metrics.bindTo(registry);
		WeakReference<Timer> timer = new WeakReference<>(registry.get("zmq.connection.duration").timer());
		metrics.close();
		return timer;
	}

	@Test
	void unexpectedFailuresAppearWhateverMetersAreDenied() {
		MeterRegistry registry = withoutMetersOfTheMonitor();
		connect();
		record(ZmqEventType.CLOSE_FAILED, ZError.EPROTO);
		pass(Duration.ofSeconds(1));
		read(registry);
		assertThat(registry.get("zmq.endpoint.failures")
			.tags("operation", "close", "error", "EPROTO")
			.functionCounter()
			.count()).isEqualTo(1);
	}

	@Test
	void seriesOfClosedSocketsGoWhateverMetersAreDenied() {
		MeterRegistry registry = withoutMetersOfTheMonitor();
		connect();
		FollowedSocket other = follow("dealer-2", "other");
		connect(other);
		this.monitor.registry().ended(this.socket);
		pass(Duration.ofSeconds(1));
		read(registry);
		assertThat(registry.find("zmq.connections").tag("socket", "socket").gauges()).hasSize(1);
		pass(Duration.ofMinutes(11));
		read(registry);
		assertThat(registry.find("zmq.connections").tag("socket", "socket").gauges()).isEmpty();
		assertThat(registry.find("zmq.connections").tag("socket", "other").gauges()).hasSize(1);
	}

	private MeterRegistry withoutMetersOfTheMonitor() {
		MeterRegistry registry = new SimpleMeterRegistry();
		registry.config().meterFilter(MeterFilter.denyNameStartsWith("zmq.monitor"));
		new ZmqMetrics(this.monitor).bindTo(registry);
		return registry;
	}

	@Test
	void noMeterIsRegisteredOnTheThreadOfAnEvent() throws InterruptedException {
		Set<Thread> registering = ConcurrentHashMap.newKeySet();
		MeterRegistry registry = new SimpleMeterRegistry();
		registry.config().onMeterAdded((meter) -> registering.add(Thread.currentThread()));
		new ZmqMetrics(this.monitor).bindTo(registry);
		Thread reaper = new Thread(() -> {
			record(ZmqEventType.CONNECT_RETRIED, 100);
			this.monitor.registry().ended(this.socket);
		}, "reaper-0");
		reaper.start();
		reaper.join();
		assertThat(registering).containsOnly(Thread.currentThread());
		this.monitor.snapshot();
		assertThat(registering).containsOnly(Thread.currentThread());
		assertThat(counter(registry, "socket").count()).isEqualTo(1);
	}

	@Test
	void aRenameNeverLowersACounterThatWasRead() {
		MeterRegistry registry = new SimpleMeterRegistry();
		new ZmqMetrics(this.monitor).bindTo(registry);
		connect();
		record(ZmqEventType.CONNECT_RETRIED, 100);
		assertThat(counter(registry, "socket").count()).isEqualTo(1);
		this.monitor.registry().rename(this.socket, "renamed");
		record(ZmqEventType.CONNECT_RETRIED, 100);
		pass(Duration.ofSeconds(1));
		assertThat(counter(registry, "socket").count()).isEqualTo(1);
		assertThat(counter(registry, "renamed").count()).isEqualTo(1);
	}

	@Test
	void aRenameMovesWhatNobodyHasRead() {
		MeterRegistry registry = new SimpleMeterRegistry();
		new ZmqMetrics(this.monitor).bindTo(registry);
		connect();
		record(ZmqEventType.CONNECT_RETRIED, 100);
		this.monitor.registry().rename(this.socket, "renamed");
		assertThat(counter(registry, "renamed").count()).isEqualTo(1);
		assertThat(registry.find("zmq.connect.retries").tag("socket", "socket").functionCounters()).isEmpty();
	}

	private FollowedSocket follow(String id, String name) {
		SocketTracker tracker = this.monitor.registry().track(new SocketIdentity(id, 1, "DEALER", null), name);
		FollowedSocket followed = new FollowedSocket(tracker, SocketReadings.NONE);
		this.monitor.registry().add(followed);
		return followed;
	}

	private void connect() {
		connect(this.socket);
	}

	private void connect(FollowedSocket socket) {
		EndpointTracker started = this.monitor.registry().connectStarted(socket.tracker(), ADDRESS);
		this.monitor.registry().connectEnded(started, ADDRESS);
	}

	private void record(ZmqEventType type, int value) {
		this.socket.tracker().record(type.code(), ADDRESS, value, null, null);
	}

	private void pass(Duration duration) {
		this.nanos.addAndGet(duration.toNanos());
	}

	private static void read(MeterRegistry registry) {
		registry.forEachMeter((meter) -> meter.measure().forEach(Measurement::getValue));
	}

	private static FunctionCounter counter(MeterRegistry registry, String socket) {
		return registry.get("zmq.connect.retries").tag("socket", socket).functionCounter();
	}

}
