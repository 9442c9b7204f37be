package io.github.zmqmonitor.conformance;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A network namespace with a cable to this one, that can be cut. Gone when closed.
 */
final class NetworkNamespace implements AutoCloseable {

	private final String name = "zmq-monitor-" + ProcessHandle.current().pid();

	private final String near = "zm" + ProcessHandle.current().pid();

	private final String far = this.near + "p";

	private final String subnet;

	NetworkNamespace() {
		Needs.networkNamespaces();
		// a range that is set aside for tests of networks
		this.subnet = "198.18." + ProcessHandle.current().pid() % 250 + ".";
		ip("netns", "add", this.name);
		ip("link", "add", this.near, "type", "veth", "peer", "name", this.far, "netns", this.name);
		ip("address", "add", this.subnet + "1/30", "dev", this.near);
		ip("link", "set", this.near, "up");
		ip("-n", this.name, "address", "add", address() + "/30", "dev", this.far);
		mend();
	}

	/**
	 * The address on the other side.
	 */
	String address() {
		return this.subnet + "2";
	}

	/**
	 * What makes a program run on the other side.
	 */
	List<String> launcher() {
		return List.of("ip", "netns", "exec", this.name);
	}

	/**
	 * From now on nothing that is sent arrives, and nobody says so.
	 */
	void cut() {
		ip("-n", this.name, "link", "set", this.far, "down");
	}

	void mend() {
		ip("-n", this.name, "link", "set", this.far, "up");
	}

	private static void ip(String... arguments) {
		List<String> command = new ArrayList<>(List.of("ip"));
		command.addAll(List.of(arguments));
		assertThat(Needs.runs(command.toArray(String[]::new))).as(String.join(" ", command)).isTrue();
	}

	@Override
	public void close() {
		ip("netns", "delete", this.name);
	}

}
