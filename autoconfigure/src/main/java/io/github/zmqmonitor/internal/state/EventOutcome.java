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

	private @Nullable String identity;

	private boolean greeted;

	private boolean ready;

	private long outage;

	private long retries;

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
		this.identity = null;
		this.greeted = false;
		this.ready = false;
		this.outage = -1;
		this.retries = 0;
	}

	void at(EndpointTracker endpoint) {
		this.endpoint = endpoint;
	}

	void of(Connection connection) {
		this.connection = connection;
	}

	/**
	 * An endpoint has a connection again, or its first one.
	 * @param nanoseconds how long it was without one
	 */
	void endsOutage(long nanoseconds, long retries) {
		this.outage = nanoseconds;
		this.retries = retries;
	}

	/** Events have told that the connection was ready, be that sure or not. */
	void wasReady() {
		this.ready = true;
	}

	void settle() {
		this.state = (this.endpoint != null) ? this.endpoint.stateAt(this.at) : null;
		if (this.connection != null) {
			this.identity = this.connection.identity();
			this.greeted = this.connection.isGreeted();
			this.ready |= this.connection.isReady();
		}
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

	/** When it happened, in nanoseconds of the monitor's clock. */
	public long at() {
		return this.at;
	}

	/** The endpoint that it is about. */
	public @Nullable EndpointTracker endpoint() {
		return this.endpoint;
	}

	/** The connection that has begun, become ready or ended. */
	public @Nullable Connection connection() {
		return this.connection;
	}

	/** The state of the endpoint after it. */
	public @Nullable ZmqEndpointState state() {
		return this.state;
	}

	/**
	 * The identity that the peer of the connection has chosen, {@code null} if none is
	 * known.
	 */
	public @Nullable String identity() {
		return this.identity;
	}

	/** Whether the peer of the connection has greeted. */
	public boolean isGreeted() {
		return this.greeted;
	}

	/** Whether the connection is ready, or was until its end. */
	public boolean isReady() {
		return this.ready;
	}

	/**
	 * How many nanoseconds an outage has lasted that it ends, negative if it ends none.
	 */
	public long outage() {
		return this.outage;
	}

	/** How many retries were scheduled in the outage that it ends. */
	public long retries() {
		return this.retries;
	}

}
