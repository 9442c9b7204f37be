package io.github.zmqmonitor.internal.jeromq;

import java.util.List;

import io.github.zmqmonitor.internal.diagnostics.SocketFacts;
import io.github.zmqmonitor.internal.diagnostics.SocketOptions;
import io.github.zmqmonitor.internal.registry.FollowedSocket;
import io.github.zmqmonitor.internal.registry.SocketReadings;
import io.github.zmqmonitor.internal.registry.SocketRegistry;
import io.github.zmqmonitor.internal.rules.Refusal;
import io.github.zmqmonitor.internal.state.EndpointTracker;
import io.github.zmqmonitor.internal.state.PeerView;
import io.github.zmqmonitor.internal.state.SocketTracker;
import io.github.zmqmonitor.internal.support.Addresses;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.internal.support.ReadingBudget.Reading;
import io.github.zmqmonitor.internal.traffic.MissedMessages;
import io.github.zmqmonitor.internal.traffic.MissingPeer;
import io.github.zmqmonitor.internal.traffic.PipeCounts;
import io.github.zmqmonitor.internal.traffic.PipeSource;
import io.github.zmqmonitor.internal.traffic.SocketDrops;
import io.github.zmqmonitor.internal.traffic.TrafficTotals;
import io.github.zmqmonitor.internal.traffic.TrafficTracker;
import io.github.zmqmonitor.internal.traffic.TrafficView;
import io.github.zmqmonitor.internal.walk.ConnectionPicture;
import io.github.zmqmonitor.internal.walk.SocketWalk;
import io.github.zmqmonitor.model.ZmqEndpointRole;
import io.github.zmqmonitor.model.ZmqSocketEvent.EndReason;
import io.github.zmqmonitor.model.ZmqSocketSnapshot.UnroutableIdentity;
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

	private final @Nullable SocketName name;

	private final FollowedSocket followed;

	private final @Nullable TrafficTracker traffic;

	private final PictureReader pictures;

	private final @Nullable ExchangeWatch exchange;

	private final @Nullable SocketDrops drops;

	private final @Nullable MissedMessages missed;

	JvmSocket(SocketBase base, SocketRegistry registry, SocketTracker tracker, @Nullable SocketName name) {
		this.base = base;
		this.registry = registry;
		this.tracker = tracker;
		this.name = name;
		this.followed = new FollowedSocket(tracker, this);
		this.traffic = (registry.settings().queues() && SocketWalk.readsPipes()) ? new TrafficTracker(this,
				registry.clock(), registry.readings().breaker(Reading.QUEUES, tracker.identity().id())) : null;
		SocketDrops counted = (this.traffic != null) ? DropCounter.INSTANCE.of(base, tracker.identity().type()) : null;
		SocketDrops atLeast = (this.traffic != null && !DropCounter.isOn())
				? SocketDrops.atLeast(tracker.identity().type()) : null;
		this.drops = (counted != null) ? counted : atLeast;
		this.missed = (atLeast != null) ? new MissedMessages(new JvmSubscribers(base, this), atLeast, registry.clock(),
				registry.readings().breaker(Reading.QUEUES, tracker.identity().id())) : null;
		this.pictures = new PictureReader(base, registry,
				registry.readings().breaker(Reading.CONNECTIONS, tracker.identity().id()), this.traffic != null,
				this.drops);
		this.exchange = (this.traffic != null && ExchangeWatch.TYPES.contains(tracker.identity().type()))
				? new ExchangeWatch(base, tracker.identity().type(), this.traffic, registry.clock()) : null;
		if (this.traffic != null && tracker.identity().rules().isVague()) {
			this.traffic.incomplete();
		}
	}

	public SocketBase base() {
		return this.base;
	}

	public SocketTracker tracker() {
		return this.tracker;
	}

	/**
	 * The name that was found for it, {@code null} if it was given one from the start.
	 */
	@Nullable SocketName name() {
		return this.name;
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
			secured();
		}
		else if (refusal == null) {
			this.tracker.calls().inproc(endpoint, ZmqEndpointRole.BIND);
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
	 * The application's connect has ended. Called on its thread.
	 * @param started what {@link #connectStarted} returned
	 * @param refusal why it failed, {@code null} if it didn't
	 */
	public void connectEnded(@Nullable EndpointTracker started, String endpoint, @Nullable Refusal refusal) {
		if (started == null) {
			if (refusal == null) {
				this.tracker.calls().inproc(endpoint, ZmqEndpointRole.CONNECT);
			}
		}
		else if (refusal == null) {
			this.registry.connectEnded(started, SocketWalk.lastEndpoint(this.base));
			secured();
		}
		else {
			this.registry.connectFailed(started, refusal);
		}
	}

	private void secured() {
		SocketOptions options = options();
		if (options != null) {
			this.tracker.secured(options.mechanism());
		}
	}

	/**
	 * The application is about to take an endpoint away, or to close the socket: on its
	 * thread, the counts of messages are exact, and connections still tell whose they
	 * are.
	 */
	public void ending() {
		this.pictures.settle(this.tracker);
		if (this.traffic != null) {
			this.traffic.sampleExactly();
		}
	}

	/**
	 * The application has unbound or disconnected.
	 * @param ended whether JeroMQ knew the endpoint
	 */
	public void endpointEnded(String endpoint, boolean ended) {
		this.tracker.calls().endedLocally(endpoint, ended);
	}

	/**
	 * A connection was lost. Called on I/O threads, where no end of a pipe is reported.
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

	/** A connection is about to end. Called on I/O threads. */
	void connectionEnding(SessionBase session, Object channel, EndReason reason) {
		ConnectionPicture picture = SocketWalk.connection(session);
		this.tracker.reports().ending(channel, reason, (picture != null) ? this.pictures.details(picture, true) : null);
	}

	/** A pipe has ended. Called on the thread that runs the socket. */
	void pipeEnded(Pipe pipe) {
		if (this.traffic != null) {
			this.traffic.pipeEnded(pipe);
		}
	}

	/** The socket was found late: its endpoints are in its base. */
	void discover() {
		if (this.traffic != null) {
			this.traffic.incomplete();
		}
		this.pictures.discover(this.tracker);
	}

	@Override
	public @Nullable SocketOptions options() {
		return SocketWalk.options(this.base);
	}

	@Override
	public @Nullable SocketFacts facts(SocketTracker tracker) {
		if (this.exchange == null) {
			return this.pictures.facts(tracker, null);
		}
		refresh(tracker);
		return this.pictures.facts(tracker, this.exchange.look());
	}

	@Override
	public void refresh(SocketTracker tracker) {
		this.pictures.refresh(tracker);
		if (this.traffic != null) {
			this.traffic.sampleIfDue(tracker.expectedPipes());
		}
		if (this.missed != null) {
			this.missed.lookIfDue();
		}
	}

	@Override
	public PeerView peers(MonitorClock clock, boolean detail) {
		return this.pictures.peers(clock, detail);
	}

	@Override
	public @Nullable TrafficTotals traffic() {
		return (this.traffic != null) ? this.traffic.latest() : null;
	}

	@Override
	public @Nullable SocketDrops drops() {
		return this.drops;
	}

	@Override
	public @Nullable List<UnroutableIdentity> unroutable() {
		SocketDrops drops = drops();
		List<MissingPeer> latest = (drops != null) ? drops.unroutable().latest() : List.of();
		return latest.isEmpty() ? null
				: latest.stream()
					.map((identity) -> new UnroutableIdentity(SocketWalk.text(identity.bytes()), identity.count(),
							this.registry.clock().instantAt(identity.at())))
					.toList();
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
		return SocketWalk.pipes(this.base);
	}

	@Override
	public PipeCounts counts(Object pipe) {
		return SocketWalk.counts((Pipe) pipe);
	}

}
