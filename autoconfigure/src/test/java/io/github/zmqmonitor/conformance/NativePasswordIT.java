package io.github.zmqmonitor.conformance;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.monitor.MonitorFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Forwarders and a receiver that share a password, and those that don't.
 */
class NativePasswordIT {

	private static final String PASSWORD = "s3cret";

	@RegisterExtension
	final Scenario scenario = new Scenario();

	@RegisterExtension
	final NativeScenario natives = new NativeScenario(this.scenario, Duration.ofSeconds(20), PASSWORD);

	private final List<Process> processes = new ArrayList<>();

	@TempDir
	Path folder;

	@AfterEach
	void end() throws InterruptedException {
		for (Process process : this.processes) {
			process.destroyForcibly().waitFor();
		}
	}

	@Test
	void theForwarderInPythonSendsThePasswordOfItsEnvironment() throws Exception {
		Needs.libzmq();
		start(python("wrong"), "another");
		start(python("none"), "");
		start(python("orders"), PASSWORD);
		this.scenario.awaitAll("orders", ZmqEndpointState.LISTENING, 0);
		// which side ends a refused connection first differs, and only the receiver's own
		// ends are counted
		await().during(Duration.ofSeconds(3)).untilAsserted(() -> assertThat(this.scenario.sockets()).hasSize(1));
	}

	@Test
	void theForwarderInCSendsThePasswordOfItsEnvironment() throws Exception {
		Needs.libzmq();
		Needs.compiler();
		Path program = this.folder.resolve("forwarder");
		Process compiler = new ProcessBuilder("gcc", "-Wall", "-Wextra", "-Werror", "-DZMQ_MONITOR_FORWARDER_MAIN",
				"-o", program.toString(), NativeScenario.FORWARDERS.resolve("zmq_monitor_forwarder.c").toString(),
				"-lzmq", "-pthread")
			.inheritIO()
			.start();
		assertThat(compiler.waitFor()).isZero();
		start(List.of(program.toString(), this.natives.endpoint(), "orders", "bind", address()), PASSWORD);
		this.scenario.awaitAll("orders", ZmqEndpointState.LISTENING, 0);
	}

	private List<String> python(String name) {
		return List.of(Needs.PYTHON, "-B", NativeScenario.FORWARDERS.resolve("zmq_monitor_forwarder.py").toString(),
				this.natives.endpoint(), name, "REP", "bind", address());
	}

	private static String address() {
		return "tcp://127.0.0.1:" + MonitorFixture.freePort();
	}

	private void start(List<String> command, String password) throws Exception {
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().put("ZMQ_MONITOR_NATIVE_PASSWORD", password);
		Process process = builder.start();
		this.processes.add(process);
		BufferedReader output = process.inputReader();
		assertThat(output.readLine()).isEqualTo("until the end of the input");
	}

}
