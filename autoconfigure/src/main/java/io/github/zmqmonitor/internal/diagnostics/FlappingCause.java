package io.github.zmqmonitor.internal.diagnostics;

/**
 * Why connections end, as far as one side can tell.
 */
enum FlappingCause {

	PROBED("no greeting of ZeroMQ came, as with the probes of a load balancer or of another health check"),

	CLIENT_REFUSED("clients greet, but no handshake succeeds; most often keys, passwords or socket types don't match"),

	NO_GREETING("what listens there never greets: another service, or a proxy without a server behind it"),

	REFUSED("the server greets, but no handshake succeeds; most often keys, passwords or socket types don't match"),

	NO_HANDSHAKE("no handshake succeeds: another service at that port, a proxy without a server behind it, or keys"
			+ " and passwords that don't match"),

	PROTOCOL("this side ends them for a protocol error; perhaps a message is larger than setMaxMsgSize allows"),

	TIMEOUT("this side ends them since heartbeats stay without an answer: the peer is frozen, or slower than"
			+ " setHeartbeatTimeout allows"),

	LOST("the peer or the network ends them once they are ready; perhaps a message is larger than the"
			+ " peer's setMaxMsgSize allows"),

	UNKNOWN("the server greets, and why they end isn't known; perhaps keys, passwords or socket types don't match,"
			+ " or a message is larger than the peer's setMaxMsgSize allows");

	private final String words;

	FlappingCause(String words) {
		this.words = words;
	}

	String words() {
		return this.words;
	}

}
