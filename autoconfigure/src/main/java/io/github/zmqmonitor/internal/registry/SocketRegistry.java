package io.github.zmqmonitor.internal.registry;

import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.zmqmonitor.internal.dispatch.EventDispatcher;
import io.github.zmqmonitor.internal.rules.Refusal;
import io.github.zmqmonitor.internal.rules.SocketIdentity;
import io.github.zmqmonitor.internal.state.EndpointTracker;
import io.github.zmqmonitor.internal.state.EventOutcome;
import io.github.zmqmonitor.internal.state.SocketTracker;
import io.github.zmqmonitor.internal.state.TrackerObserver;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.internal.support.MonitorErrors;
import io.github.zmqmonitor.internal.support.ReadingBudget;
import io.github.zmqmonitor.internal.totals.EndpointAggregates;
import io.github.zmqmonitor.internal.totals.SocketAggregates;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqHint;
import io.github.zmqmonitor.model.ZmqMonitorSettings;
import io.github.zmqmonitor.model.ZmqSocketSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * The sockets that are followed and have not ended, whoever feeds them, and where they
 * count. Safe for use by any thread; what has to wait for a lock of readers is left to
 * the next reader or call of the application.
 */
public final class SocketRegistry implements TrackerObserver {

	private static final int LISTED_PEERS = 100;

	private static final long HOUSEKEEPING_AGE = TimeUnit.MILLISECONDS.toNanos(250);

	/** For hints in the log, each second, the kernel is not asked each time. */
	private static final long HINT_AGE = TimeUnit.SECONDS.toNanos(5);

	private static final Comparator<FollowedSocket> BY_CREATION = Comparator
		.comparingLong((socket) -> socket.tracker().identity().number());

	private final ZmqMonitorSettings settings;

	private final MonitorClock clock;

	private final MonitorErrors errors = new MonitorErrors();

	private final ReadingBudget readings;

	private final KernelReadings kernel;

	private final EventDispatcher dispatcher;

	private final EndpointAggregates endpoints;

	private final SocketAggregates totals;

	private final Set<FollowedSocket> sockets = ConcurrentHashMap.newKeySet();

	private final Queue<EndpointTracker> adopted = new ConcurrentLinkedQueue<>();

	private final Queue<FollowedSocket> ended = new ConcurrentLinkedQueue<>();

	private final ReentrantLock housekeeping = new ReentrantLock();

	private final LongAdder[] events = new LongAdder[ZmqEventType.values().length];

	private final AtomicLong numbers = new AtomicLong();

	private final LongAdder pipesMissed = new LongAdder();

	private final HintCounts hintCounts;

	private volatile long keptAt;

	public SocketRegistry(ZmqMonitorSettings settings, MonitorClock clock) {
		this.settings = settings;
		this.clock = clock;
		Supplier<List<ZmqHint>> hints = this::hints;
		this.hintCounts = new HintCounts(hints, clock);
		this.readings = new ReadingBudget(settings.readingBudget(), clock);
		this.kernel = new KernelReadings(settings.kernel(), clock, this.readings);
		this.keptAt = clock.nanoTime() - HOUSEKEEPING_AGE;
		Runnable read = this::housekeepIfDue;
		this.endpoints = new EndpointAggregates(settings, clock, this.errors, this::readEndpoints,
				this.kernel.isPossible());
		this.totals = new SocketAggregates(settings, clock, this.errors, read);
		this.dispatcher = new EventDispatcher(settings.listenerQueueCapacity(), clock, this.errors, read, hints);
		for (int i = 0; i < this.events.length; i++) {
			this.events[i] = new LongAdder();
		}
	}

	public ZmqMonitorSettings settings() {
		return this.settings;
	}

	public MonitorClock clock() {
		return this.clock;
	}

	public MonitorErrors errors() {
		return this.errors;
	}

	public ReadingBudget readings() {
		return this.readings;
	}

	public EventDispatcher dispatcher() {
		return this.dispatcher;
	}

	public EndpointAggregates endpoints() {
		return this.endpoints;
	}

	public SocketAggregates totals() {
		return this.totals;
	}

	/** The number of the next socket of another process. */
	public long nextNumber() {
		return this.numbers.incrementAndGet();
	}

	/** Create the tracker of a socket. */
	public SocketTracker track(SocketIdentity identity, String name) {
		return new SocketTracker(identity, name, this.settings, this.clock, this);
	}

	/** Follow a socket from now on. */
	public void add(FollowedSocket socket) {
		this.sockets.add(socket);
		this.totals.join(socket);
		housekeepIfDue();
	}

	public Stream<FollowedSocket> sockets() {
		return this.sockets.stream();
	}

	/** Give a socket another name. */
	public void rename(FollowedSocket socket, String name) {
		SocketTracker tracker = socket.tracker();
		boolean other = !tracker.name().equals(name);
		tracker.rename(name);
		if (other) {
			this.totals.move(List.of(socket));
			this.endpoints.move(tracker.tracked());
		}
	}

	public EndpointTracker bindStarted(SocketTracker tracker, String endpoint) {
		return known(tracker.calls().bindStarted(endpoint));
	}

	/**
	 * A bind has ended.
	 * @param refusal why it failed, {@code null} if it didn't
	 */
	public void bindEnded(EndpointTracker endpoint, @Nullable Refusal refusal) {
		endpoint.socket().calls().bindEnded(endpoint, refusal);
		this.endpoints.supersede(endpoint.socket().calls().supersedeFailed(endpoint));
	}

	public EndpointTracker connectStarted(SocketTracker tracker, String endpoint) {
		return known(tracker.calls().connectStarted(endpoint));
	}

