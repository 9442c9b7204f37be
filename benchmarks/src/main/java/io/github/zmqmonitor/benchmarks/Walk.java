package io.github.zmqmonitor.benchmarks;

import java.util.Arrays;

import io.github.zmqmonitor.internal.registry.FollowedSocket;
import io.github.zmqmonitor.internal.state.SocketTracker;
import io.github.zmqmonitor.internal.walk.SocketPicture;
import io.github.zmqmonitor.internal.walk.SocketWalk;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * Looking at JeroMQ's own objects for a socket with 10 to 5,000 real connections: the
 * walk alone, the whole look with what it corrects, and for how long an I/O thread could
 * have to wait for the lock of the socket meanwhile.
 */
final class Walk {

	private static final int[] CONNECTIONS = { 10, 100, 1000, 5000 };

	private static final int WARM_UP = 200;

	private static final long AGE = 260;

	private Walk() {
	}

	static void main(String[] arguments) throws Exception {
		int rounds = (arguments.length > 0) ? Integer.parseInt(arguments[0]) : 30;
		Report report = new Report("walk", "connections", "walk", "a connection", "look", "a connection",
				"longest wait for the lock");
		for (int connections : CONNECTIONS) {
			measure(report, connections, rounds);
		}
		report.note("Java %s; medians of %d rounds and their 95 %% intervals; of the waits the median of the longest.",
				Runtime.version().feature(), rounds);
		report.write();
	}

	private static void measure(Report report, int connections, int rounds) throws Exception {
		try (ObservedContext observed = new ObservedContext(Observation.MONITORED); ZContext plain = new ZContext()) {
			ZMQ.Socket server = observed.socket(SocketType.PULL);
			server.bind("tcp://127.0.0.1:*");
			ZMQ.Socket client = plain.createSocket(SocketType.PUSH);
			client.setHandshakeIvl(1000);
			for (int i = 0; i < connections; i++) {
				client.connect(server.getLastEndpoint());
			}
			FollowedSocket followed = observed.monitor().registry().sockets().findFirst().orElseThrow();
			while (ready(server) != connections) {
				Thread.sleep(20);
			}
			for (int i = 0; i < WARM_UP; i++) {
				SocketWalk.read(server.base());
			}
			double[] walks = new double[rounds];
			double[] looks = new double[rounds];
			double[] waits = new double[rounds];
			try (Waiting waiting = new Waiting(followed.tracker())) {
				for (int i = -rounds / 3; i < rounds; i++) {
					long begin = System.nanoTime();
					SocketWalk.read(server.base());
					double walk = System.nanoTime() - begin;
					Thread.sleep(AGE);
					waiting.longest();
					begin = System.nanoTime();
					followed.read();
					double look = System.nanoTime() - begin;
					double wait = waiting.longest();
					if (i >= 0) {
						walks[i] = walk / 1000;
						looks[i] = look / 1000;
						waits[i] = wait / 1000;
					}
				}
			}
			report.raw(connections, Arrays.toString(walks), Arrays.toString(looks), Arrays.toString(waits));
			report.row(Report.format("%,d", connections), Estimate.of(walks).text(0) + " µs",
					Report.format("%.2f µs", Estimate.of(walks).median() / connections),
					Estimate.of(looks).text(0) + " µs",
					Report.format("%.2f µs", Estimate.of(looks).median() / connections),
					Estimate.of(waits).text(0) + " µs");
		}
	}

	private static long ready(ZMQ.Socket server) {
		SocketPicture picture = SocketWalk.read(server.base());
		return (picture != null)
				? picture.connections().values().stream().filter((connection) -> connection.ready()).count() : 0;
	}

	/**
	 * Takes the lock of a socket again and again, as an I/O thread does for each event.
	 */
	private static final class Waiting implements AutoCloseable {

		private final SocketTracker tracker;

		private final Thread thread = new Thread(this::run, "waiting");

		private volatile boolean stopped;

		private long longest;

		Waiting(SocketTracker tracker) {
			this.tracker = tracker;
			this.thread.setDaemon(true);
			this.thread.start();
		}

		private void run() {
			while (!this.stopped) {
				long begin = System.nanoTime();
				this.tracker.size();
				long wait = System.nanoTime() - begin;
				synchronized (this) {
					this.longest = Math.max(this.longest, wait);
				}
				Thread.onSpinWait();
			}
		}

		/**
		 * The longest wait since the last call, in nanoseconds.
		 */
		synchronized long longest() {
			long longest = this.longest;
			this.longest = 0;
			return longest;
		}

		@Override
		public void close() {
			this.stopped = true;
		}

	}

}
