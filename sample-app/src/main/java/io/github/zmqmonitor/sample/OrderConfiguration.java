package io.github.zmqmonitor.sample;

import java.util.concurrent.atomic.AtomicInteger;

import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * An order desk that gives out work, two workers that stay, and one that comes and goes.
 */
@Configuration(proxyBeanMethods = false)
class OrderConfiguration {

	@Bean
	@ServerSide
	ZMQ.Socket orderDesk(ZContext context, SampleProperties properties) {
		return Sockets.bind(Sockets.create(context, SocketType.ROUTER), "sample.order-port", properties.orderPort());
	}

	@Bean
	@ServerSide
	Worker orderDeskThread(ZMQ.Socket orderDesk) {
		AtomicInteger order = new AtomicInteger();
		return new Worker("order-desk", () -> {
			byte[] worker = orderDesk.recv();
			if (worker != null && orderDesk.recv() != null) {
				orderDesk.sendMore(worker);
				orderDesk.send("order " + order.incrementAndGet());
			}
			return 0;
		});
	}

	@Bean
	@ClientSide
	ZMQ.Socket orderWorkerAnna(ZContext context, SampleProperties properties) {
		return orderWorker(context, properties);
	}

	@Bean
	@ClientSide
	Worker orderWorkerAnnaThread(ZMQ.Socket orderWorkerAnna) {
		return new Worker("order-worker-anna", () -> handleOrder(orderWorkerAnna, 250));
	}

	@Bean
	@ClientSide
	ZMQ.Socket orderWorkerBen(ZContext context, SampleProperties properties) {
		return orderWorker(context, properties);
	}

	@Bean
	@ClientSide
	Worker orderWorkerBenThread(ZMQ.Socket orderWorkerBen) {
		return new Worker("order-worker-ben", () -> handleOrder(orderWorkerBen, 400));
	}

	@Bean
	@ClientSide
	Worker temporaryOrderWorkerThread(ZContext context, SampleProperties properties) {
		return new Worker("order-worker-temporary", new TemporaryWorker(() -> orderWorker(context, properties)));
	}

	private static ZMQ.Socket orderWorker(ZContext context, SampleProperties properties) {
		return Sockets.connect(Sockets.create(context, SocketType.DEALER), properties, properties.orderPort());
	}

	private static long handleOrder(ZMQ.Socket socket, long millis) {
		socket.send("ready");
		socket.recv();
		return millis;
	}

}
