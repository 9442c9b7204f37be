package io.github.zmqmonitor.metrics;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter.Type;
import io.micrometer.core.instrument.docs.MeterDocumentation;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue of meters.
 */
public enum ZmqMeter implements MeterDocumentation {

	/** Connections that are ready. */
	CONNECTIONS("zmq.connections", Type.GAUGE, "connections", "Connections that are ready to use", Tags.ENDPOINT),

	/** Connections that are not ready. */
	HANDSHAKING("zmq.connections.handshaking", Type.GAUGE, null,
			"Connections whose handshake is not over: not usable yet, or never", Tags.ENDPOINT),

	/** Connections accepted. */
	ACCEPTED("zmq.connections.accepted", Type.COUNTER, null, "Connections that a bind endpoint has accepted",
			Tags.ENDPOINT),

	/** Connections established. */
	ESTABLISHED("zmq.connections.established", Type.COUNTER, null,
			"Connections that a connect endpoint has established", Tags.ENDPOINT),

	/** Connections ended. */
	CLOSED("zmq.connections.closed", Type.COUNTER, null,
			"Connections that have ended: disconnected by the peer or the network, or closed locally",
			Tags.endpointAnd(ZmqTag.REASON)),

	/** Life of connections. */
	CONNECTION_DURATION("zmq.connection.duration", Type.TIMER, null, "Life of connections, recorded at their end",
			Tags.ENDPOINT),

	/** Bytes. */
	CONNECTION_BYTES("zmq.connection.bytes", Type.COUNTER, "bytes",
			"Bytes that connections have carried, as the Linux kernel counts them", Tags.endpointAnd(ZmqTag.DIRECTION)),

	/** Connections that stand still. */
	CONNECTIONS_STALLED("zmq.connections.stalled", Type.GAUGE, null,
			"Connections that have something to send and stand still, as the Linux kernel says",
			Tags.endpointAnd(ZmqTag.REASON)),

	/** Attempts to connect. */
	CONNECT_ATTEMPTS("zmq.connect.attempts", Type.COUNTER, null, "Attempts to connect that were started",
			Tags.ENDPOINT),

	/** Retries. */
	CONNECT_RETRIES("zmq.connect.retries", Type.COUNTER, null, "Retries to connect that were scheduled", Tags.ENDPOINT),

	/** Current retry interval. */
	RETRY_INTERVAL("zmq.connect.retry.interval", Type.GAUGE, "seconds", "Current retry interval, 0 when not retrying",
			Tags.ENDPOINT),

	/** All retry intervals. */
	RETRY_DELAY("zmq.connect.retry.delay", Type.TIMER, null, "All retry intervals that were scheduled", Tags.ENDPOINT),

	/** Time to connect. */
	CONNECT_TIME("zmq.connect.time", Type.TIMER, null,
			"Time from connect, or from the loss of a connection, until one is ready to use",
			Tags.endpointAnd(ZmqTag.PHASE)),

	/** State. */
	ENDPOINT_STATE("zmq.endpoint.state", Type.GAUGE, null, "State of an endpoint: 1 for the one it is in, otherwise 0",
			Tags.endpointAnd(ZmqTag.STATE)),

	/** Begin of the state. */
	ENDPOINT_STATE_SINCE("zmq.endpoint.state.since", Type.GAUGE, "seconds",
			"When the state of an endpoint began, as seconds since the epoch", Tags.ENDPOINT),

	/** Failures. */
	ENDPOINT_FAILURES("zmq.endpoint.failures", Type.COUNTER, null, "Failures to bind, connect, accept or close",
			Tags.endpointAnd(ZmqTag.OPERATION, ZmqTag.ERROR)),

	/** Handshakes. */
	HANDSHAKES("zmq.handshakes", Type.COUNTER, null, "Handshakes by what became of them",
			Tags.endpointAnd(ZmqTag.OUTCOME, ZmqTag.REASON)),

	/** Sockets. */
	SOCKETS("zmq.sockets", Type.GAUGE, "sockets", "Open monitored sockets", ZmqTag.SOCKET_TYPE),

	/** Events. */
	MONITOR_EVENTS("zmq.monitor.events", Type.COUNTER, null, "Events seen", ZmqTag.EVENT),

	/** Failures of the monitor. */
	MONITOR_ERRORS("zmq.monitor.errors", Type.COUNTER, null, "Contained failures of the monitor itself", ZmqTag.STAGE),

