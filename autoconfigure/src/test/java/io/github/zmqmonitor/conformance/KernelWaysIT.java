package io.github.zmqmonitor.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.github.zmqmonitor.internal.kernel.KernelAccess;
import io.github.zmqmonitor.internal.kernel.TcpTuple;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which way to the kernel a process takes, and whose connections it finds there.
 */
class KernelWaysIT {

	@Test
	void netlinkIsUsedWhereNativeAccessIsEnabledAndNoWarningIsProvoked() throws Exception {
		Needs.procfs();
		String java = Needs.java25();
		assertThat(run(List.of(), java)).isEqualTo("by tables found [own]");
		assertThat(run(List.of(), java, "--enable-native-access=ALL-UNNAMED")).isEqualTo("by netlink found [own]");
	}

	@Test
	void aProcessInANetworkOfItsOwnReadsItsOwnConnections() throws Exception {
		Needs.procfs();
		try (PeerNetwork network = PeerNetwork.start(); Pair pair = new Pair()) {
			List<String> inside = new ArrayList<>(network.launcher());
			inside.addAll(List.of(Needs.BASH, "-c", "ip link set lo up && exec \"$@\"", "inside"));
			assertThat(KernelAccess.open(false, 1_000_000).read(List.of(pair.tuple()))).hasSize(1);
			String java = System.getProperty("java.home") + "/bin/java";
			assertThat(run(inside, java, "-Dports=" + pair.tuple().localPort() + "," + pair.tuple().remotePort()))
				.isEqualTo("by tables found [own]");
			if (Runtime.version().feature() >= 22) {
				assertThat(run(inside, java, "--enable-native-access=ALL-UNNAMED",
						"-Dports=" + pair.tuple().localPort() + "," + pair.tuple().remotePort()))
					.isEqualTo("by netlink found [own]");
			}
		}
	}

	private static String run(List<String> launcher, String... java) throws Exception {
		List<String> command = new ArrayList<>(launcher);
		command.addAll(List.of(java));
		command.addAll(List.of("-Xmx64m", "-cp", System.getProperty("java.class.path"), Connected.class.getName()));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		try {
			// a warning would be a part of it
			return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
		}
		finally {
			process.destroyForcibly().waitFor();
		}
	}

	/**
	 * A process with a connection, which asks for that and for one of another process.
	 */
	static class Connected {

		public static void main(String[] arguments) throws IOException {
			KernelAccess access = KernelAccess.open(null, 1_000_000);
			List<String> found = new ArrayList<>();
			try (Pair pair = new Pair()) {
				if (!access.read(List.of(pair.tuple())).isEmpty()) {
					found.add("own");
				}
			}
			String ports = System.getProperty("ports");
			if (ports != null) {
				String[] both = ports.split(",");
				InetAddress loopback = InetAddress.getLoopbackAddress();
				TcpTuple other = new TcpTuple(loopback, Integer.parseInt(both[0]), loopback, Integer.parseInt(both[1]));
				if (!access.read(List.of(other)).isEmpty()) {
					found.add("other");
				}
			}
			System.out.println("by " + (access.readsInfo() ? "netlink" : "tables") + " found " + found);
		}

	}

	/**
	 * Both ends of a connection.
	 */
	private static final class Pair implements AutoCloseable {

		private final SocketChannel client;

		private final SocketChannel server;

		private Pair() throws IOException {
			try (ServerSocketChannel listener = ServerSocketChannel.open()) {
				listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
				this.client = SocketChannel.open(listener.getLocalAddress());
				this.server = listener.accept();
			}
		}

		private TcpTuple tuple() throws IOException {
			return TcpTuple.of(this.client.getLocalAddress(), this.client.getRemoteAddress());
		}

		@Override
		public void close() throws IOException {
			this.client.close();
			this.server.close();
		}

	}

}
