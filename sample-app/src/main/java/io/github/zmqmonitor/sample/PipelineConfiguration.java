package io.github.zmqmonitor.sample;

import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A pipeline over ipc, and one over inproc. Neither leaves the machine, so that both of
 * their ends are on the server's side.
 */
@Configuration(proxyBeanMethods = false)
@ServerSide
class PipelineConfiguration {

	private static final long PAUSE_MILLIS = 100;

	@Bean
	ZMQ.Socket invoices(ZContext context, SampleProperties properties) {
		return Sockets.bind(Sockets.create(context, SocketType.PUSH), "sample.invoice-name",
				invoiceEndpoint(properties));
	}

	@Bean
	ZMQ.Socket settlement(ZContext context, SampleProperties properties) {
		ZMQ.Socket socket = Sockets.create(context, SocketType.PULL);
		socket.connect(invoiceEndpoint(properties));
		return socket;
	}

	private static String invoiceEndpoint(SampleProperties properties) {
		return "ipc://" + properties.invoiceName();
	}

	@Bean
	ZMQ.Socket pictures(ZContext context) {
		ZMQ.Socket socket = Sockets.create(context, SocketType.PUSH);
		socket.bind("inproc://pictures");
		return socket;
	}

	@Bean
	ZMQ.Socket thumbnails(ZContext context, ZMQ.Socket pictures) {
		ZMQ.Socket socket = Sockets.create(context, SocketType.PULL);
		socket.connect("inproc://pictures");
		return socket;
	}

	@Bean
	Worker invoicesThread(ZMQ.Socket invoices) {
		return new Worker("invoices", () -> sendSlowly(invoices, "invoice"));
	}

	@Bean
	Worker settlementThread(ZMQ.Socket settlement) {
		return new Worker("settlement", () -> Sockets.receive(settlement));
	}

	@Bean
	Worker picturesThread(ZMQ.Socket pictures) {
		return new Worker("pictures", () -> sendSlowly(pictures, "picture"));
	}

	@Bean
	Worker thumbnailsThread(ZMQ.Socket thumbnails) {
		return new Worker("thumbnails", () -> Sockets.receive(thumbnails));
	}

	private static long sendSlowly(ZMQ.Socket socket, String message) {
		socket.send(message);
		return PAUSE_MILLIS;
	}

}
