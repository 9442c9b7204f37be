package io.github.zmqmonitor.benchmarks;

import java.io.Closeable;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.monitor.ZmqMonitorStatistics;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import zmq.SocketBase;
import zmq.ZError;

/**
 * Storms of failures, while messages go back and forth between other sockets of the same
 * context and a listener sleeps. A real one: no descriptor is left, and one connection
 * waits to be accepted, so that the I/O thread fails to accept it as often as it can. And
 * one that is made up, at a rate that JeroMQ does not reach everywhere: another thread
 * tells the socket of failures. Each way of following the sockets has a JVM of its own,
 * with few descriptors.
 */
final class Storm {

	private static final int DESCRIPTORS = 512;

	private static final int PATIENCE = 10_000;

	private static final int MADE_UP_A_MILLISECOND = 150;

	private Storm() {
	}

	static void main(String[] arguments) throws Exception {
		if (arguments.length > 1) {
			System.out.println(new Storm().run(Observation.valueOf(arguments[0]), Integer.parseInt(arguments[1]),
					Boolean.parseBoolean(arguments[2])));
			return;
		}
		String seconds = (arguments.length > 0) ? arguments[0] : "30";
		Report report = new Report("storm", "storm", "sockets", "events / s", "round trip, median", "99 %", "99.9 %",
				"heap, first and last second", "dropped");
		for (boolean real : new boolean[] { true, false }) {
			for (Observation observation : List.of(Observation.PLAIN, Observation.COUNTER, Observation.MONITORED)) {
				List<String> lines = Fork.run(DESCRIPTORS, "storm", observation.name(), seconds,
						Boolean.toString(real));
				report.row((Object[]) lines.get(lines.size() - 1).split(";", -1));
			}
		}
		report.note("%s seconds each.", seconds);
		report.write();
	}

	private String run(Observation observation, int seconds, boolean real) throws Exception {
		LongAdder delivered = new LongAdder();
		try (ObservedContext context = new ObservedContext(observation)) {
			if (observation == Observation.MONITORED) {
				context.monitor().addListener((event) -> {
					delivered.increment();
					sleep();
				});
			}
			ZMQ.Socket victim = context.socket(SocketType.ROUTER);
			victim.bind("tcp://127.0.0.1:*");
			RoundTrips trips = new RoundTrips(context);
			trips.run(TimeUnit.SECONDS.toNanos(2));
			heap();
			double[] times;
			double rate;
			long first;
			long last;
			Closeable storm = real ? exhaust(victim) : makeUp(victim);
			try {
				trips.run(TimeUnit.SECONDS.toNanos(1));
				first = heap();
				long before = failures(context);
				long begin = System.nanoTime();
				times = trips.run(TimeUnit.SECONDS.toNanos(seconds));
				rate = (failures(context) - before) * 1e9 / (System.nanoTime() - begin);
				last = heap();
			}
			finally {
				storm.close();
			}
			trips.stop();
			return Report.format("%s;%s;%s;%.0f µs;%.0f µs;%.0f µs;%.1f MB, %.1f MB;%s", real ? "real" : "made up",
					observation.title(),
					(observation == Observation.MONITORED) ? Report.format("%,.0f", rate) : "not known",
					quantile(times, 0.5), quantile(times, 0.99), quantile(times, 0.999), first / 1e6, last / 1e6,
					(observation == Observation.MONITORED) ? dropped(context, delivered) : "");
		}
	}

	/**
	 * Take all descriptors while a connection waits to be accepted.
	 */
	private static Closeable exhaust(ZMQ.Socket victim) throws IOException {
		String endpoint = victim.getLastEndpoint();
		// what a failure needs is loaded while there are descriptors
		victim.base().eventAcceptFailed(endpoint, ZError.EIOEXC);
		SocketChannel waiting = SocketChannel.open();
		List<InputStream> taken = takeDescriptors();
		waiting.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(),
				Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1))));
		return () -> {
			for (InputStream stream : taken) {
				stream.close();
			}
			waiting.close();
		};
	}

	/**
	 * Tell the socket of failures at a steady rate.
	 */
	private static Closeable makeUp(ZMQ.Socket victim) {
		SocketBase socket = victim.base();
		String address = victim.getLastEndpoint();
		return Steady.start("storm", () -> {
			for (int i = 0; i < MADE_UP_A_MILLISECOND; i++) {
				socket.eventAcceptFailed(address, ZError.EIOEXC);
			}
		});
	}

	private static long failures(ObservedContext context) {
		return context.monitor().statistics().events(ZmqEventType.ACCEPT_FAILED);
	}

	private static List<InputStream> takeDescriptors() {
		List<InputStream> taken = new ArrayList<>();
		try {
			while (true) {
				taken.add(new FileInputStream(new File("/dev/null")));
			}
		}
		catch (IOException ex) {
			return taken;
		}
	}

	/**
	 * Wait until the queue is empty: then each event was either delivered or dropped.
	 */
	private static String dropped(ObservedContext context, LongAdder delivered) throws InterruptedException {
		ZmqMonitorStatistics statistics = context.monitor().statistics();
		long seen;
		long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE);
		do {
			Thread.sleep(50);
			seen = Arrays.stream(ZmqEventType.values()).mapToLong(statistics::events).sum();
		}
		while (seen != delivered.sum() + statistics.droppedFromListeners() && System.nanoTime() - end < 0);
		return Report.format("%,d of %,d, delivered %,d, unaccounted for %,d", statistics.droppedFromListeners(), seen,
				delivered.sum(), seen - delivered.sum() - statistics.droppedFromListeners());
	}

	private static void sleep() {
		try {
			Thread.sleep(5);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static double quantile(double[] sorted, double quantile) {
		return sorted[(int) (quantile * (sorted.length - 1))];
	}

	private static long heap() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	/**
	 * Messages back and forth over TCP, one each millisecond.
	 */
	private static final class RoundTrips {

		private final ZMQ.Socket client;

		private final Thread thread;

		private volatile boolean stopped;

		RoundTrips(ObservedContext context) {
			ZMQ.Socket server = context.socket(SocketType.REP);
			server.bind("tcp://127.0.0.1:*");
			server.setReceiveTimeOut(100);
			this.client = context.socket(SocketType.REQ);
			this.client.setReceiveTimeOut(PATIENCE);
			this.client.connect(server.getLastEndpoint());
			this.thread = new Thread(() -> {
				while (!this.stopped) {
					byte[] message = server.recv();
					if (message != null) {
						server.send(message);
					}
				}
			}, "server");
			this.thread.start();
		}

		/**
		 * Return the microseconds that each round trip took, in ascending order.
		 */
		double[] run(long nanoseconds) throws InterruptedException {
			byte[] message = new byte[16];
			List<Double> times = new ArrayList<>();
			long end = System.nanoTime() + nanoseconds;
			while (System.nanoTime() - end < 0) {
				long begin = System.nanoTime();
				this.client.send(message);
				if (this.client.recv() == null) {
					throw new IllegalStateException("No answer");
				}
				times.add((System.nanoTime() - begin) / 1e3);
				Thread.sleep(1);
			}
			return times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
		}

		void stop() throws InterruptedException {
			this.stopped = true;
			this.thread.join();
		}

	}

}
