package io.github.zmqmonitor.internal.traffic;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.internal.support.ReadingBudget;
import io.github.zmqmonitor.model.ZmqMessages;
import io.github.zmqmonitor.model.ZmqQueues;
import org.jspecify.annotations.Nullable;

/**
 * Messages and queues of one socket, sampled when somebody reads, when the application
 * closes something, and when a connection is lost. Nothing runs on the path of a message,
 * and neither an I/O thread nor the application's ever waits for a sample: who can't have
 * the lock goes on.
 */
public final class TrafficTracker {

	private static final long SAMPLE_AGE = TimeUnit.MILLISECONDS.toNanos(250);

	private static final int ATTEMPTS = 3;

	private static final int SMALL = 256;

	private static final TrafficTotals NOTHING = new TrafficTotals();

	private final PipeSource source;

	private final MonitorClock clock;

	private final ReadingBudget.Breaker breaker;

	private final ReentrantLock lock = new ReentrantLock();

	private final Queue<Object> left = new ConcurrentLinkedQueue<>();

	private final Queue<Object> terminated = new ConcurrentLinkedQueue<>();

	private final Map<Object, PipeCounts> ended = new WeakHashMap<>(2);

	private Map<Object, PipeCounts> pipes = new IdentityHashMap<>(2);

	private Set<Object> missing = Set.of();

	private long sentByEnded;

	private long receivedByEnded;

	private volatile int known;

	private volatile TrafficTotals latest = NOTHING;

	private volatile long sampledAt;

	private volatile boolean sampled;

	private volatile long completeAt;

	private volatile boolean complete;

	private volatile long activeAt;

	private volatile boolean active;

	private volatile boolean suspended;

	private volatile boolean finished;

	private volatile boolean incomplete;

	public TrafficTracker(PipeSource source, MonitorClock clock, ReadingBudget.Breaker breaker) {
		this.source = source;
		this.clock = clock;
		this.breaker = breaker;
	}

	/**
	 * Sample unless that was done a moment ago.
	 * @param expected how many pipes there are if each connection has got its own
	 */
	public void sampleIfDue(int expected) {
		if (isDue(this.clock.nanoTime())) {
			sample(expected);
		}
	}

	/** Whether to sample on an I/O thread at a loss: only where that takes no time. */
	public boolean isDueAtLoss(long now) {
		return isDue(now) && this.known <= SMALL;
	}

	private boolean isDue(long now) {
		return !this.finished && (!this.sampled || now - this.sampledAt >= SAMPLE_AGE);
	}

	/** Whether a sample since a time has missed no connection of that time. */
	public boolean wasSampledSince(long time) {
		return this.complete && this.completeAt - time >= 0;
	}

	/**
	 * Sample now.
	 * @param expected how many pipes there are if each connection has got its own
	 */
	public void sample(int expected) {
		long now = this.clock.nanoTime();
		if (!this.breaker.allows(now)) {
			suspend();
		}
		else if (this.lock.tryLock()) {
			try {
				Object[] current = this.finished ? null : currentPipes();
				if (current != null) {
					update(current);
					if (current.length >= expected) {
						this.completeAt = now;
						this.complete = true;
					}
				}
			}
			finally {
				this.lock.unlock();
			}
			this.breaker.ended(now);
		}
	}

	/** What has been counted stays; how long queues are isn't known. */
	private void suspend() {
		if (!this.suspended && this.lock.tryLock()) {
			try {
				if (!this.finished) {
					TrafficTotals messages = new TrafficTotals();
					messages.addMessages(this.latest.sent, this.latest.received);
					messages.suspendQueues();
					this.latest = messages;
					this.suspended = true;
				}
			}
			finally {
				this.lock.unlock();
			}
		}
	}

	/**
	 * Sample on the thread that owns the socket, where it is exact. If somebody else is
	 * at it just now, the pipes are left for the next sample: what they have counted
	 * stays in them.
	 */
	public void sampleExactly() {
		Object[] current = currentPipes();
		if (current != null && this.lock.tryLock()) {
			try {
				if (!this.finished) {
					update(current);
				}
			}
			finally {
				this.lock.unlock();
			}
		}
		else if (current != null && !this.finished) {
			for (Object pipe : current) {
				if (pipe != null) {
					this.left.add(pipe);
				}
			}
		}
	}

	private Object @Nullable [] currentPipes() {
		for (int i = 0; i < ATTEMPTS; i++) {
			Object[] pipes = this.source.pipes();
			if (pipes != null) {
				return pipes;
			}
		}
		return null;
	}

