package io.github.zmqmonitor.internal.history;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.zmqmonitor.internal.rules.EventValues;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.model.ZmqErrorSnapshot;
import io.github.zmqmonitor.model.ZmqEventType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FailuresTests {

	private static final int ERRORS = 50_000;

	private final Failures failures = new Failures(new EventValues(IntStream.range(0, ERRORS)
		.boxed()
		.collect(Collectors.toMap((number) -> number, (number) -> "E" + number))));

	@Test
	void kindsAreBoundedAndTheRestCountsTogether() {
		for (int number = 0; number < ERRORS; number++) {
			this.failures.add(ZmqEventType.ACCEPT_FAILED, number, null, 0);
		}
		Map<FailureKind, Long> counts = new HashMap<>();
		this.failures.addTo(counts);
		assertThat(counts).hasSize(33)
			.containsEntry(new FailureKind("accept", "E0"), 1L)
			.containsEntry(new FailureKind("accept", "OTHER"), ERRORS - 32L);
		assertThat(this.failures.count(ZmqEventType.ACCEPT_FAILED)).isEqualTo(ERRORS);
	}

	@Test
	void theLastErrorIsThatOfItsKind() {
		this.failures.add(ZmqEventType.BIND_FAILED, 1, "said", 0);
		this.failures.add(ZmqEventType.CONNECT_FAILED, 2, null, 0);
		this.failures.add(ZmqEventType.BIND_FAILED, 1, "said again", 0);
		ZmqErrorSnapshot last = this.failures.lastError(new MonitorClock());
		assertThat(last.operation()).isEqualTo("bind");
		assertThat(last.error()).isEqualTo("E1");
		assertThat(last.detail()).isEqualTo("said again");
		assertThat(last.count()).isEqualTo(2);
	}

}
