package io.github.zmqmonitor.sample;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.zeromq.ZMQ;

/**
 * An order worker that comes, takes some orders with a socket of its own, and goes.
 */
class TemporaryWorker implements Worker.Step {

	private static final int ORDERS = 12;

	private static final long ORDER_MILLIS = 300;

	private static final long AWAY_MILLIS = 3000;

	private final Supplier<ZMQ.Socket> sockets;

	private ZMQ.@Nullable Socket socket;

	private int orders;

	TemporaryWorker(Supplier<ZMQ.Socket> sockets) {
		this.sockets = sockets;
	}

	@Override
	public long run() {
		ZMQ.Socket current = this.socket;
		if (current == null) {
			current = this.sockets.get();
			this.socket = current;
			this.orders = 0;
		}
		current.send("ready");
		current.recv();
		this.orders++;
		if (this.orders < ORDERS) {
			return ORDER_MILLIS;
		}
		current.close();
		this.socket = null;
		return AWAY_MILLIS;
	}

}
