package io.github.zmqmonitor.benchmarks;

import java.util.function.Consumer;

import org.zeromq.SocketType;

/**
 * How messages go between a server, which is bound and has a thread of its own, and a
 * client, which measures.
 */
enum Exchange {

	/** One way: what the client receives is counted. */
	PUSH_PULL("PUSH/PULL", SocketType.PUSH, SocketType.PULL, Peers::push, Client.RECEIVES),

	/** There and back, one at a time: the rate is that of round trips. */
	REQ_REP("REQ/REP", SocketType.REP, SocketType.REQ, Peers::reply, Client.ASKS),

	/** There and back, many at a time. */
	ROUTER_DEALER("ROUTER/DEALER", SocketType.ROUTER, SocketType.DEALER, Peers::reply, Client.KEEPS_ASKING);

	private static final int WINDOW = 64;

	private final String title;

	private final SocketType serverType;

	private final SocketType clientType;

	private final Consumer<Peers> server;

	private final Client client;

	Exchange(String title, SocketType serverType, SocketType clientType, Consumer<Peers> server, Client client) {
		this.title = title;
		this.serverType = serverType;
		this.clientType = clientType;
		this.server = server;
		this.client = client;
	}

	String title() {
		return this.title;
	}

	SocketType serverType() {
		return this.serverType;
	}

	SocketType clientType() {
		return this.clientType;
	}

	void serve(Peers peers) {
		this.server.accept(peers);
	}

	/**
	 * Get ready to send and receive.
	 */
	void begin(Peers peers, byte[] message) {
		for (int i = 0; this.client == Client.KEEPS_ASKING && i < WINDOW; i++) {
			peers.client().send(message);
		}
	}

	/**
	 * Receive one message, and send one where that is what the client does.
	 */
	void next(Peers peers, byte[] message) {
		if (this.client == Client.ASKS) {
			peers.client().send(message);
		}
		if (peers.client().recv() == null) {
			throw new Peers.StalledException();
		}
		if (this.client == Client.KEEPS_ASKING) {
			peers.client().send(message);
		}
	}

	/**
	 * What a client does for each message.
	 */
	private enum Client {

		RECEIVES, ASKS, KEEPS_ASKING

	}

}
