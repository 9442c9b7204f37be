package io.github.zmqmonitor.internal.state;

import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqEventType;
import org.jspecify.annotations.Nullable;

/**
 * An event and what it did. There is one per socket, used for each of its events in turn
 * and guarded by the {@link SocketTracker}: events allocate nothing.
 */
public final class EventOutcome {

	private final SocketTracker socket;

	private ZmqEventType type = ZmqEventType.UNKNOWN;

	private String address = "";

	private int value;

	private long at;

	private @Nullable EndpointTracker endpoint;

	private @Nullable Connection connection;

	private @Nullable ZmqEndpointState state;

	EventOutcome(SocketTracker socket) {
		this.socket = socket;
	}

	void begin(ZmqEventType type, String address, int value, long at) {
		this.type = type;
		this.address = address;
		this.value = value;
		this.at = at;
		this.endpoint = null;
		this.connection = null;
		this.state = null;
	}

	void at(EndpointTracker endpoint) {
		this.endpoint = endpoint;
	}

	void of(Connection connection) {
		this.connection = connection;
	}

	void settle() {
		this.state = (this.endpoint != null) ? this.endpoint.stateAt(this.at) : null;
	}

	public SocketTracker socket() {
		return this.socket;
	}

	public ZmqEventType type() {
		return this.type;
	}

	public String address() {
		return this.address;
	}

	public int value() {
		return this.value;
	}

	/**
	 * When it happened, in nanoseconds of the monitor's clock.
	 */
	public long at() {
		return this.at;
	}

	/**
	 * The endpoint that it is about.
	 */
	public @Nullable EndpointTracker endpoint() {
		return this.endpoint;
	}

	/**
	 * The connection that has begun, become ready or ended.
	 */
	public @Nullable Connection connection() {
		return this.connection;
	}

	/**
	 * The state of the endpoint after it.
	 */
	public @Nullable ZmqEndpointState state() {
		return this.state;
	}

}
