package io.github.zmqmonitor.conformance;

import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.github.zmqmonitor.actuate.endpoint.ZmqDescriptor;
import io.github.zmqmonitor.actuate.endpoint.ZmqEndpoint;
import io.github.zmqmonitor.metrics.ZmqMetrics;
import io.github.zmqmonitor.monitor.MonitorFixture;
import io.github.zmqmonitor.monitor.ZmqEndpointSnapshot;
import io.github.zmqmonitor.monitor.ZmqEndpointState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.search.Search;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.springframework.boot.actuate.endpoint.Show;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A fixture that holds state, meters and the endpoint's answer against each other.
 */
final class Scenario extends MonitorFixture {

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private final ZmqEndpoint endpoint = new ZmqEndpoint(monitor(), Show.ALWAYS, Set.of());

	Scenario() {
		new ZmqMetrics(monitor()).bindTo(this.registry);
	}

	/**
	 * Wait until an endpoint is in a state with a number of connections, in the snapshot,
	 * in the meters and in the endpoint's answer alike.
	 */
	void awaitAll(String socket, ZmqEndpointState state, int connections) {
		await().untilAsserted(() -> assertAll(socket, state, connections));
	}

	private void assertAll(String socket, ZmqEndpointState state, int connections) {
		ZmqEndpointSnapshot snapshot = endpoint(socket);
		assertThat(snapshot.state()).isEqualTo(state);
		assertThat(snapshot.connections()).isEqualTo(connections);
		assertBalanced(snapshot);
		ZmqDescriptor.Endpoint shown = json(socket);
		assertThat(shown.state()).isEqualTo(state.id());
		assertThat(shown.connections()).isEqualTo(connections);
		assertThat(gauge("zmq.connections", socket)).isEqualTo(connections);
		assertThat(states(socket).tag("state", state.id()).gauge().value()).isEqualTo(1);
		assertThat(states(socket).gauges().stream().mapToDouble(Gauge::value).sum()).isEqualTo(1);
		double closed = counter("zmq.connections.closed", socket);
		double opened = counter("zmq.connections.accepted", socket) + counter("zmq.connections.established", socket);
		assertThat(opened - closed).isEqualTo(connections);
	}

	private Search states(String socket) {
		return this.registry.find("zmq.endpoint.state").tag("socket", socket);
	}

	ZmqDescriptor.Endpoint json(String socket) {
		return this.endpoint.socket(socket).sockets().get(0).endpoints().get(0);
	}

	MeterRegistry registry() {
		return this.registry;
	}

	double gauge(String name, String socket) {
		return this.registry.get(name).tag("socket", socket).gauge().value();
	}

	/**
	 * The sum of all counters of a name for a socket.
	 */
	double counter(String name, String socket, String... tags) {
		return this.registry.find(name)
			.tag("socket", socket)
			.tags(tags)
			.functionCounters()
			.stream()
			.mapToDouble((counter) -> counter.count())
			.sum();
	}

	double seconds(String timer, String socket, String... tags) {
		return this.registry.get(timer).tag("socket", socket).tags(tags).timer().totalTime(TimeUnit.SECONDS);
	}

	long count(String timer, String socket, String... tags) {
		return this.registry.get(timer).tag("socket", socket).tags(tags).timer().count();
	}

}
