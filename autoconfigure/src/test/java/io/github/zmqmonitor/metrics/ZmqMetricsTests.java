package io.github.zmqmonitor.metrics;

import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.github.zmqmonitor.ProvokesErrors;
import io.github.zmqmonitor.Ways;
import io.github.zmqmonitor.internal.kernel.KernelAccess;
import io.github.zmqmonitor.internal.libzmq.ZmqNativeReceiver;
import io.github.zmqmonitor.internal.libzmq.ZmqNativeSettings;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqMonitorSettings;
import io.github.zmqmonitor.monitor.MonitorFixture;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

class ZmqMetricsTests {

	@RegisterExtension
	final MonitorFixture fixture = new MonitorFixture();

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private final ZmqMetrics metrics = new ZmqMetrics(this.fixture.monitor());

	@Test
	void metersAndCatalogueAreEqualBothWays() {
		this.metrics.bindTo(this.registry);
		bindNativeMetrics();
		connectedPair();
		TreeMap<String, String> registered = new TreeMap<>();
		TreeMap<String, String> catalogue = new TreeMap<>();
		for (Meter meter : this.registry.getMeters()) {
			registered.put(meter.getId().getName(), describe(meter));
		}
		for (ZmqMeter meter : ZmqMeter.values()) {
			Set<String> keys = Arrays.stream(meter.getKeyNames())
				.map(KeyName::asString)
				.collect(Collectors.toCollection(TreeSet::new));
			catalogue.put(meter.getName(),
					meter.getType() + " " + meter.getBaseUnit() + " " + keys + " " + meter.getDescription());
		}
		if (!Ways.isAuto()) {
			assertThat(catalogue.remove("zmq.messages.dropped")).isNotNull();
		}
		// what the kernel does not tell is absent
		registered.remove("zmq.connection.bytes");
		catalogue.remove("zmq.connection.bytes");
		if (!KernelAccess.isPossible()) {
			catalogue.remove("zmq.connections.stalled");
		}
		assertThat(registered).isEqualTo(catalogue);
	}

	private void bindNativeMetrics() {
		ZmqNativeSettings settings = new ZmqNativeSettings("tcp://127.0.0.1:*", false, ByteOrder.nativeOrder(),
				Duration.ofSeconds(1), 1, null);
		new ZmqNativeMetrics(new ZmqNativeReceiver(this.fixture.monitor().registry(), settings).statistics())
			.bindTo(this.registry);
	}

	@Test
	void aNameAlwaysCarriesTheSameTagKeys() {
		this.metrics.bindTo(this.registry);
		bindNativeMetrics();
		connectedPair();
		this.registry.getMeters()
			.stream()
			.collect(Collectors.groupingBy((meter) -> meter.getId().getName(),
					Collectors.mapping((meter) -> meter.getId().getTags().stream().map(Tag::getKey).toList(),
							Collectors.toSet())))
			.forEach((name, keys) -> assertThat(keys).as(name).hasSize(1));
	}

	@Test
	void whatHappenedBeforeTheRegistryIsInTheMeters() {
		connectedPair();
		this.metrics.bindTo(this.registry);
		assertThat(counter("zmq.connections.accepted", "socket", "server")).isEqualTo(1);
		assertThat(counter("zmq.connections.established", "socket", "client")).isEqualTo(1);
		assertThat(gauge("zmq.connections", "socket", "client")).isEqualTo(1);
		assertThat(this.registry.get("zmq.connect.time").tag("phase", "initial").timer().count()).isEqualTo(1);
		assertThat(counter("zmq.monitor.events", "event", "LISTENING")).isEqualTo(1);
		assertThat(gauge("zmq.sockets", "socket.type", "ROUTER")).isEqualTo(1);
	}

	@Test
	void everyRegistryHasAllMeters() {
		this.metrics.bindTo(this.registry);
		connectedPair();
		MeterRegistry late = new SimpleMeterRegistry();
		this.metrics.bindTo(late);
		this.metrics.bindTo(late);
		assertThat(ids(late)).isEqualTo(ids(this.registry));
	}

	@Test
	void countersExistAtZeroBeforeTheFirstEvent() {
		this.metrics.bindTo(this.registry);
		ZMQ.Socket client = this.fixture.socket(SocketType.DEALER, "client");
		client.connect("tcp://127.0.0.1:" + MonitorFixture.freePort());
		assertThat(counter("zmq.connections.established", "socket", "client")).isZero();
		assertThat(this.registry.get("zmq.handshakes").tag("socket", "client").functionCounters())
			.hasSize(Ways.isAuto() ? 5 : 4);
	}

