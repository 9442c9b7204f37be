package io.github.zmqmonitor.sample;

import java.net.ServerSocket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static io.github.zmqmonitor.sample.LivePage.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class SampleApplicationTests {

	@Test
	void startsAndStops() throws Exception {
		ConfigurableApplicationContext context = run(FreePorts.find());
		assertThat(context.isRunning()).isTrue();
		context.close();
		eventually().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
			.noneMatch((name) -> name.startsWith("reaper") || name.startsWith("iothread")));
	}

	@Test
	void aTakenPortIsAClearMessage(CapturedOutput output) throws Exception {
		try (ServerSocket taken = new ServerSocket(0)) {
			FreePorts ports = FreePorts.find().with("sample.price-port", taken.getLocalPort());
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> run(ports));
			assertThat(output).contains("could not listen at tcp://*:" + taken.getLocalPort() + ": it is taken")
				.contains("--sample.price-port=<value>");
		}
	}

	private static ConfigurableApplicationContext run(FreePorts ports) {
		return SpringApplication.run(SampleApplication.class, ports.arguments());
	}

}
