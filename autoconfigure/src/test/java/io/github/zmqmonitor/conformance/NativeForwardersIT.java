package io.github.zmqmonitor.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.monitor.MonitorFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The forwarders as programs: the one in C as the compiler makes it, and the one in
 * Python, with a REP socket that is monitored, bound and closed as in the manual page of
 * {@code zmq_socket_monitor(3)}.
 */
class NativeForwardersIT {

	@RegisterExtension
	final Scenario scenario = new Scenario();

	@RegisterExtension
	final NativeScenario natives = new NativeScenario(this.scenario, Duration.ofSeconds(20));

	private final List<Process> processes = new ArrayList<>();

	@TempDir
	static Path folder;

	private static Path program;

	@BeforeEach
	void compile() throws Exception {
		Needs.libzmq();
		Needs.compiler();
		if (program == null) {
			program = folder.resolve("forwarder");
			assertThat(run("gcc", "-Wall", "-Wextra", "-Werror", "-DZMQ_MONITOR_FORWARDER_MAIN", "-o",
					program.toString(), NativeScenario.FORWARDERS.resolve("zmq_monitor_forwarder.c").toString(),
					"-lzmq", "-pthread"))
				.isZero();
		}
	}

	@AfterEach
	void end() throws InterruptedException {
		for (Process process : this.processes) {
			process.destroyForcibly().waitFor();
		}
	}

	@Test
	void theSocketOfTheManualPageThroughC() throws Exception {
		aSocketIsMonitoredBoundAndClosed(c("orders", "bind", address()));
	}

	@Test
	void theSocketOfTheManualPageThroughPython() throws Exception {
		aSocketIsMonitoredBoundAndClosed(python("orders", "REP", "bind", address()));
	}

	private void aSocketIsMonitoredBoundAndClosed(Process process) throws Exception {
		this.scenario.awaitAll("orders", ZmqEndpointState.LISTENING, 0);
		assertThat(this.scenario.only("orders").type()).isEqualTo("REP");
		assertThat(this.scenario.answer("orders").at("/sockets/0/origin").asString()).isEqualTo("native");
		process.getOutputStream().close();
		await().untilAsserted(() -> assertThat(this.scenario.sockets()).isEmpty());
		assertThat(process.waitFor(MonitorFixture.LIMIT.toMinutes(), TimeUnit.MINUTES)).isTrue();
		assertThat(process.exitValue()).isZero();
		assertThat(this.scenario.monitor().statistics().events(ZmqEventType.MONITOR_STOPPED)).isEqualTo(1);
		assertThat(this.natives.receiver().statistics().missed()).isZero();
	}

	@Test
	void bothForwardersTellOfOneConnection() throws Exception {
		String address = address();
		c("orders", "bind", address);
		python("desk", "REQ", "connect", address);
		this.scenario.awaitAll("orders", ZmqEndpointState.LISTENING, 1);
		this.scenario.awaitAll("desk", ZmqEndpointState.CONNECTED, 1);
		Process client = c("other", "connect", address);
		this.scenario.awaitAll("orders", ZmqEndpointState.LISTENING, 2);
		this.scenario.awaitAll("other", ZmqEndpointState.CONNECTED, 1);
		client.destroyForcibly();
		this.scenario.awaitAll("orders", ZmqEndpointState.LISTENING, 1);
	}

	@Test
	void aServerThatIsKilledAndStartedAgainIsConnectedAgain() throws Exception {
		String address = address();
		Process server = c("orders", "bind", address);
		c("desk", "connect", address);
		this.scenario.awaitAll("desk", ZmqEndpointState.CONNECTED, 1);
		server.destroyForcibly().waitFor();
		this.scenario.awaitAll("desk", ZmqEndpointState.RETRYING, 0);
		c("orders", "bind", address);
		this.scenario.awaitAll("desk", ZmqEndpointState.CONNECTED, 1);
		this.scenario.awaitAll("orders", ZmqEndpointState.LISTENING, 1);
	}

	@Test
	void aTakenPortIsToldBeforeTheProgramEnds() throws Exception {
		String address = address();
		c("orders", "bind", address);
		this.scenario.awaitAll("orders", ZmqEndpointState.LISTENING, 0);
		Process other = start(List.of(program.toString(), this.natives.endpoint(), "other", "bind", address));
		assertThat(other.waitFor(MonitorFixture.LIMIT.toMinutes(), TimeUnit.MINUTES)).isTrue();
		assertThat(other.exitValue()).isEqualTo(1);
		await().untilAsserted(
				() -> assertThat(this.scenario.monitor().statistics().events(ZmqEventType.BIND_FAILED)).isEqualTo(1));
	}

	private static String address() {
		return "tcp://127.0.0.1:" + MonitorFixture.freePort();
	}

	private Process c(String name, String action, String address) throws IOException {
		return ready(start(List.of(program.toString(), this.natives.endpoint(), name, action, address)));
	}

	private Process python(String name, String type, String action, String address) throws IOException {
		Path script = NativeScenario.FORWARDERS.resolve("zmq_monitor_forwarder.py");
		return ready(start(
				List.of(Needs.PYTHON, "-B", script.toString(), this.natives.endpoint(), name, type, action, address)));
	}

	private Process start(List<String> command) throws IOException {
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		this.processes.add(process);
		return process;
	}

	private static Process ready(Process process) throws IOException {
		BufferedReader output = process.inputReader();
		assertThat(output.readLine()).isEqualTo("until the end of the input");
		return process;
	}

	private static int run(String... command) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(command).inheritIO().start();
		assertThat(process.waitFor(MonitorFixture.LIMIT.toMinutes(), TimeUnit.MINUTES)).isTrue();
		return process.exitValue();
	}

}
