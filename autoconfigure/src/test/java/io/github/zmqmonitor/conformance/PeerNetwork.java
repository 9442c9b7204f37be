package io.github.zmqmonitor.conformance;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A second machine on a wire of its own: a network namespace of Linux with a virtual
 * cable to this one.
 */
final class PeerNetwork implements AutoCloseable {

	/** Nobody has this address of a network card: what is sent there is lost. */
	private static final String NOWHERE = "02:00:00:00:de:ad";

	private final String name = "zm" + Long.toString(ProcessHandle.current().pid(), Character.MAX_RADIX);

	private final String near = this.name + "a";

	private final String far = this.name + "b";

	private final String prefix = "198.18." + ProcessHandle.current().pid() % 250 + ".";

	private PeerNetwork() {
	}

	/**
	 * Make the machine; where that isn't possible the test is skipped, or fails if
	 * everything has to be there.
	 */
	static PeerNetwork start() {
		Needs.networks();
		PeerNetwork network = new PeerNetwork();
		try {
			network.make();
			return network;
		}
		catch (AssertionError ex) {
			network.close();
			throw ex;
		}
	}

	private void make() {
		ip("netns", "add", this.name);
		ip("link", "add", this.near, "type", "veth", "peer", "name", this.far, "netns", this.name);
		ip("address", "add", here() + "/24", "dev", this.near);
		ip("link", "set", this.near, "up");
		for (String address : List.of(there(), elsewhere())) {
			ip("-n", this.name, "address", "add", address + "/24", "dev", this.far);
		}
		ip("-n", this.name, "link", "set", this.far, "up");
		ip("-n", this.name, "link", "set", "lo", "up");
		lose(filtered());
		ip("route", "replace", "unreachable", unroutable());
	}

	/** The address of this machine on the wire. */
	String here() {
		return this.prefix + "1";
	}

	/** The address of the other machine. */
	String there() {
		return this.prefix + "2";
	}

	/** The other address of the other machine. */
	String elsewhere() {
		return this.prefix + "3";
	}

	/** An address from which no packet ever comes back. */
	String filtered() {
		return this.prefix + "9";
	}

	/** An address to which no way leads. */
	String unroutable() {
		return this.prefix + "10";
	}

	/** A process with libzmq on the other machine. */
	LibzmqPeer peer() {
		return LibzmqPeer.start(launcher());
	}

	/** What makes a program run on the other machine. */
	List<String> launcher() {
		return List.of("ip", "netns", "exec", this.name);
	}

	/** Drop all packets, both ways, without a word to either side. */
	void partition() {
		lose(there());
		lose(elsewhere());
		ip("-n", this.name, "neighbour", "replace", here(), "lladdr", NOWHERE, "dev", this.far);
	}

	private void lose(String address) {
		ip("neighbour", "replace", address, "lladdr", NOWHERE, "dev", this.near);
	}

	/** Let packets through again. */
	void heal() {
		ip("neighbour", "delete", there(), "dev", this.near);
		ip("neighbour", "delete", elsewhere(), "dev", this.near);
		ip("-n", this.name, "neighbour", "delete", here(), "dev", this.far);
	}

	/**
	 * Let the other machine lose its power, and with it what its kernel knows of
	 * connections, and start again. Processes there are cut off for ever.
	 */
	void restart() {
		ip("link", "delete", this.near);
		ip("netns", "delete", this.name);
		make();
	}

	private static void ip(String... arguments) {
		List<String> command = new ArrayList<>(List.of("ip"));
		command.addAll(List.of(arguments));
		assertThat(Needs.runs(command.toArray(String[]::new))).as(String.join(" ", command)).isTrue();
	}

	@Override
	public void close() {
		Needs.runs("ip", "route", "delete", "unreachable", unroutable());
		// the cable goes with its end
		Needs.runs("ip", "netns", "delete", this.name);
		Needs.runs("ip", "link", "delete", this.near);
	}

}