	@Test
	void exactlyOneStateIsOne() {
		this.metrics.bindTo(this.registry);
		ZMQ.Socket client = this.fixture.socket(SocketType.DEALER, "client");
		client.connect("tcp://127.0.0.1:" + MonitorFixture.freePort());
		this.fixture.awaitState("client", ZmqEndpointState.RETRYING);
		await().untilAsserted(() -> {
			assertThat(this.registry.get("zmq.endpoint.state").tag("state", "retrying").gauge().value()).isEqualTo(1);
			assertThat(this.registry.get("zmq.endpoint.state").gauges().stream().mapToDouble((it) -> it.value()).sum())
				.isEqualTo(1);
			assertThat(this.registry.get("zmq.connect.retry.interval").timeGauge().value(TimeUnit.MILLISECONDS))
				.isPositive();
		});
		assertThat(this.registry.get("zmq.connect.retry.delay").functionTimer().count()).isPositive();
	}

	@Test
	void durationsAreRecordedAtTheEndOfAConnection() {
		this.metrics.bindTo(this.registry);
		ZMQ.Socket client = connectedPair();
		client.close();
		await().untilAsserted(() -> {
			this.registry.get("zmq.connections").gauges().forEach(Gauge::value);
			assertThat(this.registry.get("zmq.connection.duration").tag("socket", "server").timer().count())
				.isEqualTo(1);
			assertThat(this.registry.get("zmq.connection.duration").tag("socket", "client").timer().count())
				.isEqualTo(1);
		});
		await().untilAsserted(() -> assertThat(this.registry.get("zmq.connections.closed")
			.tags("socket", "client", "reason", "local")
			.functionCounter()
			.count()).isEqualTo(1));
	}

	@Test
	void theTimeToConnectIsKeptWhenTheSocketGetsItsNameAfterwards() {
		String unnamed = Ways.isAuto() ? "zmqMetricsTests.dealer" : "test.dealer";
		this.metrics.bindTo(this.registry);
		ZMQ.Socket server = this.fixture.bound(SocketType.ROUTER, "server");
		ZMQ.Socket client = this.fixture.socket(SocketType.DEALER);
		client.connect(server.getLastEndpoint());
		this.fixture.awaitConnections(unnamed, 1);
		this.fixture.monitor().monitor("client", client);
		this.fixture.monitor().snapshot();
		gauge("zmq.connections", "socket", "client");
		assertThat(this.registry.get("zmq.connect.time").tags("socket", "client", "phase", "initial").timer().count())
			.isEqualTo(1);
		assertThat(this.registry.find("zmq.connect.time").tag("socket", unnamed).timers()).isEmpty();
	}

	@Test
	void inprocHasMessagesButNoEndpointMeters() {
		this.metrics.bindTo(this.registry);
		ZMQ.Socket sink = this.fixture.socket(SocketType.PULL, "sink");
		sink.bind("inproc://work");
		ZMQ.Socket source = this.fixture.socket(SocketType.PUSH, "source");
		source.connect("inproc://work");
		source.send("one");
		assertThat(sink.recvStr()).isEqualTo("one");
		assertThat(this.registry.find("zmq.endpoint.state").tag("socket", "sink").gauges()).isEmpty();
		await().untilAsserted(() -> assertThat(this.registry.get("zmq.messages")
			.tags("socket", "sink", "direction", "received")
			.functionCounter()
			.count()).isEqualTo(1));
	}

	@Test
	void prometheusNamesAreThoseOfTheCatalogue() {
		PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		this.metrics.bindTo(prometheus);
		connectedPair();
		Set<String> names = prometheus.scrape()
			.lines()
			.filter((line) -> line.startsWith("zmq_"))
			.map((line) -> line.split("[{ ]", 2)[0])
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(names.remove("zmq_messages_dropped_total")).isEqualTo(Ways.isAuto());
		assertThat(names.remove("zmq_connections_stalled")).isEqualTo(KernelAccess.isPossible());
		names.remove("zmq_connection_bytes_total");
		assertThat(names).containsExactly("zmq_connect_attempts_total", "zmq_connect_retries_total",
				"zmq_connect_retry_delay_seconds_count", "zmq_connect_retry_delay_seconds_sum",
				"zmq_connect_retry_interval_seconds", "zmq_connect_time_seconds_count", "zmq_connect_time_seconds_max",
				"zmq_connect_time_seconds_sum", "zmq_connection_duration_seconds_count",
				"zmq_connection_duration_seconds_max", "zmq_connection_duration_seconds_sum", "zmq_connections",
				"zmq_connections_accepted_total", "zmq_connections_closed_total", "zmq_connections_established_total",
				"zmq_connections_handshaking", "zmq_endpoint_failures_total", "zmq_endpoint_state",
				"zmq_endpoint_state_since_seconds", "zmq_handshakes_total", "zmq_hints", "zmq_messages_total",
				"zmq_monitor_contexts_unseen", "zmq_monitor_detached_sockets", "zmq_monitor_endpoints",
				"zmq_monitor_endpoints_limit", "zmq_monitor_endpoints_overflow_total", "zmq_monitor_errors_total",
				"zmq_monitor_events_dropped_total", "zmq_monitor_events_total", "zmq_monitor_pipes_missed_total",
				"zmq_monitor_readings_suspended_total", "zmq_queue_full_pipes", "zmq_queue_size_messages",
				"zmq_queue_utilization", "zmq_sockets");
	}

