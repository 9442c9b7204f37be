package io.github.zmqmonitor;

import io.github.zmqmonitor.internal.support.MonitorErrors;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NoErrorsExtensionTests {

	@Test
	@ProvokesErrors
	void everyFailureOfEveryMonitorCounts() {
		long before = MonitorErrors.total();
		MonitorErrors errors = new MonitorErrors();
		errors.event();
		errors.silentListener();
		errors.listener("of the test", new IllegalStateException());
		errors.instrumentation("of the test", new IllegalStateException());
		assertThat(MonitorErrors.total() - before).isEqualTo(4);
	}

}
