package io.github.zmqmonitor.monitor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import zmq.SocketBase;
import zmq.pipe.Pipe;

/**
 * Messages and queues of one socket, sampled when somebody reads, when the application
 * closes something, and when a connection is lost. Nothing runs on the path of a message,
 * and neither an I/O thread nor the application's ever waits for a sample: who can't have
 * the lock goes on.
 */
final class TrafficTracker {

	private static final long SAMPLE_AGE = TimeUnit.MILLISECONDS.toNanos(250);

	private static final int ATTEMPTS = 3;

	private static final int SMALL = 256;

	private static final int LISTED_PIPES = 10;

	private static final TrafficSample NOTHING = new TrafficSample();

	private final PipeAccess access;

	private final SocketBase socket;

	private final MonitorClock clock;

	private final ReentrantLock lock = new ReentrantLock();

	private Map<Pipe, PipeCounts> pipes = new IdentityHashMap<>(2);

	private volatile Pipe @Nullable [] left;

	private long sentByEnded;

	private long receivedByEnded;

	private volatile TrafficSample latest = NOTHING;

	private volatile long sampledAt;

	private volatile boolean sampled;

	private volatile long completeAt;

	private volatile boolean complete;

	private volatile long activeAt;

	private volatile boolean active;

	private volatile boolean finished;

	TrafficTracker(PipeAccess access, SocketBase socket, MonitorClock clock) {
		this.access = access;
		this.socket = socket;
		this.clock = clock;
	}

	/**
	 * Sample unless that was done a moment ago.
	 * @param expected how many pipes there are if each connection has got its own
	 */
	void sampleIfDue(int expected) {
		if (isDue(this.clock.nanoTime())) {
			sample(expected);
		}
	}

	/**
	 * Whether to sample on an I/O thread, where a connection is being lost: only where
	 * that takes no time.
	 */
	boolean isDueAtLoss(long now) {
		return isDue(now) && this.pipes.size() <= SMALL;
	}

	private boolean isDue(long now) {
		return !this.finished && (!this.sampled || now - this.sampledAt >= SAMPLE_AGE);
	}

	/**
	 * Whether a sample was taken since a time that missed no connection of that time.
	 */
	boolean wasSampledSince(long time) {
		return this.complete && this.completeAt - time >= 0;
	}

	/**
	 * Sample now.
	 * @param expected how many pipes there are if each connection has got its own
	 */
	void sample(int expected) {
		long now = this.clock.nanoTime();
		if (this.lock.tryLock()) {
			try {
				Pipe[] current = this.finished ? null : currentPipes();
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
		}
	}

	/**
	 * Sample on the thread that owns the socket, where it is exact. If somebody else is
	 * at it just now, the pipes are left for the next sample: what they have counted
	 * stays in them.
	 */
	void sampleExactly() {
		Pipe[] current = currentPipes();
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
		else {
			this.left = current;
		}
	}

	private Pipe @Nullable [] currentPipes() {
		for (int i = 0; i < ATTEMPTS; i++) {
			Pipe[] pipes = this.access.pipes(this.socket);
			if (pipes != null) {
				return pipes;
			}
		}
		return null;
	}

	private void update(Pipe[] current) {
		takeLeft();
		Map<Pipe, PipeCounts> counts = new IdentityHashMap<>(current.length);
		for (Pipe pipe : current) {
			if (pipe != null) {
				counts.put(pipe, this.access.counts(pipe).notBelow(this.pipes.get(pipe)));
			}
		}
		this.pipes.forEach((pipe, earlier) -> {
			if (!counts.containsKey(pipe)) {
				end(pipe, earlier);
			}
		});
		this.pipes = counts;
		publish();
	}

	private void takeLeft() {
		Pipe[] left = this.left;
		if (left != null) {
			this.left = null;
			for (Pipe pipe : left) {
				if (pipe != null) {
					this.pipes.computeIfAbsent(pipe, this.access::counts);
				}
			}
		}
	}

	/**
	 * A pipe that is gone from the socket keeps its final counts.
	 */
	private void end(Pipe pipe, PipeCounts earlier) {
		PipeCounts last = this.access.counts(pipe).notBelow(earlier);
		this.sentByEnded += last.written();
		this.receivedByEnded += last.read();
	}

	private void publish() {
		TrafficSample sample = new TrafficSample();
		sample.addMessages(this.sentByEnded, this.receivedByEnded);
		this.pipes.values().forEach(sample::add);
		long now = this.clock.nanoTime();
		TrafficSample before = this.latest;
		if (sample.sent != before.sent || sample.received != before.received) {
			this.active = true;
			this.activeAt = now;
		}
		this.latest = sample;
		this.sampledAt = now;
		this.sampled = true;
	}

	/**
	 * The socket has ended: take the final counts of all pipes known. Called on the
	 * reaper's thread, once the owner has let go of the socket.
	 */
	void finish() {
		this.lock.lock();
		try {
			if (!this.finished) {
				takeLeft();
				this.pipes.forEach(this::end);
				this.pipes = Map.of();
				publish();
				this.finished = true;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	TrafficSample latest() {
		return this.latest;
	}

	ZmqTrafficSnapshot snapshot(boolean pipes) {
		TrafficSample sample = this.latest;
		Instant activity = this.active ? this.clock.instantAt(this.activeAt) : null;
		return new ZmqTrafficSnapshot(sample.sent, sample.received, sample.sentQueues.snapshot(),
				sample.receivedQueues.snapshot(), activity, pipes ? fullestPipes() : List.of());
	}

	private List<ZmqPipeSnapshot> fullestPipes() {
		List<PipeCounts> counts;
		this.lock.lock();
		try {
			counts = new ArrayList<>(this.pipes.values());
		}
		finally {
			this.lock.unlock();
		}
		return counts.stream()
			.sorted(Comparator.comparingDouble(PipeCounts::utilization)
				.thenComparingLong((pipe) -> pipe.sent().size() + pipe.received().size())
				.reversed())
			.limit(LISTED_PIPES)
			.map((pipe) -> new ZmqPipeSnapshot(queue(pipe.sent()), queue(pipe.received())))
			.toList();
	}

	private static ZmqQueueSnapshot queue(PipeCounts.Queue queue) {
		QueueSample sample = new QueueSample();
		sample.add(queue);
		return sample.snapshot();
	}

}
