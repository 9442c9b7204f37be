package io.github.zmqmonitor.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import io.github.zmqmonitor.monitor.ZmqEventType;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/**
 * Connections a second that four clients can open to a socket and close again, once they
 * have read its greeting; and whether the monitor has missed one.
 */
final class Churn {

	private static final int CLIENTS = 4;

	private static final int GREETING = 10;

	private static final long WARM_UP = TimeUnit.MILLISECONDS.toNanos(200);

	private static final long DURATION = TimeUnit.MILLISECONDS.toNanos(800);

	private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

	private long connections;

	private long missed;

	private Churn() {
	}

	static void main(String[] arguments) throws Exception {
		int rounds = (arguments.length > 0) ? Integer.parseInt(arguments[0]) : 12;
		Churn churn = new Churn();
		Interleaved interleaved = new Interleaved();
		for (Observation observation : Observation.values()) {
			interleaved.add(observation.title(), () -> churn.rate(observation));
		}
		Map<String, double[]> results = interleaved.run(1, rounds);
		Report report = new Report("churn", "sockets", "accepted / s", "against unmonitored");
		double[] base = results.get(Observation.PLAIN.title());
		results.forEach((name, values) -> {
			report.raw(name, Arrays.toString(values));
			report.row(name, Report.format("%,.0f", Estimate.of(values).median()),
					Estimate.ofRatios(values, base).text(3));
		});
		report.note("Monitored: %,d connections, %d events of accepting them missed.", churn.connections, churn.missed);
		report.write();
	}

	private double rate(Observation observation) throws Exception {
		try (ObservedContext context = new ObservedContext(observation)) {
			ZMQ.Socket server = context.socket(SocketType.ROUTER);
			server.bind("tcp://127.0.0.1:*");
			String endpoint = server.getLastEndpoint();
			int port = Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
			long before = clients(port, WARM_UP);
			long begin = System.nanoTime();
			long done = clients(port, DURATION);
			double rate = done * 1e9 / (System.nanoTime() - begin);
			if (observation == Observation.MONITORED) {
				this.connections += before + done;
				this.missed += before + done - accepted(context, before + done);
			}
			return rate;
		}
	}

	private static long clients(int port, long nanoseconds) throws InterruptedException {
		LongAdder done = new LongAdder();
		List<Thread> threads = new ArrayList<>();
		long end = System.nanoTime() + nanoseconds;
		for (int i = 0; i < CLIENTS; i++) {
			Thread thread = new Thread(() -> {
				while (System.nanoTime() - end < 0) {
					connect(port);
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

	private static long accepted(ObservedContext context, long expected) throws InterruptedException {
		long end = System.nanoTime() + PATIENCE;
		long accepted = 0;
		while (accepted < expected && System.nanoTime() - end < 0) {
			Thread.sleep(10);
			accepted = context.monitor().statistics().events(ZmqEventType.ACCEPTED);
		}
		return accepted;
	}

}
