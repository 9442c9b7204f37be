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
	ZMQ.Socket orderDesk(ZContext context, SampleProperties properties) {
		return Sockets.bind(Sockets.create(context, SocketType.ROUTER), "sample.order-port", properties.orderPort());
	}

	@Bean
	ZMQ.Socket orderWorkerAnna(ZContext context, SampleProperties properties) {
		return Sockets.connect(Sockets.create(context, SocketType.DEALER), properties.orderPort());
	}

	@Bean
	ZMQ.Socket orderWorkerBen(ZContext context, SampleProperties properties) {
		return Sockets.connect(Sockets.create(context, SocketType.DEALER), properties.orderPort());
	}

	@Bean
	Worker orderDeskThread(ZMQ.Socket orderDesk) {
		AtomicInteger order = new AtomicInteger();
		return new Worker("order-desk", () -> {
			byte[] worker = orderDesk.recv();
			if (worker != null && orderDesk.recvStr() != null) {
				orderDesk.sendMore(worker);
				orderDesk.send("order " + order.incrementAndGet());
			}
		});
	}

	@Bean
	Worker orderWorkerAnnaThread(ZMQ.Socket orderWorkerAnna) {
		return new Worker("order-worker-anna", () -> handleOrder(orderWorkerAnna, 250));
	}

	@Bean
	Worker orderWorkerBenThread(ZMQ.Socket orderWorkerBen) {
		return new Worker("order-worker-ben", () -> handleOrder(orderWorkerBen, 400));
	}

	@Bean
	Worker temporaryOrderWorkerThread(ZContext context, SampleProperties properties) {
		return new Worker("order-worker-temporary", () -> {
			try (ZMQ.Socket socket = Sockets.create(context, SocketType.DEALER)) {
				Sockets.connect(socket, properties.orderPort());
				for (int i = 0; i < 3; i++) {
					handleOrder(socket, 200);
				}
			}
			Thread.sleep(1000);
		});
	}

	private static void handleOrder(ZMQ.Socket socket, long millis) throws InterruptedException {
		socket.send("ready");
		socket.recvStr();
		Thread.sleep(millis);
	}

}
