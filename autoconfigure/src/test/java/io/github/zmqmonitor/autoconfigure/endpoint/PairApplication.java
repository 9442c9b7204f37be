package io.github.zmqmonitor.autoconfigure.endpoint;

import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * An application with two sockets, connected to each other.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class PairApplication {

	@Bean
	ZContext zContext() {
		return new ZContext();
	}

	@Bean
	ZMQ.Socket server(ZContext context) {
		ZMQ.Socket socket = context.createSocket(SocketType.ROUTER);
		socket.bind("tcp://127.0.0.1:*");
		return socket;
	}

	@Bean
	ZMQ.Socket client(ZContext context, ZMQ.Socket server) {
		ZMQ.Socket socket = context.createSocket(SocketType.DEALER);
		socket.connect(server.getLastEndpoint());
		return socket;
	}

}