	@Test
	void hintsAreCountedByKindButNotThoseThatNeedQueuesToBeRead() {
		this.metrics.bindTo(this.registry);
		assertThat(gauge("zmq.hints", "hint", "heartbeat_timeout")).isZero();
		assertThat(this.registry.find("zmq.hints").tag("hint", "messages_dropped").meters()).isEmpty();
		for (int i = 0; i < 2; i++) {
			ZMQ.Socket client = this.fixture.socket(SocketType.DEALER, "client");
			client.setHeartbeatIvl(1000);
			client.connect("tcp://127.0.0.1:" + MonitorFixture.freePort());
		}
		await().untilAsserted(() -> assertThat(gauge("zmq.hints", "hint", "heartbeat_timeout")).isEqualTo(2));
		assertThat(gauge("zmq.hints", "hint", "identity_duplicate")).isZero();
		this.fixture.context().close();
		await().untilAsserted(() -> assertThat(gauge("zmq.hints", "hint", "heartbeat_timeout")).isZero());
	}

	@Test
	void aThousandShortLivedSocketsOfOneNameLeaveOneSetOfMeters() {
		this.metrics.bindTo(this.registry);
		ZMQ.Socket server = this.fixture.bound(SocketType.ROUTER, "server");
		for (int i = 0; i < 1000; i++) {
			ZMQ.Socket client = this.fixture.socket(SocketType.DEALER, "request");
			client.connect(server.getLastEndpoint());
			client.close();
		}
		assertThat(this.registry.get("zmq.connections").tag("socket", "request").gauges()).hasSize(1);
		await().untilAsserted(() -> {
			assertThat(this.fixture.sockets()).hasSize(1);
			double established = counter("zmq.connections.established", "socket", "request");
			double closed = this.registry.get("zmq.connections.closed")
				.tag("socket", "request")
				.functionCounters()
				.stream()
				.mapToDouble((it) -> it.count())
				.sum();
			assertThat(closed).isEqualTo(established);
			assertThat(gauge("zmq.connections", "socket", "request")).isZero();
		});
	}

	@Test
	void endpointsBeyondTheLimitAreCountedTogether() {
		ZmqMonitor monitor = new ZmqMonitor(new ZmqMonitorSettings(10, Duration.ofMinutes(10), 0, Duration.ofSeconds(2),
				16, true, ZmqMonitorSettings.Naming.CALLER, Duration.ofSeconds(1), ZmqMonitorSettings.Kernel.DEFAULTS));
		new ZmqMetrics(monitor).bindTo(this.registry);
		try (ZContext plain = new ZContext()) {
			ZContext context = monitor.monitor("limited", plain);
			ZMQ.Socket server = monitor.monitor("server", context.createSocket(SocketType.ROUTER));
			for (int i = 0; i < 100; i++) {
				server.bind("tcp://127.0.0.1:" + MonitorFixture.freePort());
			}
			assertThat(this.registry.get("zmq.connections").gauges()).hasSize(11);
			assertThat(this.registry.get("zmq.connections").tag("socket.endpoint", "other").gauges()).hasSize(1);
			assertThat(counter("zmq.monitor.endpoints.overflow")).isEqualTo(90);
			assertThat(gauge("zmq.monitor.endpoints")).isEqualTo(10);
			assertThat(gauge("zmq.monitor.endpoints.limit")).isEqualTo(10);
		}
		monitor.close();
	}

	@Test
	void theMetersGoWhenNobodyHasUsedThemForLong() {
		ZmqMonitor monitor = new ZmqMonitor(new ZmqMonitorSettings(10, Duration.ZERO, 0, Duration.ofSeconds(2), 16,
				true, ZmqMonitorSettings.Naming.CALLER, Duration.ofSeconds(1), ZmqMonitorSettings.Kernel.DEFAULTS));
		new ZmqMetrics(monitor).bindTo(this.registry);
		try (ZContext plain = new ZContext()) {
			ZMQ.Socket server = monitor.monitor("server",
					monitor.monitor("brief", plain).createSocket(SocketType.ROUTER));
			server.bind("tcp://127.0.0.1:*");
			assertThat(this.registry.find("zmq.connections").gauges()).hasSize(1);
			server.close();
			await().untilAsserted(() -> {
				gauge("zmq.monitor.endpoints");
				assertThat(this.registry.find("zmq.connections").gauges()).isEmpty();
				assertThat(this.registry.find("zmq.messages").functionCounters()).isEmpty();
			});
		}
		monitor.close();
	}

