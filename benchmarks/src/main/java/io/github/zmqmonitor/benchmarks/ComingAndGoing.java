package io.github.zmqmonitor.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import org.zeromq.ZMQ;
import zmq.SocketBase;

/**
 * Connections that come to sockets and go again, 10,000 events a second.
 */
final class ComingAndGoing implements AutoCloseable {

	private static final int EVENTS_A_MILLISECOND = 10;

	private final List<Target> targets = new ArrayList<>();

	private final Thread thread = new Thread(this::fire, "events");

	private volatile boolean stopped;

	/**
	 * Create, not started.
	 * @param sockets bound sockets, each of which gets events in turn
	 */
	ComingAndGoing(List<ZMQ.Socket> sockets) {
		sockets.forEach((socket) -> this.targets.add(new Target(socket.base(), socket.getLastEndpoint())));
	}

	void start() {
		this.thread.start();
	}

	private void fire() {
		MadeUpChannel channel = new MadeUpChannel(0);
		long next = System.nanoTime();
		int i = 0;
		while (!this.stopped) {
			for (int j = 0; j < EVENTS_A_MILLISECOND; j += 2) {
				Target target = this.targets.get(i++ % this.targets.size());
				target.socket.eventAccepted(target.address, channel);
				target.socket.eventDisconnected(target.address, channel);
			}
			next += 1_000_000;
			LockSupport.parkNanos(next - System.nanoTime());
		}
	}

	@Override
	public void close() {
		this.stopped = true;
		try {
			this.thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private record Target(SocketBase socket, String address) {
	}

}
