package io.github.zmqmonitor.internal.libzmq;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * Answers JeroMQ's question whether a peer may connect, by the protocol of ZeroMQ for
 * that (ZAP, RFC 27). Without somebody who answers, JeroMQ would take any password. Used
 * by the receiver's thread alone.
 */
final class PasswordCheck {

	private static final String ENDPOINT = "inproc://zeromq.zap.01";

	private static final int PASSWORD = 7;

	private final byte[] password;

	private final ZmqNativeStatistics statistics;

	private final ZMQ.Socket socket;

	PasswordCheck(ZContext context, String password, ZmqNativeStatistics statistics) {
		this.password = password.getBytes(StandardCharsets.UTF_8);
		this.statistics = statistics;
		this.socket = context.createSocket(SocketType.REP);
		this.socket.bind(ENDPOINT);
	}

	ZMQ.Socket socket() {
		return this.socket;
	}

	/** Answer the questions that wait. */
	void answer() {
		for (byte[] frame = this.socket.recv(ZMQ.DONTWAIT); frame != null; frame = this.socket.recv(ZMQ.DONTWAIT)) {
			List<byte[]> request = new ArrayList<>(PASSWORD + 1);
			request.add(frame);
			while (this.socket.hasReceiveMore()) {
				request.add(this.socket.recv());
			}
			boolean right = request.size() == PASSWORD + 1
					&& MessageDigest.isEqual(request.get(PASSWORD), this.password);
			if (!right) {
				this.statistics.reject(ZmqNativeRejection.HANDSHAKE);
			}
			this.socket.sendMore(request.get(0));
			this.socket.sendMore((request.size() > 1) ? request.get(1) : new byte[0]);
			this.socket.sendMore(right ? "200" : "400");
			this.socket.sendMore(right ? "OK" : "wrong password");
			this.socket.sendMore("");
			this.socket.send("");
		}
	}

}
