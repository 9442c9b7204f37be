package io.github.zmqmonitor.autoconfigure;

import io.github.zmqmonitor.internal.instrument.InstrumentationOutcome;
import io.github.zmqmonitor.internal.instrument.InstrumentationOutcome.Status;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ZmqMonitorReportTests {

	@Test
	void whereClassesAreChangedItSaysWhatIsNotCounted() {
		InstrumentationOutcome installed = new InstrumentationOutcome(Status.INSTALLED, null);
		assertThat(ZmqMonitorReport.describe(2, 1, installed, null)).isEqualTo(
				"Monitoring 2 ZeroMQ sockets in 1 context, found by changed classes of JeroMQ: every socket of this JVM");
		assertThat(ZmqMonitorReport.describe(1, 2, installed, "zmq/socket/LB has no more Z"))
			.isEqualTo("Monitoring 1 ZeroMQ socket in 2 contexts, found by changed classes of JeroMQ: every socket of"
					+ " this JVM; dropped messages are not counted (zmq/socket/LB has no more Z)");
	}

	@Test
	void whereSocketsAreFoundByBeansItSaysWhatIsMissing() {
		String found = "Monitoring 1 ZeroMQ socket in 1 context, found by beans: sockets of contexts that are no beans are"
				+ " not seen, and dropped messages are not counted, but for a lower bound of PUB and XPUB ";
		assertThat(ZmqMonitorReport.describe(1, 1, null, "JeroMQ's classes are as they were"))
			.isEqualTo(found + "(zmq.monitor.instrumentation=beans)");
		assertThat(ZmqMonitorReport.describe(1, 1, new InstrumentationOutcome(Status.NAMED_MODULE, "org.zeromq.jeromq"),
				"JeroMQ's classes are as they were"))
			.isEqualTo(found + "(JeroMQ is a named module)");
	}

}
