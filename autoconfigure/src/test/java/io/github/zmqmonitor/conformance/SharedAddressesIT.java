package io.github.zmqmonitor.conformance;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.zmqmonitor.monitor.MonitorFixture;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random scripts over endpoints that share addresses and ports, against an oracle that
 * knows nothing of events: after each step the view has to be what the script has made
 * true. In a JVM of its own, whose names the script can change.
 */
class SharedAddressesIT {

	@TempDir
	private Path directory;

	@ParameterizedTest
	@CsvSource({ "auto, 1, DEALER, ROUTER", "auto, 2, CLIENT, SERVER", "auto, 3, DEALER, ROUTER",
			"auto, 7, SCATTER, GATHER", "auto, 8, DEALER, ROUTER", "beans, 4, DEALER, ROUTER",
			"beans, 5, CLIENT, SERVER", "beans, 6, SCATTER, GATHER" })
	void theViewIsWhatTheScriptHasMadeTrue(String instrumentation, long seed, String type, String serverType)
			throws Exception {
		Path hosts = this.directory.resolve("hosts");
		Process process = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-cp",
				System.getProperty("java.class.path"), "-Djdk.net.hosts.file=" + hosts, "-Dsun.net.inetaddr.ttl=0",
				"-Dsun.net.inetaddr.negative.ttl=0", SharedAddresses.class.getName(), instrumentation,
				Long.toString(seed), type, serverType, hosts.toString())
			.redirectErrorStream(true)
			.start();
		try (BufferedReader output = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
			List<String> lines = output.lines().toList();
			assertThat(process.waitFor(MonitorFixture.LIMIT.toMinutes(), TimeUnit.MINUTES)).isTrue();
			assertThat(lines).as(String.join("\n", lines)).endsWith("RESULT as expected");
		}
		finally {
			process.destroyForcibly().waitFor();
		}
	}

}
