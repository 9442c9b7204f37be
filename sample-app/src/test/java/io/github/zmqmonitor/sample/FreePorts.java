package io.github.zmqmonitor.sample;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Places for all that the sample application listens to, so that several can run beside
 * each other.
 */
final class FreePorts {

	private static final List<String> PROPERTIES = List.of("server.port", "sample.order-port", "sample.price-port",
			"sample.vault-port", "sample.tick-port", "sample.quote-port");

	private final Map<String, String> values = new LinkedHashMap<>();

	private FreePorts() {
	}

	static FreePorts find() throws IOException {
		FreePorts ports = new FreePorts();
		List<ServerSocket> sockets = new ArrayList<>();
		for (String property : PROPERTIES) {
			ServerSocket socket = new ServerSocket(0);
			sockets.add(socket);
			ports.values.put(property, String.valueOf(socket.getLocalPort()));
		}
		for (ServerSocket socket : sockets) {
			socket.close();
		}
		ports.values.put("sample.invoice-name", "invoices-" + UUID.randomUUID());
		return ports;
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