	@Test
	void closingRemovesAllMeters() {
		this.metrics.bindTo(this.registry);
		connectedPair();
		this.metrics.close();
		assertThat(this.registry.getMeters()).isEmpty();
	}

	@Test
	void deniedMetersDoNotExist() {
		this.registry.config().meterFilter(MeterFilter.denyNameStartsWith("zmq"));
		this.metrics.bindTo(this.registry);
		connectedPair();
		assertThat(this.registry.getMeters()).isEmpty();
	}

	@Test
	@ProvokesErrors
	void aRegistryThatThrowsHarmsNobody() {
		this.metrics.bindTo(new SimpleMeterRegistry() {

			@Override
			protected Timer newTimer(Meter.Id id, DistributionStatisticConfig configuration, PauseDetector detector) {
				throw new IllegalStateException("no timers here");
			}

		});
		connectedPair();
		assertThat(this.fixture.monitor().statistics().instrumentationErrors()).isPositive();
	}

	@Test
	void aRegistryThatBlocksDelaysNoEvent() {
		CountDownLatch release = new CountDownLatch(1);
		SimpleMeterRegistry blocking = new SimpleMeterRegistry() {

			@Override
			protected Timer newTimer(Meter.Id id, DistributionStatisticConfig configuration, PauseDetector detector) {
				return new BlockingTimer(super.newTimer(id, configuration, detector), release);
			}

		};
		this.metrics.bindTo(blocking);
		ZMQ.Socket client = connectedPair();
		client.send("hello");
		client.close();
		this.fixture.awaitConnections("server", 0);
		release.countDown();
		await().untilAsserted(() -> {
			blocking.get("zmq.connections").gauges().forEach(Gauge::value);
			assertThat(blocking.get("zmq.connect.time").tag("phase", "initial").timer().count()).isEqualTo(1);
		});
	}

	private ZMQ.Socket connectedPair() {
		ZMQ.Socket server = this.fixture.bound(SocketType.ROUTER, "server");
		ZMQ.Socket client = this.fixture.socket(SocketType.DEALER, "client");
		client.connect(server.getLastEndpoint());
		this.fixture.awaitState("client", ZmqEndpointState.CONNECTED);
		this.fixture.awaitConnections("server", 1);
		return client;
	}

	private double counter(String name, String... tags) {
		return this.registry.get(name).tags(tags).functionCounter().count();
	}

	private double gauge(String name, String... tags) {
		return this.registry.get(name).tags(tags).gauge().value();
	}

	private static Set<String> ids(MeterRegistry registry) {
		return registry.getMeters().stream().map((meter) -> meter.getId().toString()).collect(Collectors.toSet());
	}

	private static String describe(Meter meter) {
		Meter.Id id = meter.getId();
		Set<String> keys = id.getTags().stream().map(Tag::getKey).collect(Collectors.toCollection(TreeSet::new));
		String unit = (id.getType() == Meter.Type.TIMER) ? null : id.getBaseUnit();
		return id.getType() + " " + unit + " " + keys + " " + id.getDescription();
	}

	/**
	 * A timer whose record blocks.
	 */
	private static final class BlockingTimer implements Timer {

		private final Timer delegate;

		private final CountDownLatch release;

		BlockingTimer(Timer delegate, CountDownLatch release) {
			this.delegate = delegate;
			this.release = release;
		}

		@Override
		public void record(long amount, TimeUnit unit) {
			try {
				this.release.await(2, TimeUnit.MINUTES);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			this.delegate.record(amount, unit);
		}

		@Override
		public <T> T record(java.util.function.Supplier<T> supplier) {
			return this.delegate.record(supplier);
		}

		@Override
		public <T> T recordCallable(java.util.concurrent.Callable<T> callable) throws Exception {
			return this.delegate.recordCallable(callable);
		}

		@Override
		public void record(Runnable runnable) {
			this.delegate.record(runnable);
		}

		@Override
		public long count() {
			return this.delegate.count();
		}

		@Override
		public double totalTime(TimeUnit unit) {
			return this.delegate.totalTime(unit);
		}

		@Override
		public double max(TimeUnit unit) {
			return this.delegate.max(unit);
		}

		@Override
		public TimeUnit baseTimeUnit() {
			return this.delegate.baseTimeUnit();
		}

		@Override
		public Id getId() {
			return this.delegate.getId();
		}

		@Override
		public io.micrometer.core.instrument.distribution.HistogramSnapshot takeSnapshot() {
			return this.delegate.takeSnapshot();
		}

	}

}
