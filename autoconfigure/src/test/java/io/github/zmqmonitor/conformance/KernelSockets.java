package io.github.zmqmonitor.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The TCP sockets of a process as Linux shows them.
 *
 * @param listeners the ports that it listens at
 * @param connections its established connections: the address on its side, a blank, and
 * that of the peer
 */
record KernelSockets(Set<Integer> listeners, Set<String> connections) {

	private static final String LISTEN = "0A";

	private static final String ESTABLISHED = "01";

	/**
	 * Read those of a process.
	 * @param except the port of its sockets that are left out
	 */
	static KernelSockets of(long process, int except) throws IOException {
		Set<String> own = inodes(process);
		KernelSockets sockets = new KernelSockets(new TreeSet<>(), new TreeSet<>());
		for (String table : List.of("tcp", "tcp6")) {
			Path file = Path.of("/proc/" + process + "/net/" + table);
			List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
			for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
				String[] fields = line.strip().split("\\s+");
				int port = port(fields[1]);
				if (own.contains(fields[9]) && port != except) {
					sockets.add(fields[3], port, fields[1], fields[2]);
				}
			}
		}
		return sockets;
	}

	private void add(String state, int port, String local, String remote) throws IOException {
		if (state.equals(LISTEN)) {
			this.listeners.add(port);
		}
		else if (state.equals(ESTABLISHED)) {
			this.connections.add(address(local) + " " + address(remote));
		}
	}

	private static Set<String> inodes(long process) throws IOException {
		Set<String> inodes = new HashSet<>();
		try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + process + "/fd"))) {
			for (Path descriptor : descriptors.toList()) {
				try {
					String target = Files.readSymbolicLink(descriptor).toString();
					if (target.startsWith("socket:[")) {
						inodes.add(target.substring("socket:[".length(), target.length() - 1));
					}
				}
				catch (NoSuchFileException ex) {
					// closed meanwhile
				}
			}
		}
		return inodes;
	}

	private static int port(String address) {
		return Integer.parseInt(address.substring(address.indexOf(':') + 1), 16);
	}

	/**
	 * An address as the JDK writes it. The kernel writes words of four bytes, the last
	 * one first.
	 */
	private static String address(String hexadecimal) throws IOException {
		String host = hexadecimal.substring(0, hexadecimal.indexOf(':'));
		byte[] bytes = new byte[host.length() / 2];
		for (int i = 0; i < bytes.length; i++) {
			int at = i / 4 * 4 + 3 - i % 4;
			bytes[at] = (byte) Integer.parseInt(host.substring(2 * i, 2 * i + 2), 16);
		}
		return InetAddress.getByAddress(bytes).getHostAddress() + ":" + port(hexadecimal);
	}

}
