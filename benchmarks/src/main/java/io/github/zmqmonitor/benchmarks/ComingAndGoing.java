package io.github.zmqmonitor.benchmarks;

import java.util.ArrayList;
import java.util.List;

import org.zeromq.ZMQ;
import zmq.SocketBase;

/**
 * Connections that come to sockets and go again, 10,000 events a second.
 */
final class ComingAndGoing implements AutoCloseable {

	private static final int EVENTS_A_MILLISECOND = 10;

	private final List<Target> targets = new ArrayList<>();

	private final MadeUpChannel channel = new MadeUpChannel(0);

	private Steady events;

	private int next;

	/**
	 * Create, not started.
	 * @param sockets bound sockets, each of which gets events in turn
	 */
	ComingAndGoing(List<ZMQ.Socket> sockets) {
		sockets.forEach((socket) -> this.targets.add(new Target(socket.base(), socket.getLastEndpoint())));
	}

	void start() {
		this.events = Steady.start("events", this::fire);
	}

	private void fire() {
		for (int j = 0; j < EVENTS_A_MILLISECOND; j += 2) {
			Target target = this.targets.get(this.next++ % this.targets.size());
			target.socket.eventAccepted(target.address, this.channel);
			target.socket.eventDisconnected(target.address, this.channel);
		}
	}

	@Override
	public void close() {
		this.events.close();
	}

	private record Target(SocketBase socket, String address) {
	}

}
