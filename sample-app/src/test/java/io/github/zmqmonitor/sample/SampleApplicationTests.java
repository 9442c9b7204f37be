package io.github.zmqmonitor.sample;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class SampleApplicationTests {

	private static final List<String> PORTS = List.of("server.port", "sample.order-port", "sample.price-port",
			"sample.vault-port", "sample.tick-port", "sample.quote-port");

	@Test
	void startsAndStops() throws Exception {
		ConfigurableApplicationContext context = run(freePorts());
		assertThat(context.isRunning()).isTrue();
		context.close();
		assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
			.noneMatch((name) -> name.startsWith("reaper") || name.startsWith("iothread"));
	}

	@Test
	void aTakenPortIsAClearMessage(CapturedOutput output) throws Exception {
		try (ServerSocket taken = new ServerSocket(0)) {
			List<String> arguments = freePorts();
			arguments.removeIf((argument) -> argument.startsWith("--sample.price-port="));
			arguments.add("--sample.price-port=" + taken.getLocalPort());
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> run(arguments));
			assertThat(output).contains("could not listen at tcp://*:" + taken.getLocalPort() + ": it is taken")
				.contains("--sample.price-port=<value>");
		}
	}

	private static ConfigurableApplicationContext run(List<String> arguments) {
		return SpringApplication.run(SampleApplication.class, arguments.toArray(String[]::new));
	}

	private static List<String> freePorts() throws IOException {
		List<String> arguments = new ArrayList<>();
		List<ServerSocket> sockets = new ArrayList<>();
		for (String property : PORTS) {
			ServerSocket socket = new ServerSocket(0);
			sockets.add(socket);
			arguments.add("--" + property + "=" + socket.getLocalPort());
		}
		for (ServerSocket socket : sockets) {
			socket.close();
		}
		arguments.add("--sample.invoice-name=invoices-" + System.nanoTime());
		return arguments;
	}

}
