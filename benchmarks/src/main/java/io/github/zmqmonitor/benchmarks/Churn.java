package io.github.zmqmonitor.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import io.github.zmqmonitor.model.ZmqEventType;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/**
 * Connections a second that four clients can open to a socket and close again, once they
 * have read its greeting; and whether the monitor has missed one.
 */
final class Churn {

	private static final int MANY = 500;

	private static final int CLIENTS = 4;

	private static final int WARM_UP = 8;

	private static final int GREETING = 10;

	private static final long DURATION = TimeUnit.MILLISECONDS.toNanos(250);

	private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

	private Churn() {
	}

	static void main(String[] arguments) throws Exception {
		int rounds = (arguments.length > 0) ? Integer.parseInt(arguments[0]) : 40;
		Report report = new Report("churn", "listening sockets", "sockets", "accepted / s", "against unmonitored",
				"events of accepting missed");
		measure(report, rounds, 1, Observation.COMPARED);
		measure(report, rounds, MANY, List.of(Observation.PLAIN, Observation.MONITORED));
		report.note("Median of %d rounds, with its 95 %% interval.", rounds);
		report.write();
	}

	private static void measure(Report report, int rounds, int sockets, List<Observation> observations)
			throws Exception {
		Interleaved interleaved = new Interleaved();
		Map<String, Server> servers = new LinkedHashMap<>();
		for (Observation observation : observations) {
			servers.put(observation.title(), new Server(observation, sockets));
		}
		servers.put("unmonitored again", new Server(Observation.PLAIN, sockets));
		servers.forEach((title, server) -> interleaved.add(title, server::rate));
		Map<String, double[]> results = interleaved.run(WARM_UP, rounds);
		double[] base = results.get(Observation.PLAIN.title());
		for (Map.Entry<String, double[]> result : results.entrySet()) {
			report.raw(sockets, result.getKey(), Arrays.toString(result.getValue()));
			report.row(sockets, result.getKey(), Report.format("%,.0f", Estimate.of(result.getValue()).median()),
					Estimate.ofRatios(result.getValue(), base).text(3), servers.get(result.getKey()).missed());
		}
		servers.values().forEach(Server::close);
	}

	private static long clients(int[] ports, long nanoseconds) throws InterruptedException {
		LongAdder done = new LongAdder();
		List<Thread> threads = new ArrayList<>();
		long end = System.nanoTime() + nanoseconds;
		for (int i = 0; i < CLIENTS; i++) {
			int first = i * ports.length / CLIENTS;
			Thread thread = new Thread(() -> {
				int next = first;
				while (System.nanoTime() - end < 0) {
					connect(ports[next++ % ports.length]);
					done.increment();
				}
			}, "client");
			threads.add(thread);
			thread.start();
		}
		for (Thread thread : threads) {
			thread.join();
		}
		return done.sum();
	}

	/**
	 * Connect, wait until the server is there, and go without leaving a port behind that
	 * can't be used for a minute.
	 */
	private static void connect(int port) {
		try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
			client.setSoLinger(true, 0);
			InputStream in = client.getInputStream();
			if (in.readNBytes(GREETING).length < GREETING) {
				throw new IllegalStateException("The server has closed the connection");
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A server that lives through all rounds.
	 */
	private static final class Server implements AutoCloseable {

		private final ObservedContext context;

		private final boolean monitored;

		private final List<ZMQ.Socket> sockets = new ArrayList<>();

		private final int[] ports;

		private long connections;

		Server(Observation observation, int sockets) {
			this.context = new ObservedContext(observation);
			this.monitored = observation == Observation.MONITORED;
			this.ports = new int[sockets];
			for (int i = 0; i < sockets; i++) {
				ZMQ.Socket socket = this.context.socket(SocketType.ROUTER);
				socket.bind("tcp://127.0.0.1:*");
				this.sockets.add(socket);
				String endpoint = socket.getLastEndpoint();
				this.ports[i] = Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
			}
		}

		double rate() throws InterruptedException {
			long begin = System.nanoTime();
			long done = clients(this.ports, DURATION);
			double rate = done * 1e9 / (System.nanoTime() - begin);
			this.connections += done;
			letGo();
			return rate;
		}

		/**
		 * Let the sockets see which pipes have come and gone. A context whose sockets
		 * have never looked, after tens of thousands of connections, may not close:
		 * JeroMQ's threads wait for each other then, monitored or not.
		 */
		private void letGo() {
			this.sockets.forEach((socket) -> socket.recv(ZMQ.DONTWAIT));
		}

		/**
		 * How many connections the monitor has not been told of, among all that clients
		 * have opened.
		 */
		String missed() throws InterruptedException {
			if (!this.monitored) {
				return "";
			}
			long end = System.nanoTime() + PATIENCE;
			long missed;
			do {
				Thread.sleep(10);
				missed = this.connections - this.context.monitor().statistics().events(ZmqEventType.ACCEPTED);
			}
			while (missed > 0 && System.nanoTime() - end < 0);
			return Report.format("%d of %,d", missed, this.connections);
		}

		@Override
		public void close() {
			this.context.close();
		}

	}

}
