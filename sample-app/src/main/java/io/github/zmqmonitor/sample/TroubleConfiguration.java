package io.github.zmqmonitor.sample;

import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZFrame;
import org.zeromq.ZMQ;
import org.zeromq.ZMsg;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A client whose server is not there, and one whose password is wrong.
 */
@Configuration(proxyBeanMethods = false)
class TroubleConfiguration {

	private static final String USER = "auditor";

	private static final String PASSWORD = "s3cret";

	@Bean
	@ClientSide
	ZMQ.Socket quotes(ZContext context, SampleProperties properties) {
		ZMQ.Socket socket = Sockets.create(context, SocketType.DEALER);
		socket.setReconnectIVL(200);
		socket.setReconnectIVLMax(5000);
		return Sockets.connect(socket, properties, properties.quotePort());
	}

	/**
	 * Answers who may enter the vault, as ZeroMQ's authentication protocol wants it.
	 */
	@Bean
	@ServerSide
	ZMQ.Socket vaultGuard(ZContext context) {
		ZMQ.Socket socket = Sockets.create(context, SocketType.REP);
		socket.bind("inproc://zeromq.zap.01");
		return socket;
	}

	@Bean
	@ServerSide
	Worker vaultGuardThread(ZMQ.Socket vaultGuard) {
		return new Worker("vault-guard", () -> {
			ZMsg request = ZMsg.recvMsg(vaultGuard);
			if (request != null) {
				answer(request).send(vaultGuard);
			}
			return 0;
		});
	}

	private static ZMsg answer(ZMsg request) {
		ZFrame[] frames = request.toArray(ZFrame[]::new);
		String user = frames[6].getString(ZMQ.CHARSET);
		String password = frames[7].getString(ZMQ.CHARSET);
		boolean known = USER.equals(user) && PASSWORD.equals(password);
		ZMsg answer = new ZMsg();
		answer.add(frames[0]);
		answer.add(frames[1]);
		answer.add(known ? "200" : "400");
		answer.add(known ? "OK" : "No such user");
		answer.add(known ? user : "");
		answer.add("");
		return answer;
	}

	@Bean
	@ServerSide
	ZMQ.Socket vault(ZContext context, ZMQ.Socket vaultGuard, SampleProperties properties) {
		ZMQ.Socket socket = Sockets.create(context, SocketType.PULL);
		socket.setPlainServer(true);
		socket.setZAPDomain("vault");
		return Sockets.bind(socket, "sample.vault-port", properties.vaultPort());
	}

	@Bean
	@ClientSide
	ZMQ.Socket auditor(ZContext context, SampleProperties properties) {
		ZMQ.Socket socket = Sockets.create(context, SocketType.PUSH);
		socket.setPlainUsername(USER);
		socket.setPlainPassword("forgotten");
		return Sockets.connect(socket, properties, properties.vaultPort());
	}

}
