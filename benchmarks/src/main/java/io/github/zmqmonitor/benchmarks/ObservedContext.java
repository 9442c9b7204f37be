package io.github.zmqmonitor.benchmarks;

import io.github.zmqmonitor.metrics.ZmqMetrics;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * A context whose sockets are followed in one of the ways that are compared.
 */
final class ObservedContext implements AutoCloseable {

	private static final int MAXIMUM_SOCKETS = 100_000;

	private final ZContext plain = new ZContext(1);

	private final MeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

	private final ZmqMonitor monitor = new ZmqMonitor();

	private final ZContext context;

	private final Following following;

	ObservedContext(Observation observation) {
		this.following = new Following(observation, this.plain, this.registry);
		this.plain.getContext().setMaxSockets(MAXIMUM_SOCKETS);
		if (observation == Observation.MONITORED) {
			new ZmqMetrics(this.monitor).bindTo(this.registry);
			this.context = this.monitor.monitor("benchmark", this.plain);
		}
		else {
			this.context = this.plain;
		}
	}

	ZmqMonitor monitor() {
		return this.monitor;
	}

	ZMQ.Socket socket(SocketType type) {
		return this.following.follow(this.context.createSocket(type));
	}

	/**
	 * How many events the readers of all {@code ZMonitor}s have got.
	 */
	long read() {
		return this.following.read();
	}

	@Override
	public void close() {
		this.following.stop();
		this.plain.close();
		this.monitor.close();
	}

}
