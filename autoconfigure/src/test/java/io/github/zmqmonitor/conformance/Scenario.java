package io.github.zmqmonitor.conformance;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.zmqmonitor.actuate.endpoint.ZmqEndpoint;
import io.github.zmqmonitor.metrics.ZmqMetrics;
import io.github.zmqmonitor.model.ZmqEndpointRole;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqEventSnapshot;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqMonitorSettings;
import io.github.zmqmonitor.monitor.MonitorFixture;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.search.Search;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.endpoint.Show;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A fixture that holds state, meters and the endpoint's answer against each other.
 */
final class Scenario extends MonitorFixture {

	private static final Duration METERS_AGE = Duration.ofMillis(51);

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private final ZmqEndpoint endpoint = new ZmqEndpoint(monitor(), Show.ALWAYS, Set.of());

	private final JsonMapper mapper = JsonMapper.builder().build();

	Scenario() {
		this(ZmqMonitorSettings.DEFAULTS);
	}

	Scenario(ZmqMonitorSettings settings) {
		super(settings);
		new ZmqMetrics(monitor()).bindTo(this.registry);
	}

	/**
	 * Wait until the only endpoint of a socket is in a state with a number of
	 * connections, in the snapshot, in the meters and in the endpoint's answer alike.
	 */
	void awaitAll(String socket, ZmqEndpointState state, int connections) {
		await().untilAsserted(() -> assertAll(socket, endpoint(socket).endpoint(), state, connections));
	}

	/**
	 * Wait for the same of one endpoint of several.
	 */
	void awaitAll(String socket, String endpoint, ZmqEndpointState state, int connections) {
		await().untilAsserted(() -> assertAll(socket, endpoint, state, connections));
	}

	/**
	 * Assert that snapshot, meters and the endpoint's answer all say this now.
	 */
	void assertAll(String socket, String name, ZmqEndpointState state, int connections) {
		ZmqEndpointSnapshot snapshot = endpoint(socket, name);
		assertThat(snapshot.state()).isEqualTo(state);
		assertThat(snapshot.connections()).isEqualTo(connections);
		assertBalanced(snapshot);
		JsonNode shown = json(socket, name);
		assertThat(shown.get("state").asString()).isEqualTo(state.id());
		assertThat(shown.get("connections").asInt()).isEqualTo(connections);
		assertThat(shown.get("peers").size()).isEqualTo(connections);
		assertThat(find("zmq.connections", socket).tag("socket.endpoint", name).gauge().value()).isEqualTo(connections);
		Search states = find("zmq.endpoint.state", socket).tag("socket.endpoint", name);
		assertThat(states.gauges().stream().mapToDouble(Gauge::value).sum()).isEqualTo(1);
		assertThat(states.tag("state", state.id()).gauge().value()).isEqualTo(1);
		String opened = (snapshot.role() == ZmqEndpointRole.BIND) ? "zmq.connections.accepted"
				: "zmq.connections.established";
		assertThat(counter(opened, socket, "socket.endpoint", name)
				- counter("zmq.connections.closed", socket, "socket.endpoint", name))
			.isEqualTo(connections);
	}

	/**
	 * Keep the retry intervals of a socket since it last lost its connection, the first
	 * ones first.
	 */
	List<Duration> retryIntervals(String socket) {
		List<Duration> intervals = new CopyOnWriteArrayList<>();
		monitor().addListener((event) -> {
			if (event.socketName().equals(socket) && event.type() == ZmqEventType.DISCONNECTED) {
				intervals.clear();
			}
			else if (event.socketName().equals(socket) && event.type() == ZmqEventType.CONNECT_RETRIED) {
				intervals.add(Duration.parse(event.value().toString()));
			}
		});
		return intervals;
	}

	/**
	 * Assert that the retry interval shown is the one that the last event told, and lies
	 * between two bounds.
	 */
	void assertRetryInterval(String socket, long minimumMillis, long maximumMillis) {
		await().untilAsserted(() -> {
			Duration interval = endpoint(socket).retryInterval();
			assertThat(interval).isBetween(Duration.ofMillis(minimumMillis), Duration.ofMillis(maximumMillis));
			assertThat(only(socket).recentEvents()).filteredOn((event) -> event.event() == ZmqEventType.CONNECT_RETRIED)
				.last()
				.extracting(ZmqEventSnapshot::value)
				.isEqualTo(interval.toString());
			assertThat(Duration.parse(json(socket).get("retryInterval").asString())).isEqualTo(interval);
			assertThat(this.registry.get("zmq.connect.retry.interval")
				.tag("socket", socket)
				.timeGauge()
				.value(TimeUnit.MILLISECONDS)).isEqualTo(interval.toMillis());
		});
	}

	/**
	 * A socket to connect with a peer of another process. It does not wait long for a
	 * greeting: now and then JeroMQ forgets to read it, monitored or not, until this time
	 * has passed.
	 */
	ZMQ.Socket client(SocketType type, String name) {
		ZMQ.Socket client = socket(type, name);
		client.setHandshakeIvl(500);
		return client;
	}

	private Search find(String meter, String socket) {
		return fresh().find(meter).tag("socket", socket);
	}

	/**
	 * What the actuator's endpoint answers about the only endpoint of a socket.
	 */
	JsonNode json(String socket) {
		return json(socket, endpoint(socket).endpoint());
	}

	JsonNode json(String socket, String endpoint) {
		for (JsonNode shown : answer(socket).at("/sockets/0/endpoints")) {
			if (shown.get("endpoint").asString().equals(endpoint)) {
				return shown;
			}
		}
		throw new AssertionError(endpoint + " is not shown");
	}

	/**
	 * The whole answer about a socket.
	 */
	JsonNode answer(String socket) {
		return this.mapper.valueToTree(this.endpoint.socket(socket));
	}

	MeterRegistry registry() {
		return this.registry;
	}

	/**
	 * The registry, once what was read before is too old to be read again: the snapshot
	 * has no such age.
	 */
	private MeterRegistry fresh() {
		LockSupport.parkNanos(METERS_AGE.toNanos());
		return this.registry;
	}

	double gauge(String name, String socket) {
		return fresh().get(name).tag("socket", socket).gauge().value();
	}

	/**
	 * The sum of all counters of a name for a socket.
	 */
	double counter(String name, String socket, String... tags) {
		return find(name, socket).tags(tags)
			.functionCounters()
			.stream()
			.mapToDouble((counter) -> counter.count())
			.sum();
	}

	double seconds(String timer, String socket, String... tags) {
		return fresh().get(timer).tag("socket", socket).tags(tags).timer().totalTime(TimeUnit.SECONDS);
	}

	long count(String timer, String socket, String... tags) {
		return fresh().get(timer).tag("socket", socket).tags(tags).timer().count();
	}

}
