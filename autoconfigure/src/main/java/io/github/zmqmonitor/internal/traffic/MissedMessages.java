package io.github.zmqmonitor.internal.traffic;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.internal.support.ReadingBudget;
import io.github.zmqmonitor.model.ZmqMessages.DropReason;
import org.jspecify.annotations.Nullable;

/**
 * Messages that subscribers of one socket have missed at least, where nothing counts
 * them: subscribers with the same topics are for the same messages, so that what one has
 * got over a time and another has not was dropped. Where all are slow alike, that is
 * nothing. Safe for use by any thread; nobody waits.
 */
public final class MissedMessages {

	private static final long AGE = TimeUnit.MILLISECONDS.toNanos(250);

	/** One message can be half distributed at either end of the time. */
	private static final int HALF_DISTRIBUTED = 2;

	private final Subscribers subscribers;

	private final SocketDrops drops;

	private final MonitorClock clock;

	private final ReadingBudget.Breaker breaker;

	private final ReentrantLock lock = new ReentrantLock();

	private Map<Object, SentCount> compared = new IdentityHashMap<>(2);

	private Map<Object, SentCount.Topics> seen = Map.of();

	private long lookedAt;

	public MissedMessages(Subscribers subscribers, SocketDrops drops, MonitorClock clock,
			ReadingBudget.Breaker breaker) {
		this.subscribers = subscribers;
		this.drops = drops;
		this.clock = clock;
		this.breaker = breaker;
		this.lookedAt = clock.nanoTime() - AGE;
	}

	/** Look, unless that was done a moment ago. */
	public void lookIfDue() {
		if (this.lock.tryLock()) {
			try {
				long now = this.clock.nanoTime();
				if (now - this.lookedAt >= AGE && this.breaker.allows(now)) {
					this.lookedAt = now;
					look();
					this.breaker.ended(now);
				}
			}
			finally {
				this.lock.unlock();
			}
		}
	}

	private void look() {
		Object[] pipes = this.subscribers.pipes();
		if (pipes == null || pipes.length < 2) {
			forget();
			return;
		}
		Map<Object, SentCount> now = read(pipes);
		now.keySet().removeIf((pipe) -> !this.subscribers.isActive(pipe));
		Map<Object, SentCount> before = this.compared;
		before.entrySet().removeIf((entry) -> !entry.getValue().heardNothingUntil(now.get(entry.getKey())));
		compare(before, now);
		if (before.size() < now.size()) {
			learn(before, now);
		}
	}

	/**
	 * Read twice, so that what each had got at one moment in between is between the two.
	 */
	private Map<Object, SentCount> read(Object[] pipes) {
		Map<Object, SentCount> subscribers = new IdentityHashMap<>(pipes.length);
		for (Object pipe : pipes) {
			subscribers.put(pipe, new SentCount(this.subscribers.counts(pipe).written()));
		}
		subscribers.forEach((pipe, subscriber) -> {
			PipeCounts counts = this.subscribers.counts(pipe);
			subscriber.most = counts.written();
			subscriber.heard = counts.read();
		});
		return subscribers;
	}

	private void compare(Map<Object, SentCount> before, Map<Object, SentCount> now) {
		Map<List<String>, Long> best = new HashMap<>();
		now.forEach((pipe, until) -> {
			SentCount subscriber = before.get(pipe);
			if (subscriber != null) {
				best.merge(subscriber.topics, until.least - subscriber.most, Math::max);
			}
		});
		now.forEach((pipe, until) -> {
			SentCount subscriber = before.get(pipe);
			if (subscriber != null) {
				long got = until.most - subscriber.least;
				miss(subscriber, best.getOrDefault(subscriber.topics, got) - got - HALF_DISTRIBUTED);
			}
		});
	}

	private void miss(SentCount subscriber, long missed) {
		if (missed > subscriber.missed) {
			this.drops.add(DropReason.QUEUE_FULL, missed - subscriber.missed);
			subscriber.missed = missed;
		}
	}

	/**
	 * Topics are sure once two looks agree between which nothing was heard of the
	 * subscriber. All are compared from the same moment on.
	 */
	private void learn(Map<Object, SentCount> before, Map<Object, SentCount> now) {
		Function<Object, @Nullable List<String>> topics = this.subscribers.topics();
		if (topics == null) {
			forget();
			return;
		}
		Map<Object, SentCount.Topics> seen = new IdentityHashMap<>(now.size());
		Map<Object, SentCount> sure = new IdentityHashMap<>(now.size());
		now.forEach((pipe, subscriber) -> {
			List<String> names = topics.apply(pipe);
			if (names != null) {
				SentCount.Topics known = new SentCount.Topics(names, subscriber.heard);
				seen.put(pipe, known);
				if (known.equals(this.seen.get(pipe))) {
					subscriber.topics = names;
					sure.put(pipe, subscriber);
				}
			}
		});
		this.seen = seen;
		if (!before.keySet().containsAll(sure.keySet())) {
			this.compared = sure;
		}
	}

	private void forget() {
		this.compared = new IdentityHashMap<>(2);
		this.seen = Map.of();
	}

	/** Reads the subscribers of one socket. Never throws and waits for nobody. */
	public interface Subscribers extends PipeSource {

		/**
		 * Read the topics of all subscribers.
		 * @return the topics by pipe, {@code null} for a subscriber whose topics can't be
		 * told from others; {@code null} if they can't be read just now
		 */
		@Nullable Function<Object, @Nullable List<String>> topics();

		/** Whether a pipe is in use, and was so from its beginning. */
		boolean isActive(Object pipe);

	}

}
