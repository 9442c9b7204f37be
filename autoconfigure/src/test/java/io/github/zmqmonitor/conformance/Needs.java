package io.github.zmqmonitor.conformance;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;

import io.github.zmqmonitor.monitor.MonitorFixture;
import org.junit.jupiter.api.Assumptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a test needs of the machine. Where it is missing the test is skipped, or fails if
 * {@code zmqmonitor.require-peers} says that everything has to be there.
 */
final class Needs {

	static final String PYTHON = "/usr/bin/python3";

	static final String BASH = "/bin/bash";

	private static final boolean LIBZMQ = runs(PYTHON, "-c", "import zmq");

	private static final boolean COMPILER = new File("/usr/include/zmq.h").exists() && runs("gcc", "--version");

	private Needs() {
	}

	static void libzmq() {
		that(LIBZMQ, "libzmq for Python (Debian's python3-zmq)");
	}

	static void compiler() {
		that(COMPILER, "a compiler and the headers of libzmq (Debian's gcc, libc6-dev and libzmq3-dev)");
	}

	static void bash() {
		that(new File(BASH).canExecute(), "bash");
	}

	/**
	 * The launcher of a Java 25: that of this JVM, or one beside it. Nobody has to have
	 * one.
	 */
	static String java25() {
		File home = new File(System.getProperty("java.home"));
		File[] others = home.getParentFile().listFiles((file) -> file.getName().contains("25"));
		if (Runtime.version().feature() < 25 && others != null && others.length > 0) {
			home = others[0];
		}
		String java = home + "/bin/java";
		Assumptions.assumeTrue(runs(java, "-XX:AOTMode=auto", "-version"),
				"skipped: needs Java 25, as this one or beside it");
		return java;
	}

	/**
	 * The right to make networks, looked for by making one.
	 */
	static void networks() {
		String name = "zmneeds" + Long.toString(ProcessHandle.current().pid(), Character.MAX_RADIX);
		boolean made = runs("ip", "netns", "add", name);
		boolean entered = made && runs("ip", "netns", "exec", name, "true");
		that(made && runs("ip", "netns", "delete", name) && entered,
				"network namespaces of Linux, and the right to make them (root, and Debian's iproute2)");
	}

	static void procfs() {
		that(new File("/proc/self/net/tcp").canRead(), "what Linux shows of sockets (/proc/self/net/tcp)");
	}

	static void ipV6() {
		boolean there;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
			there = socket.isBound();
		}
		catch (IOException ex) {
			there = false;
		}
		that(there, "an address of IPv6 for this machine itself (::1)");
	}

	private static void that(boolean there, String what) {
		if (Boolean.getBoolean("zmqmonitor.require-peers")) {
			assertThat(there).as("required, but not there: " + what).isTrue();
		}
		Assumptions.assumeTrue(there, () -> "skipped: needs " + what);
	}

	/**
	 * Whether a program is there and ends well.
	 */
	static boolean runs(String... command) {
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			if (!process.waitFor(MonitorFixture.LIMIT.toMinutes(), TimeUnit.MINUTES)) {
				process.destroyForcibly();
				return false;
			}
			return process.exitValue() == 0;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
