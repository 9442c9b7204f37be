package io.github.zmqmonitor.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.zeromq.SocketType;
import org.zeromq.ZAuth;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * A reason to refuse a client that pushes messages, and how to set it up on either side
 * in JeroMQ and in libzmq.
 */
enum Refusal {

	WRONG_PASSWORD, NO_PASSWORD, WRONG_KEY, NO_KEY, UNKNOWN_KEY, DENIED, WRONG_TYPE;

	static final String PASSWORD = "right-of-plain";

	static final String OTHER_PASSWORD = "wrong-of-plain";

	static final ZMQ.Curve.KeyPair SERVER = ZMQ.Curve.generateKeyPair();

	static final ZMQ.Curve.KeyPair OTHER = ZMQ.Curve.generateKeyPair();

	static final ZMQ.Curve.KeyPair CLIENT = ZMQ.Curve.generateKeyPair();

	/**
	 * What nobody may ever see.
	 */
	static final List<String> SECRETS = List.of(PASSWORD, OTHER_PASSWORD, SERVER.secretKey, OTHER.secretKey,
			CLIENT.secretKey);

	SocketType serverType() {
		return (this == WRONG_TYPE) ? SocketType.ROUTER : SocketType.PULL;
	}

	/**
	 * Let a JeroMQ server refuse clients for this reason.
	 */
	void prepareServer(ZMQ.Socket server) {
		server.setZapDomain("test");
		switch (this) {
			case WRONG_PASSWORD, NO_PASSWORD -> server.setPlainServer(true);
			case WRONG_KEY, NO_KEY, UNKNOWN_KEY -> curveServer(server);
			case DENIED, WRONG_TYPE -> {
			}
		}
	}

	static void curveServer(ZMQ.Socket server) {
		server.setCurveServer(true);
		server.setCurvePublicKey(ZMQ.Curve.z85Decode(SERVER.publicKey));
		server.setCurveSecretKey(ZMQ.Curve.z85Decode(SERVER.secretKey));
	}

	/**
	 * Let a JeroMQ client be refused for this reason.
	 */
	void prepareClient(ZMQ.Socket client) {
		switch (this) {
			case WRONG_PASSWORD -> plainClient(client, OTHER_PASSWORD);
			case WRONG_KEY -> curveClient(client, OTHER.publicKey);
			case UNKNOWN_KEY -> curveClient(client, SERVER.publicKey);
			case NO_PASSWORD, NO_KEY, DENIED, WRONG_TYPE -> {
			}
		}
	}

	static void plainClient(ZMQ.Socket client, String password) {
		client.setPlainUsername("user");
		client.setPlainPassword(password);
	}

	static void curveClient(ZMQ.Socket client, String serverKey) {
		client.setCurveServerKey(ZMQ.Curve.z85Decode(serverKey));
		client.setCurvePublicKey(ZMQ.Curve.z85Decode(CLIENT.publicKey));
		client.setCurveSecretKey(ZMQ.Curve.z85Decode(CLIENT.secretKey));
	}

	/**
	 * Bind a libzmq server, called {@code server}, that refuses clients for this reason.
	 * @return its address
	 */
	String libzmqServer(LibzmqPeer peer) {
		peer.command("guard", (this == WRONG_PASSWORD || this == NO_PASSWORD) ? PASSWORD : OTHER.publicKey);
		peer.command("socket", "server", serverType().name());
		if (this != WRONG_TYPE) {
			peer.command("option", "server", "ZAP_DOMAIN", "test");
		}
		switch (this) {
			case WRONG_PASSWORD, NO_PASSWORD -> peer.command("option", "server", "PLAIN_SERVER", "1");
			case WRONG_KEY, NO_KEY, UNKNOWN_KEY -> {
				peer.command("option", "server", "CURVE_SERVER", "1");
				peer.command("option", "server", "CURVE_SECRETKEY", SERVER.secretKey);
			}
			case DENIED, WRONG_TYPE -> {
			}
		}
		return peer.command("bind", "server", "tcp://127.0.0.1:*");
	}

	/**
	 * Connect a libzmq client, called {@code client}, that is refused for this reason.
	 */
	void libzmqClient(LibzmqPeer peer, String address) {
		peer.command("socket", "client", "PUSH");
		switch (this) {
			case WRONG_PASSWORD -> libzmqPlain(peer, OTHER_PASSWORD);
			case WRONG_KEY -> libzmqCurve(peer, OTHER.publicKey);
			case UNKNOWN_KEY -> libzmqCurve(peer, SERVER.publicKey);
			case NO_PASSWORD, NO_KEY, DENIED, WRONG_TYPE -> {
			}
		}
		peer.command("connect", "client", address);
	}

	static void libzmqPlain(LibzmqPeer peer, String password) {
		peer.command("option", "client", "PLAIN_USERNAME", "user");
		peer.command("option", "client", "PLAIN_PASSWORD", password);
	}

	static void libzmqCurve(LibzmqPeer peer, String serverKey) {
		peer.command("option", "client", "CURVE_SERVERKEY", serverKey);
		peer.command("option", "client", "CURVE_PUBLICKEY", CLIENT.publicKey);
		peer.command("option", "client", "CURVE_SECRETKEY", CLIENT.secretKey);
	}

	/**
	 * Start JeroMQ's answer to ZAP requests, which knows one password and no key.
	 */
	ZAuth guard(ZContext context, Path directory) {
		ZAuth guard = new ZAuth(context, "guard");
		switch (this) {
			case WRONG_PASSWORD, NO_PASSWORD -> guard.configurePlain("*", passwords(directory).toString());
			case WRONG_KEY, NO_KEY -> guard.configureCurve(ZAuth.CURVE_ALLOW_ANY);
			case UNKNOWN_KEY -> guard.configureCurve(directory.toString());
			case DENIED -> guard.deny("127.0.0.1");
			case WRONG_TYPE -> guard.allow("127.0.0.1");
		}
		return guard;
	}

	static Path passwords(Path directory) {
		try {
			return Files.writeString(directory.resolve("passwords"), "user=" + PASSWORD + "\n");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
