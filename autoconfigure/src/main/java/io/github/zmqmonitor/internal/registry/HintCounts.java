package io.github.zmqmonitor.internal.registry;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.model.ZmqHint;
import org.jspecify.annotations.Nullable;

/**
 * How many hints of each kind there are, as of when somebody last looked for all, which
 * the log does each second. Safe for use by any thread.
 */
final class HintCounts {

	private static final long AGE = TimeUnit.SECONDS.toNanos(2);

	private final Supplier<List<ZmqHint>> hints;

	private final MonitorClock clock;

	private volatile @Nullable Counted last;

	HintCounts(Supplier<List<ZmqHint>> hints, MonitorClock clock) {
		this.hints = hints;
		this.clock = clock;
	}

	long of(ZmqHint.Kind kind) {
		Counted last = this.last;
		if (last == null || this.clock.nanoTime() - last.at >= AGE) {
			last = count(this.hints.get());
		}
		return last.numbers.getOrDefault(kind, 0L);
	}

	/** Count all hints that there are now. */
	Counted count(List<ZmqHint> hints) {
		Map<ZmqHint.Kind, Long> numbers = new EnumMap<>(ZmqHint.Kind.class);
		hints.forEach((hint) -> numbers.merge(hint.kind(), 1L, Long::sum));
		Counted counted = new Counted(this.clock.nanoTime(), numbers);
		this.last = counted;
		return counted;
	}

	record Counted(long at, Map<ZmqHint.Kind, Long> numbers) {
	}

}
