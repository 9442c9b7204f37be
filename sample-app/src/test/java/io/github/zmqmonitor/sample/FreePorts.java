package io.github.zmqmonitor.sample;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Places for all that the sample application listens to, so that several can run beside
 * each other.
 */
final class FreePorts {

	private static final List<String> PROPERTIES = List.of("server.port", "sample.order-port", "sample.price-port",
			"sample.vault-port", "sample.tick-port", "sample.quote-port");

	private static final int LOWEST = 20000;

	private static final int HIGHEST = 30000;

	private final Map<String, String> values = new LinkedHashMap<>();

	private FreePorts() {
	}

	static FreePorts find() {
		FreePorts ports = new FreePorts();
		Set<Integer> found = new HashSet<>();
		for (String property : PROPERTIES) {
			int port = one();
			while (!found.add(port)) {
				port = one();
			}
			ports.with(property, port);
		}
		ports.values.put("sample.invoice-name", invoiceName());
		return ports;
	}

	/**
	 * JeroMQ makes a port of an ipc name: one that is free as well.
	 */
	private static String invoiceName() {
		String name = "invoices-" + one();
		while (!isFree(Math.abs(name.hashCode()) % 55536 + 10000)) {
			name = "invoices-" + one();
		}
		return name;
	}

	/**
	 * Return a port that nobody listens to, below those that systems give to outgoing
	 * connections: none of them can take it before it is used.
	 */
	static int one() {
		for (int attempt = 0; attempt < 100; attempt++) {
			int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
			if (isFree(port)) {
				return port;
			}
		}
		throw new IllegalStateException("No free port found");
	}

	private static boolean isFree(int port) {
		if (port >= HIGHEST) {
			return false;
		}
		try (ServerSocket socket = new ServerSocket(port)) {
			return socket.isBound();
		}
		catch (IOException ex) {
			return false;
		}
	}

	FreePorts with(String property, int port) {
		this.values.put(property, String.valueOf(port));
		return this;
	}

	int get(String property) {
		return Integer.parseInt(this.values.get(property));
	}

	String[] arguments() {
		return this.values.entrySet()
			.stream()
			.map((entry) -> "--" + entry.getKey() + "=" + entry.getValue())
			.toArray(String[]::new);
	}

}