	/**
	 * A connect has succeeded.
	 * @param address what the endpoint resolved to, or {@code null} if not known
	 */
	public void connectEnded(EndpointTracker endpoint, @Nullable String address) {
		endpoint.socket().calls().connectEnded(endpoint, address);
		this.endpoints.supersede(endpoint.socket().calls().supersedeFailed(endpoint));
	}

	public void connectFailed(EndpointTracker endpoint, Refusal refusal) {
		endpoint.socket().calls().connectFailed(endpoint, refusal);
		this.endpoints.supersede(endpoint.socket().calls().supersedeFailed(endpoint));
	}

	private EndpointTracker known(EndpointTracker endpoint) {
		join(endpoint);
		if (endpoint.socket().wantsPruning()) {
			prune(endpoint.socket());
		}
		housekeepIfDue();
		return endpoint;
	}

	/** An endpoint was there before its socket was followed. */
	public void found(EndpointTracker endpoint) {
		join(endpoint);
	}

	private void join(EndpointTracker endpoint) {
		this.endpoints.join(endpoint);
		if (endpoint.socket().hasEnded()) {
			this.endpoints.leave(List.of(endpoint));
		}
	}

	/** A socket has ended. Called on the reaper's thread. */
	public void ended(FollowedSocket socket) {
		socket.tracker().end();
		if (this.sockets.remove(socket)) {
			socket.finish();
			this.ended.add(socket);
		}
	}

	@Override
	public void recorded(EventOutcome outcome) {
		this.events[outcome.type().ordinal()].increment();
		this.dispatcher.publish(outcome);
	}

	@Override
	public void adopted(EndpointTracker endpoint) {
		this.adopted.add(endpoint);
	}

	/** Bring what counts where up to date, unless that was done a moment ago. */
	public void housekeepIfDue() {
		if (this.clock.nanoTime() - this.keptAt >= HOUSEKEEPING_AGE || !this.adopted.isEmpty()
				|| !this.ended.isEmpty()) {
			housekeep();
		}
	}

	private void readEndpoints() {
		this.kernel.refresh(this.sockets);
		housekeepIfDue();
	}

	/** Bring what counts where up to date, unless another thread is at it. */
	public void housekeep() {
		if (!this.housekeeping.isHeldByCurrentThread() && this.housekeeping.tryLock()) {
			try {
				this.keptAt = this.clock.nanoTime();
				this.clock.follow();
				this.readings.report();
				for (EndpointTracker next = this.adopted.poll(); next != null; next = this.adopted.poll()) {
					join(next);
				}
				for (FollowedSocket socket : this.sockets) {
					if (socket.hasVanished()) {
						ended(socket);
					}
				}
				for (FollowedSocket next = this.ended.poll(); next != null; next = this.ended.poll()) {
					retire(next);
				}
				for (FollowedSocket socket : this.sockets) {
					prune(socket.tracker());
					if (socket.tracker().reports().isInDoubt()) {
						socket.read();
					}
					this.endpoints.collectDurations(socket.tracker());
				}
				this.endpoints.housekeep();
				this.totals.housekeep();
			}
			finally {
				this.housekeeping.unlock();
			}
		}
	}

	private void retire(FollowedSocket socket) {
		this.endpoints.collectDurations(socket.tracker());
		this.endpoints.leave(socket.tracker().tracked());
		this.totals.leave(List.of(socket));
	}

	private void prune(SocketTracker tracker) {
		this.endpoints.supersede(tracker.calls().supersedeFailed(null));
		long retained = this.clock.nanoTime() - this.settings.retainClosed().toNanos();
		this.endpoints.leave(tracker.prune(retained));
	}

	/** Copy what is known of all open sockets, without recent events and hints. */
	public List<ZmqSocketSnapshot> snapshot() {
		return snapshot(LISTED_PEERS);
	}

	/** The same with so many peers per endpoint. */
	public List<ZmqSocketSnapshot> snapshot(int peers) {
		return snapshot(sockets(), peers, false);
	}

	/** Copy all that is known of the open sockets of a name or id. */
	public List<ZmqSocketSnapshot> snapshot(String nameOrId) {
		return snapshot(sockets().filter((socket) -> socket.isCalled(nameOrId)), LISTED_PEERS, true);
	}

	private List<ZmqSocketSnapshot> snapshot(Stream<FollowedSocket> sockets, int peers, boolean detail) {
		housekeep();
		this.kernel.refresh(this.sockets);
		return sockets.sorted(BY_CREATION)
			.filter((socket) -> !socket.tracker().hasEnded())
			.map((socket) -> socket.snapshot(peers, detail, this.clock))
			.toList();
	}

	/** What there is to say about open sockets without reading their queues. */
	public List<ZmqHint> hints() {
		this.clock.follow();
		this.kernel.refresh(this.sockets, HINT_AGE);
		List<ZmqHint> hints = sockets().sorted(BY_CREATION)
			.flatMap((socket) -> socket.hints(this.clock).stream())
			.toList();
		this.hintCounts.count(hints);
		return hints;
	}

	/** How many hints of a kind hold, as of two seconds ago at most; of queues, none. */
	public long hints(ZmqHint.Kind kind) {
		return this.hintCounts.of(kind);
	}

	/** How many events of a type were seen. */
	public long events(ZmqEventType type) {
		return this.events[type.ordinal()].sum();
	}

	/** A connection came and went without a sample. Called on I/O threads. */
	public void pipeMissed() {
		this.pipesMissed.increment();
	}

	public long pipesMissed() {
		return this.pipesMissed.sum();
	}

}
