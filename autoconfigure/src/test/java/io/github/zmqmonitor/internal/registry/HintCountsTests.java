package io.github.zmqmonitor.internal.registry;

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.model.ZmqHint;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HintCountsTests {

	private static final ZmqHint FLAPPING = new ZmqHint(ZmqHint.Kind.FLAPPING, "dealer-1", "orders", null, "");

	private long now;

	private int looks;

	private List<ZmqHint> hints = List.of(FLAPPING, FLAPPING);

	private final HintCounts counts = new HintCounts(this::look, new MonitorClock(() -> this.now, () -> 0));

	@Test
	void allKindsShareOneLook() {
		assertThat(this.counts.of(ZmqHint.Kind.FLAPPING)).isEqualTo(2);
		assertThat(this.counts.of(ZmqHint.Kind.PROBES)).isZero();
		assertThat(this.looks).isEqualTo(1);
	}

	@Test
	void aLookIsRepeatedWhenItIsOld() {
		this.counts.of(ZmqHint.Kind.FLAPPING);
		this.hints = List.of();
		pass(1);
		assertThat(this.counts.of(ZmqHint.Kind.FLAPPING)).isEqualTo(2);
		pass(1);
		assertThat(this.counts.of(ZmqHint.Kind.FLAPPING)).isZero();
		assertThat(this.looks).isEqualTo(2);
	}

	@Test
	void aLookOfSomebodyElseServesAsWell() {
		for (int i = 0; i < 10; i++) {
			this.counts.count(this.hints);
			pass(1);
			assertThat(this.counts.of(ZmqHint.Kind.FLAPPING)).isEqualTo(2);
		}
		assertThat(this.looks).isZero();
	}

	private List<ZmqHint> look() {
		this.looks++;
		return this.hints;
	}

	private void pass(long seconds) {
		this.now += TimeUnit.SECONDS.toNanos(seconds);
	}

}