	/** Events dropped. */
	MONITOR_EVENTS_DROPPED("zmq.monitor.events.dropped", Type.COUNTER, null,
			"Events that did not reach listeners or hooks because their queue was full", ZmqTag.REASON),

	/** Detached sockets. */
	MONITOR_DETACHED("zmq.monitor.detached", Type.GAUGE, "sockets", "Open sockets that have lost their monitor"),

	/** Contexts that are not seen. */
	MONITOR_CONTEXTS_UNSEEN("zmq.monitor.contexts.unseen", Type.GAUGE, null,
			"Open contexts whose sockets are not seen"),

	/** Endpoints. */
	MONITOR_ENDPOINTS("zmq.monitor.endpoints", Type.GAUGE, "endpoints", "Endpoints with meters of their own"),

	/** Limit of endpoints. */
	MONITOR_ENDPOINTS_LIMIT("zmq.monitor.endpoints.limit", Type.GAUGE, null,
			"Limit of endpoints with meters of their own"),

	/** Endpoints beyond the limit. */
	MONITOR_ENDPOINTS_OVERFLOW("zmq.monitor.endpoints.overflow", Type.COUNTER, null,
			"Endpoints beyond the limit, counted together as 'other'"),

	/** Messages. */
	MESSAGES("zmq.messages", Type.COUNTER, "messages", "Whole messages through the queues of sockets",
			Tags.DIRECTED_SOCKET),

	/** Messages waiting. */
	QUEUE_SIZE("zmq.queue.size", Type.GAUGE, "messages", "Messages waiting in the queues of sockets",
			Tags.DIRECTED_SOCKET),

	/** The fullest queue. */
	QUEUE_UTILIZATION("zmq.queue.utilization", Type.GAUGE, null,
			"Fullest queue of a socket against its high-water mark, 0 to 1", Tags.DIRECTED_SOCKET),

	/** Full queues. */
	QUEUE_FULL("zmq.queue.full", Type.GAUGE, "pipes", "Queues of sockets at their high-water mark",
			Tags.DIRECTED_SOCKET),

	/** Connections without a sample. */
	MONITOR_PIPES_MISSED("zmq.monitor.pipes.missed", Type.COUNTER, null,
			"Connections that came and went unsampled, so that their messages may not be counted"),

	/** Readings suspended. */
	MONITOR_READINGS_SUSPENDED("zmq.monitor.readings.suspended", Type.COUNTER, null,
			"Times that connections or queues of a socket, or the kernel, were not read for a while because that took too long",
			ZmqTag.STAGE),

	/** Messages refused. */
	NATIVE_REJECTED("zmq.monitor.native.rejected", Type.COUNTER, null,
			"Messages and connections about native sockets that were refused", ZmqTag.REASON),

	/** Events missed. */
	NATIVE_MISSED("zmq.monitor.native.missed", Type.COUNTER, null,
			"Events of native sockets that did not arrive, as far as forwarders count them"),

	/** Sources lost. */
	NATIVE_LOST("zmq.monitor.native.lost", Type.COUNTER, null,
			"Native sockets that fell silent or began anew without having been closed");

	private final String meterName;

	private final Type type;

	private final @Nullable String baseUnit;

	private final String description;

	private final KeyName[] keyNames;

	ZmqMeter(String meterName, Type type, @Nullable String baseUnit, String description, KeyName... keyNames) {
		this.meterName = meterName;
		this.type = type;
		this.baseUnit = baseUnit;
		this.description = description;
		this.keyNames = keyNames;
	}

	@Override
	public String getName() {
		return this.meterName;
	}

	@Override
	public Type getType() {
		return this.type;
	}

	@Override
	public @Nullable String getBaseUnit() {
		return this.baseUnit;
	}

	@Override
	public KeyName[] getKeyNames() {
		return this.keyNames.clone();
	}

	/**
	 * Return the description that the meter is registered with.
	 * @return the description
	 */
	public String getDescription() {
		return this.description;
	}

	private static final class Tags {

		private static final KeyName[] ENDPOINT = { ZmqTag.SOCKET, ZmqTag.SOCKET_TYPE, ZmqTag.SOCKET_ENDPOINT,
				ZmqTag.ROLE };

		private static final KeyName[] DIRECTED_SOCKET = { ZmqTag.SOCKET, ZmqTag.SOCKET_TYPE, ZmqTag.DIRECTION };

		private static KeyName[] endpointAnd(KeyName... more) {
			return KeyName.merge(ENDPOINT, more);
		}

	}

}