	/** A pipe has ended: its counts are final. Called on the thread of the socket. */
	public void pipeEnded(Object pipe) {
		this.terminated.add(pipe);
		if (this.lock.tryLock()) {
			try {
				takeTerminated();
			}
			finally {
				this.lock.unlock();
			}
		}
	}

	private void takeTerminated() {
		for (Object pipe = this.terminated.poll(); pipe != null; pipe = this.terminated.poll()) {
			end(pipe, this.pipes.remove(pipe));
		}
	}

	private void update(Object[] current) {
		takeLeft();
		takeTerminated();
		Map<Object, PipeCounts> counts = new IdentityHashMap<>(current.length);
		for (Object pipe : current) {
			if (pipe != null && !this.ended.containsKey(pipe)) {
				counts.put(pipe, this.source.counts(pipe).notBelow(this.pipes.get(pipe)));
			}
		}
		this.missing = keepMissing(counts);
		this.pipes = counts;
		this.known = counts.size();
		publish();
	}

	/**
	 * A pipe that is missing for the first time can be on its way from one of JeroMQ's
	 * places to another; one that is missing again is gone.
	 */
	private Set<Object> keepMissing(Map<Object, PipeCounts> counts) {
		Set<Object> missing = Collections.newSetFromMap(new IdentityHashMap<>(2));
		this.pipes.forEach((pipe, earlier) -> {
			if (!counts.containsKey(pipe)) {
				if (this.missing.contains(pipe)) {
					end(pipe, earlier);
				}
				else {
					missing.add(pipe);
				}
			}
		});
		missing.forEach((pipe) -> {
			PipeCounts earlier = this.pipes.get(pipe);
			counts.put(pipe, this.source.counts(pipe).notBelow(earlier).withoutQueues());
		});
		return missing;
	}

	private void takeLeft() {
		for (Object pipe = this.left.poll(); pipe != null; pipe = this.left.poll()) {
			if (!this.ended.containsKey(pipe)) {
				this.pipes.computeIfAbsent(pipe, this.source::counts);
			}
		}
	}

	/**
	 * A pipe that is gone from the socket keeps its final counts. It counts once, though
	 * the other end can lead to it for a while.
	 */
	private void end(Object pipe, @Nullable PipeCounts earlier) {
		PipeCounts last = this.source.counts(pipe).notBelow(earlier);
		PipeCounts before = this.ended.put(pipe, last);
		this.sentByEnded += last.written() - ((before != null) ? before.written() : 0);
		this.receivedByEnded += last.read() - ((before != null) ? before.read() : 0);
	}

	private void publish() {
		TrafficTotals sample = new TrafficTotals();
		sample.addMessages(this.sentByEnded, this.receivedByEnded);
		this.pipes.values().forEach(sample::add);
		long now = this.clock.nanoTime();
		TrafficTotals before = this.latest;
		if (sample.sent != before.sent || sample.received != before.received) {
			this.active = true;
			this.activeAt = now;
		}
		this.latest = sample;
		this.suspended = false;
		this.sampledAt = now;
		this.sampled = true;
	}

	/**
	 * The socket has ended: take the final counts of all pipes known. Called on the
	 * reaper's thread, once the owner has let go of the socket.
	 */
	public void finish() {
		this.lock.lock();
		try {
			if (!this.finished) {
				takeLeft();
				takeTerminated();
				this.pipes.forEach(this::end);
				this.pipes = Map.of();
				this.known = 0;
				publish();
				this.finished = true;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Pipes can have come and gone that nobody has reported. */
	public void incomplete() {
		this.incomplete = true;
	}

	public TrafficTotals latest() {
		return this.latest;
	}

	/**
	 * What was last sampled, for users.
	 * @param detail whether to list the fullest queues
	 * @return what was sampled, {@code null} while nothing is
	 */
	public @Nullable TrafficView view(boolean detail) {
		if (this.suspended) {
			return null;
		}
		TrafficTotals sample = this.latest;
		Instant activity = this.active ? this.clock.instantAt(this.activeAt) : null;
		return new TrafficView(
				new ZmqMessages(sample.sent, sample.received, this.incomplete ? Boolean.TRUE : null, null, null),
				new ZmqQueues(sample.sentQueues.snapshot(), sample.receivedQueues.snapshot()), activity,
				detail ? fullest() : null);
	}

	private List<ZmqQueues> fullest() {
		List<PipeCounts> counts = new ArrayList<>();
		this.lock.lock();
		try {
			this.pipes.forEach((pipe, count) -> {
				if (!this.missing.contains(pipe)) {
					counts.add(count);
				}
			});
		}
		finally {
			this.lock.unlock();
		}
		return PipeCounts.fullest(counts);
	}

}
