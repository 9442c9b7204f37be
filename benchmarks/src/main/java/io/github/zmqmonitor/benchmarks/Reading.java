package io.github.zmqmonitor.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

import io.github.zmqmonitor.actuate.endpoint.ZmqDescriptor;
import io.github.zmqmonitor.actuate.endpoint.ZmqEndpoint;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import tools.jackson.databind.json.JsonMapper;
import zmq.SocketBase;

import org.springframework.boot.actuate.endpoint.Show;

/**
 * Reading {@code /actuator/zmq} with 1,000 sockets and 10,000 connections, against
 * serialising the same records already built; with and without 10,000 events a second
 * coming in. Reads are far enough apart that each one samples the queues anew.
 */
final class Reading {

	private static final int SOCKETS = 1000;

	private static final int CONNECTIONS = 10;

	private static final int PAUSE = 260;

	private static final int EVENTS_A_MILLISECOND = 10;

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final List<Target> targets = new ArrayList<>();

	private volatile boolean stopped;

	private long torn;

	private Reading() {
	}

	static void main(String[] arguments) throws Exception {
		new Reading().run((arguments.length > 0) ? Integer.parseInt(arguments[0]) : 25);
	}

	private void run(int rounds) throws Exception {
		Report report = new Report("reading", "events / s", "serialise records already built", "read and serialise",
				"ratio", "torn");
		try (ObservedContext context = new ObservedContext(Observation.MONITORED)) {
			ZmqEndpoint endpoint = new ZmqEndpoint(context.monitor(), Show.ALWAYS, Set.of());
			open(context);
			measure(report, "0", endpoint, rounds);
			Thread events = new Thread(this::fire, "events");
			events.start();
			measure(report, "10,000", endpoint, rounds);
			this.stopped = true;
			events.join();
		}
		report.note("%,d sockets with %d connections each.", SOCKETS, CONNECTIONS);
		report.write();
	}

	private void open(ObservedContext context) {
		for (int i = 0; i < SOCKETS; i++) {
			ZMQ.Socket socket = context.socket(SocketType.ROUTER);
			socket.bind("tcp://127.0.0.1:*");
			Target target = new Target(socket.base(), socket.getLastEndpoint());
			for (int j = 0; j < CONNECTIONS; j++) {
				target.socket.eventAccepted(target.address, new MadeUpChannel(i * CONNECTIONS + j));
			}
			this.targets.add(target);
		}
	}

	private void measure(Report report, String events, ZmqEndpoint endpoint, int rounds) throws Exception {
		ZmqDescriptor built = endpoint.sockets(null, null, null, null);
		Interleaved interleaved = new Interleaved();
		interleaved.add("built", () -> milliseconds(() -> this.mapper.writeValueAsBytes(built)));
		interleaved.add("read", () -> milliseconds(() -> {
			ZmqDescriptor read = endpoint.sockets(null, null, null, null);
			byte[] json = this.mapper.writeValueAsBytes(read);
			check(read);
			return json;
		}));
		Map<String, double[]> results = interleaved.run(20, rounds);
		results.forEach((name, values) -> report.raw(events, name, Arrays.toString(values)));
		report.row(events, Estimate.of(results.get("built")).text(1) + " ms",
				Estimate.of(results.get("read")).text(1) + " ms",
				Estimate.ofRatios(results.get("read"), results.get("built")).text(2), this.torn);
	}

	private static double milliseconds(Action action) throws Exception {
		Thread.sleep(PAUSE);
		long begin = System.nanoTime();
		action.run();
		return (System.nanoTime() - begin) / 1e6;
	}

	/**
	 * What is opened less what is closed must be what lives, in each single answer.
	 */
	private void check(ZmqDescriptor descriptor) {
		for (ZmqDescriptor.Socket socket : descriptor.sockets()) {
			for (ZmqDescriptor.Endpoint endpoint : socket.endpoints()) {
				if (endpoint.accepted() - endpoint.disconnected() - endpoint.closedLocally() != endpoint.connections()
						|| endpoint.peers().size() != endpoint.connections()) {
					this.torn++;
				}
			}
		}
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

	private record Target(SocketBase socket, String address) {
	}

	private interface Action {

		Object run() throws Exception;

	}

}
