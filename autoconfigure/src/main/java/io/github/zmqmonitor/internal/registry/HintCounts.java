package io.github.zmqmonitor.internal.registry;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.github.zmqmonitor.model.ZmqHint;
import org.jspecify.annotations.Nullable;

/**
 * How many hints of each kind there are, looked for at most once a second. Safe for use
 * by any thread.
 */
final class HintCounts {

	private static final long AGE = TimeUnit.SECONDS.toNanos(1);

	private final Supplier<List<ZmqHint>> hints;

	private final LongSupplier time;

	private volatile @Nullable Counted last;

	HintCounts(Supplier<List<ZmqHint>> hints, LongSupplier time) {
		this.hints = hints;
		this.time = time;
	}

	long of(ZmqHint.Kind kind) {
		Counted last = this.last;
		if (last == null || this.time.getAsLong() - last.at >= AGE) {
			last = count();
		}
		return last.numbers.getOrDefault(kind, 0L);
	}

	private synchronized Counted count() {
		Counted last = this.last;
		long now = this.time.getAsLong();
		if (last == null || now - last.at >= AGE) {
			Map<ZmqHint.Kind, Long> numbers = new EnumMap<>(ZmqHint.Kind.class);
			this.hints.get().forEach((hint) -> numbers.merge(hint.kind(), 1L, Long::sum));
			last = new Counted(now, numbers);
			this.last = last;
		}
		return last;
	}

	private record Counted(long at, Map<ZmqHint.Kind, Long> numbers) {
	}

}
