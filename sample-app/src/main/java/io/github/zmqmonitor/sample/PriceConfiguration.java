package io.github.zmqmonitor.sample;

import java.util.concurrent.ThreadLocalRandom;

import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A price feed with two subscribers, and a fast publisher with a subscriber that can't
 * keep up: its queue fills to the high-water mark, and messages are dropped.
 */
@Configuration(proxyBeanMethods = false)
class PriceConfiguration {

	private static final long PRICE_MILLIS = 100;

	private static final int TICK_BYTES = 16 * 1024;

	private static final int TICKS_A_STEP = 10;

	private static final long TICK_MILLIS = 50;

	private static final long SLOW_MILLIS = 50;

	private static final int QUEUE = 100;

	private static final int BUFFER_BYTES = 64 * 1024;

	@Bean
	@ServerSide
	ZMQ.Socket priceFeed(ZContext context, SampleProperties properties) {
		return Sockets.bind(Sockets.create(context, SocketType.PUB), "sample.price-port", properties.pricePort());
	}

	@Bean
	@ServerSide
	Worker priceFeedThread(ZMQ.Socket priceFeed) {
		return new Worker("price-feed", () -> {
			priceFeed.send("EUR " + ThreadLocalRandom.current().nextInt(100, 200));
			return PRICE_MILLIS;
		});
	}

	@Bean
	@ClientSide
	ZMQ.Socket priceBoard(ZContext context, SampleProperties properties) {
		return subscriber(Sockets.create(context, SocketType.SUB), properties, properties.pricePort());
	}

	@Bean
	@ClientSide
	Worker priceBoardThread(ZMQ.Socket priceBoard) {
		return new Worker("price-board", () -> Sockets.receive(priceBoard));
	}

	@Bean
	@ClientSide
	ZMQ.Socket priceArchive(ZContext context, SampleProperties properties) {
		return subscriber(Sockets.create(context, SocketType.SUB), properties, properties.pricePort());
	}

	@Bean
	@ClientSide
	Worker priceArchiveThread(ZMQ.Socket priceArchive) {
		return new Worker("price-archive", () -> Sockets.receive(priceArchive));
	}

	@Bean
	@ServerSide
	ZMQ.Socket tickFeed(ZContext context, SampleProperties properties) {
		ZMQ.Socket socket = Sockets.create(context, SocketType.PUB);
		socket.setSndHWM(QUEUE);
		return Sockets.bind(socket, "sample.tick-port", properties.tickPort());
	}

	@Bean
	@ServerSide
	Worker tickFeedThread(ZMQ.Socket tickFeed) {
		byte[] tick = new byte[TICK_BYTES];
		return new Worker("tick-feed", () -> {
			for (int i = 0; i < TICKS_A_STEP; i++) {
				tickFeed.send(tick);
			}
			return TICK_MILLIS;
		});
	}

	@Bean
	@ClientSide
	ZMQ.Socket slowTickReader(ZContext context, SampleProperties properties) {
		ZMQ.Socket socket = Sockets.create(context, SocketType.SUB);
		socket.setRcvHWM(QUEUE);
		socket.setReceiveBufferSize(BUFFER_BYTES);
		return subscriber(socket, properties, properties.tickPort());
	}

	@Bean
	@ClientSide
	Worker slowTickReaderThread(ZMQ.Socket slowTickReader) {
		return new Worker("slow-tick-reader", () -> {
			slowTickReader.recv();
			return SLOW_MILLIS;
		});
	}

	private static ZMQ.Socket subscriber(ZMQ.Socket socket, SampleProperties properties, int port) {
		socket.subscribe(ZMQ.SUBSCRIPTION_ALL);
		return Sockets.connect(socket, properties, port);
	}

}
