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
	CONNECTIONS("zmq.connections", Type.GAUGE, "connections", "Connections that are ready to use", MeterTags.ENDPOINT),

	/** Connections that are not ready. */
	HANDSHAKING("zmq.connections.handshaking", Type.GAUGE, null,
			"Connections whose handshake is not over: not usable yet, or never", MeterTags.ENDPOINT),

	/** Connections accepted. */
	ACCEPTED("zmq.connections.accepted", Type.COUNTER, null, "Connections that a bind endpoint has accepted",
			MeterTags.ENDPOINT),

	/** Connections established. */
	ESTABLISHED("zmq.connections.established", Type.COUNTER, null,
			"Connections that a connect endpoint has established", MeterTags.ENDPOINT),

	/** Connections ended. */
	CLOSED("zmq.connections.closed", Type.COUNTER, null,
			"Connections that have ended: disconnected by the peer or the network, or closed locally",
			MeterTags.endpointAnd(ZmqTag.REASON)),

	/** Life of connections. */
	CONNECTION_DURATION("zmq.connection.duration", Type.TIMER, null, "Life of connections, recorded at their end",
			MeterTags.ENDPOINT),

	/** Bytes. */
	CONNECTION_BYTES("zmq.connection.bytes", Type.COUNTER, "bytes",
			"Bytes that connections have carried, as the Linux kernel counts them",
			MeterTags.endpointAnd(ZmqTag.DIRECTION)),

	/** Connections that stand still. */
	CONNECTIONS_STALLED("zmq.connections.stalled", Type.GAUGE, null,
			"Connections that have something to send and stand still, as the Linux kernel says",
			MeterTags.endpointAnd(ZmqTag.REASON)),

	/** Attempts to connect. */
	CONNECT_ATTEMPTS("zmq.connect.attempts", Type.COUNTER, null, "Attempts to connect that were started",
			MeterTags.ENDPOINT),

	/** Retries. */
	CONNECT_RETRIES("zmq.connect.retries", Type.COUNTER, null, "Retries to connect that were scheduled",
			MeterTags.ENDPOINT),

	/** Current retry interval. */
	RETRY_INTERVAL("zmq.connect.retry.interval", Type.GAUGE, "seconds", "Current retry interval, 0 when not retrying",
			MeterTags.ENDPOINT),

	/** All retry intervals. */
	RETRY_DELAY("zmq.connect.retry.delay", Type.TIMER, null, "All retry intervals that were scheduled",
			MeterTags.ENDPOINT),

	/** Time to connect. */
	CONNECT_TIME("zmq.connect.time", Type.TIMER, null,
			"Time from connect, or from the loss of a connection, until one is ready to use",
			MeterTags.endpointAnd(ZmqTag.PHASE)),

	/** State. */
	ENDPOINT_STATE("zmq.endpoint.state", Type.GAUGE, null, "State of an endpoint: 1 for the one it is in, otherwise 0",
			MeterTags.endpointAnd(ZmqTag.STATE)),

	/** Begin of the state. */
	ENDPOINT_STATE_SINCE("zmq.endpoint.state.since", Type.GAUGE, "seconds",
			"When the state of an endpoint began, as seconds since the epoch", MeterTags.ENDPOINT),

	/** Failures. */
	ENDPOINT_FAILURES("zmq.endpoint.failures", Type.COUNTER, null, "Failures to bind, connect, accept or close",
			MeterTags.endpointAnd(ZmqTag.OPERATION, ZmqTag.ERROR)),

	/** Handshakes. */
	HANDSHAKES("zmq.handshakes", Type.COUNTER, null, "Handshakes by what became of them",
			MeterTags.endpointAnd(ZmqTag.OUTCOME, ZmqTag.REASON)),

	/** Sockets. */
	SOCKETS("zmq.sockets", Type.GAUGE, "sockets", "Open monitored sockets", ZmqTag.SOCKET_TYPE),

	/** Hints. */
	HINTS("zmq.hints", Type.GAUGE, null, "Hints that hold at present, as far as they can be told", ZmqTag.HINT),

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
			MeterTags.DIRECTED_SOCKET),

	/** Messages dropped. */
	MESSAGES_DROPPED("zmq.messages.dropped", Type.COUNTER, null,
			"Messages that sockets have dropped, one for each peer that did not get it", ZmqTag.SOCKET,
			ZmqTag.SOCKET_TYPE, ZmqTag.REASON),

	/** Messages waiting. */
	QUEUE_SIZE("zmq.queue.size", Type.GAUGE, "messages", "Messages waiting in the queues of sockets",
			MeterTags.DIRECTED_SOCKET),

	/** The fullest queue. */
	QUEUE_UTILIZATION("zmq.queue.utilization", Type.GAUGE, null,
			"Fullest queue of a socket against its high-water mark, 0 to 1", MeterTags.DIRECTED_SOCKET),

	/** Full queues. */
	QUEUE_FULL("zmq.queue.full", Type.GAUGE, "pipes", "Queues of sockets at their high-water mark",
			MeterTags.DIRECTED_SOCKET),

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

	/**
	 * Return what its number is: exact, sampled or a lower bound, and what it is where
	 * sockets are found by beans if that differs.
	 * @return the kind of its number, for people
	 */
	public String getKind() {
		return switch (this) {
			case CONNECTIONS, HANDSHAKING, ENDPOINT_STATE, ENDPOINT_STATE_SINCE -> "exact; by beans sampled";
			case CONNECTION_BYTES -> "sampled, a lower bound once a connection has ended";
			case CONNECT_TIME -> "exact; by beans until the greeting, a lower bound";
			case CONNECTION_DURATION -> "exact; by beans an upper bound where this side ends it";
			case MESSAGES -> "sampled, exact at the end of a connection; by beans a lower bound";
			case MESSAGES_DROPPED -> "exact; by beans a lower bound, of PUB and XPUB only";
			case CONNECTIONS_STALLED, QUEUE_SIZE, QUEUE_UTILIZATION, QUEUE_FULL, MONITOR_CONTEXTS_UNSEEN -> "sampled";
			case MONITOR_PIPES_MISSED, NATIVE_MISSED, NATIVE_LOST, HINTS -> "lower bound";
			default -> "exact";
		};
	}

}
