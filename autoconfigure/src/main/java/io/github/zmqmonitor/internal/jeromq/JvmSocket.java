package io.github.zmqmonitor.internal.jeromq;

import io.github.zmqmonitor.internal.diagnostics.SocketOptions;
import io.github.zmqmonitor.internal.registry.FollowedSocket;
import io.github.zmqmonitor.internal.registry.SocketReadings;
import io.github.zmqmonitor.internal.registry.SocketRegistry;
import io.github.zmqmonitor.internal.rules.Refusal;
import io.github.zmqmonitor.internal.state.EndpointTracker;
import io.github.zmqmonitor.internal.state.SocketTracker;
import io.github.zmqmonitor.internal.support.Addresses;
import io.github.zmqmonitor.internal.traffic.PipeAccess;
import io.github.zmqmonitor.internal.traffic.PipeCounts;
import io.github.zmqmonitor.internal.traffic.PipeSource;
import io.github.zmqmonitor.internal.traffic.TrafficTotals;
import io.github.zmqmonitor.internal.traffic.TrafficTracker;
import io.github.zmqmonitor.internal.traffic.TrafficView;
import io.github.zmqmonitor.model.ZmqEndpointRole;
import org.jspecify.annotations.Nullable;
import zmq.SocketBase;
import zmq.io.SessionBase;
import zmq.pipe.Pipe;

/**
 * A socket of JeroMQ in this JVM: what the application calls, and what can be read. The
 * same for both ways of finding sockets. Safe for use by any thread.
 */
public final class JvmSocket implements SocketReadings, PipeSource {

	private final SocketBase base;

	private final SocketRegistry registry;

	private final SocketTracker tracker;

	private final FollowedSocket followed;

	private final @Nullable PipeAccess access;

	private final @Nullable TrafficTracker traffic;

	private volatile @Nullable SocketOptions options;

	JvmSocket(SocketBase base, SocketRegistry registry, SocketTracker tracker) {
		this.base = base;
		this.registry = registry;
		this.tracker = tracker;
		this.followed = new FollowedSocket(tracker, this);
		this.access = registry.settings().queues() ? PipeAccess.get() : null;
		this.traffic = (this.access != null) ? new TrafficTracker(this, registry.clock()) : null;
	}

	public SocketBase base() {
		return this.base;
	}

	public SocketTracker tracker() {
		return this.tracker;
	}

	public FollowedSocket followed() {
		return this.followed;
	}

	/**
	 * The application is about to bind.
	 * @return the endpoint, {@code null} for inproc
	 */
	public @Nullable EndpointTracker bindStarted(String endpoint) {
		return Addresses.isInproc(endpoint) ? null : this.registry.bindStarted(this.tracker, endpoint);
	}

	/**
	 * The application's bind has ended.
	 * @param started what {@link #bindStarted} returned
	 * @param refusal why it failed, {@code null} if it didn't
	 */
	public void bindEnded(@Nullable EndpointTracker started, String endpoint, @Nullable Refusal refusal) {
		if (started != null) {
			this.registry.bindEnded(started, refusal);
		}
		else if (refusal == null) {
			this.tracker.inproc(endpoint, ZmqEndpointRole.BIND);
		}
	}

	/**
	 * The application is about to connect.
	 * @return the endpoint, {@code null} for inproc
	 */
	public @Nullable EndpointTracker connectStarted(String endpoint) {
		return Addresses.isInproc(endpoint) ? null : this.registry.connectStarted(this.tracker, endpoint);
	}

	/**
	 * The application's connect has ended.
	 * @param started what {@link #connectStarted} returned
	 * @param address what the endpoint resolved to, {@code null} if not known
	 * @param refusal why it failed, {@code null} if it didn't
	 */
	public void connectEnded(@Nullable EndpointTracker started, String endpoint, @Nullable String address,
			@Nullable Refusal refusal) {
		if (started == null) {
			if (refusal == null) {
				this.tracker.inproc(endpoint, ZmqEndpointRole.CONNECT);
			}
		}
		else if (refusal == null) {
			this.registry.connectEnded(started, address);
		}
		else {
			this.registry.connectFailed(started, refusal);
		}
	}

	/**
	 * The application is about to take an endpoint away, or to close the socket: on its
	 * thread, the counts of messages are exact.
	 */
	public void ending() {
		if (this.traffic != null) {
			this.traffic.sampleExactly();
		}
	}

	/**
	 * The application has unbound or disconnected.
	 * @param ended whether JeroMQ knew the endpoint
	 */
	public void endpointEnded(String endpoint, boolean ended) {
		this.tracker.endedLocally(endpoint, ended);
	}

	/**
	 * A connection was lost. Called on I/O threads.
	 * @param accepted whether a listener had accepted it
	 * @param since when it began, in nanoseconds of the monitor's clock
	 */
	public void connectionLost(boolean accepted, long since) {
		TrafficTracker traffic = this.traffic;
		if (traffic == null) {
			return;
		}
		if (traffic.isDueAtLoss(this.registry.clock().nanoTime())) {
			traffic.sample(this.tracker.expectedPipes() + 1);
		}
		if (accepted && !traffic.wasSampledSince(since)) {
			this.registry.pipeMissed();
		}
	}

	/**
	 * The channel of a session, {@code null} if it has none or it can't be read.
	 */
	@Nullable Object channelOf(SessionBase session) {
		return SessionAccess.channel(session);
	}

	/**
	 * The socket was found late: its endpoints are in its base.
	 */
	void discover() {
	}

	/**
	 * A pipe has ended. Called on the thread that runs the socket.
	 */
	void pipeEnded(Pipe pipe) {
		if (this.traffic != null) {
			this.traffic.pipeEnded(pipe);
		}
	}

	public boolean hasOptions() {
		return this.options != null;
	}

	/**
	 * The options were read by the thread that owns the socket.
	 */
	public void optionsRead(SocketOptions options) {
		this.options = options;
		this.tracker.secured(options.mechanism());
	}

	@Override
	public @Nullable SocketOptions options() {
		return this.options;
	}

	@Override
	public void refresh(SocketTracker tracker) {
		if (this.traffic != null) {
			this.traffic.sampleIfDue(tracker.expectedPipes());
		}
	}

	@Override
	public @Nullable TrafficTotals traffic() {
		return (this.traffic != null) ? this.traffic.latest() : null;
	}

	@Override
	public @Nullable TrafficView trafficView(boolean detail) {
		return (this.traffic != null) ? this.traffic.view(detail) : null;
	}

	@Override
	public boolean hasVanished(SocketTracker tracker) {
		return !tracker.isAttached() && !this.base.getCtx().isActive();
	}

	@Override
	public void finish() {
		if (this.traffic != null) {
			this.traffic.finish();
		}
	}

	@Override
	public Object @Nullable [] pipes() {
		return (this.access != null) ? this.access.pipes(this.base) : null;
	}

	@Override
	public PipeCounts counts(Object pipe) {
		if (this.access == null) {
			throw new IllegalStateException("Pipes can't be read");
		}
		return this.access.counts((Pipe) pipe);
	}

}
