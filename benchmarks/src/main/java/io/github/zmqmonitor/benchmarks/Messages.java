package io.github.zmqmonitor.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/**
 * Messages a second between two sockets, monitored and not, in turn: each measurement
 * with a context and a connection of its own. The unmonitored one is measured twice, to
 * show what the machine alone makes of a ratio. With the argument {@code read}, sockets
 * are monitored in any case, and somebody reads them every 250 ms or does not.
 */
final class Messages {

	private static final int[] SIZES = { 16, 1024, 65536 };

	private static final String[] TRANSPORTS = { "inproc", "tcp", "ipc" };

	private static final long WARM_UP = TimeUnit.MILLISECONDS.toNanos(60);

	private static final int WINDOW = 64;

	private static final int PATIENCE = 2000;

	private static final int BATCH = 16;

	private Messages() {
	}

	static void main(String[] arguments) throws Exception {
		List<String> options = new ArrayList<>(List.of(arguments));
		boolean read = options.remove("read");
		int rounds = options.isEmpty() ? 14 : Integer.parseInt(options.get(0));
		Report report = read
				? new Report("messages-read", "messages", "transport", "size", "unread / s", "read / unread")
				: new Report("messages", "messages", "transport", "size", "unmonitored / s", "monitored / unmonitored",
						"unmonitored again / unmonitored");
		List<double[]> all = new ArrayList<>();
		for (Exchange exchange : Exchange.values()) {
			for (String transport : TRANSPORTS) {
				for (int size : SIZES) {
					if (!read || size == SIZES[0]) {
						measure(exchange, transport, size, rounds, read, report, all);
					}
				}
			}
		}
		double[][] ratios = { flat(all, 0), flat(all, 1) };
		if (read) {
			report.row("all", "", "", "", Estimate.of(ratios[0]).text(3));
		}
		else {
			report.row("all", "", "", "", Estimate.of(ratios[0]).text(3), Estimate.of(ratios[1]).text(3));
		}
		report.note("Median of %d rounds, with its 95 %% interval.", rounds);
		report.write();
	}

	private static void measure(Exchange exchange, String transport, int size, int rounds, boolean read, Report report,
			List<double[]> all) throws Exception {
		Interleaved interleaved = new Interleaved();
		if (read) {
			interleaved.add("base", () -> rate(exchange, Observation.MONITORED, transport, size, 0));
			interleaved.add("subject", () -> rate(exchange, Observation.MONITORED, transport, size, 250));
		}
		else {
			interleaved.add("base", () -> rate(exchange, Observation.PLAIN, transport, size, 0));
			interleaved.add("subject", () -> rate(exchange, Observation.MONITORED, transport, size, 0));
			interleaved.add("control", () -> rate(exchange, Observation.PLAIN, transport, size, 0));
		}
		Map<String, double[]> results = interleaved.run(2, rounds);
		results.forEach((name, values) -> report.raw(exchange, transport, size, name, Arrays.toString(values)));
		double[] base = results.get("base");
		double[] control = results.getOrDefault("control", base);
		for (int i = 0; i < rounds; i++) {
			all.add(new double[] { results.get("subject")[i] / base[i], control[i] / base[i] });
		}
		String rate = Report.format("%,.0f", Estimate.of(base).median());
		String ratio = Estimate.ofRatios(results.get("subject"), base).text(3);
		if (read) {
			report.row(exchange.title, transport, size + " B", rate, ratio);
		}
		else {
			report.row(exchange.title, transport, size + " B", rate, ratio, Estimate.ofRatios(control, base).text(3));
		}
	}

	private static double[] flat(List<double[]> rows, int column) {
		return rows.stream().mapToDouble((row) -> row[column]).toArray();
	}

	/**
	 * Measure once; again if a handshake stands still, as happens in JeroMQ now and then.
	 */
	private static double rate(Exchange exchange, Observation observation, String transport, int size, int readEvery) {
		while (true) {
			try (ObservedContext context = new ObservedContext(observation);
					Peers peers = new Peers(context, exchange, transport)) {
				peers.startServer(exchange.server);
				byte[] message = new byte[size];
				exchange.client.begin(peers, message);
				peers.exchange(exchange, message, WARM_UP);
				Reader reader = (readEvery > 0) ? new Reader(context, readEvery) : null;
				double rate = peers.exchange(exchange, message,
						TimeUnit.MILLISECONDS.toNanos((readEvery > 0) ? 600 : 130));
				if (reader != null) {
					reader.stop();
				}
				return rate;
			}
			catch (StalledException ex) {
				System.err.println("once more: " + ex);
			}
		}
	}

	/**
	 * How messages go between a server, which is bound and has a thread of its own, and a
	 * client, which measures.
	 */
	private enum Exchange {

		/** One way: what the client receives is counted. */
		PUSH_PULL("PUSH/PULL", SocketType.PUSH, SocketType.PULL, Peers::push, Client.RECEIVES),

		/** There and back, one at a time: the rate is that of round trips. */
		REQ_REP("REQ/REP", SocketType.REP, SocketType.REQ, Peers::reply, Client.ASKS),

		/** There and back, many at a time. */
		ROUTER_DEALER("ROUTER/DEALER", SocketType.ROUTER, SocketType.DEALER, Peers::reply, Client.KEEPS_ASKING);

		private final String title;

		private final SocketType serverType;

		private final SocketType clientType;

		private final Consumer<Peers> server;

		private final Client client;

		Exchange(String title, SocketType serverType, SocketType clientType, Consumer<Peers> server, Client client) {
			this.title = title;
			this.serverType = serverType;
			this.clientType = clientType;
			this.server = server;
			this.client = client;
		}

	}

	/**
	 * What a client does for each message.
	 */
	private enum Client {

		RECEIVES, ASKS, KEEPS_ASKING;

		void begin(Peers peers, byte[] message) {
			for (int i = 0; this == KEEPS_ASKING && i < WINDOW; i++) {
				peers.client.send(message);
			}
		}

		void next(Peers peers, byte[] message) {
			if (this == ASKS) {
				peers.client.send(message);
			}
			if (peers.client.recv() == null) {
				throw new StalledException();
			}
			if (this == KEEPS_ASKING) {
				peers.client.send(message);
			}
		}

	}

	/**
	 * Two sockets that are connected.
	 */
	private static final class Peers implements AutoCloseable {

		private static int count;

		private final ZMQ.Socket server;

		private final ZMQ.Socket client;

		private Thread thread;

		private byte[] pushed = {};

		private volatile boolean stopped;

		Peers(ObservedContext context, Exchange exchange, String transport) {
			this.server = context.socket(exchange.serverType);
			this.client = context.socket(exchange.clientType);
			this.server.setSendTimeOut(PATIENCE / 100);
			this.server.setReceiveTimeOut(PATIENCE / 100);
			this.client.setReceiveTimeOut(PATIENCE);
			String endpoint = bind(transport);
			this.client.connect(endpoint);
		}

		private String bind(String transport) {
			if (transport.equals("tcp")) {
				this.server.bind("tcp://127.0.0.1:*");
				return this.server.getLastEndpoint();
			}
			while (true) {
				String endpoint = transport + "://benchmark-" + ProcessHandle.current().pid() + "-" + count++;
				try {
					this.server.bind(endpoint);
					return endpoint;
				}
				catch (RuntimeException ex) {
					// JeroMQ makes a port of an ipc name, and that one is taken
				}
			}
		}

		void startServer(Consumer<Peers> task) {
			this.thread = new Thread(() -> task.accept(this), "server");
			this.thread.setDaemon(true);
			this.thread.start();
		}

		void push() {
			while (!this.stopped) {
				this.server.send(this.pushed);
			}
		}

		void reply() {
			while (!this.stopped) {
				byte[] part = this.server.recv();
				while (part != null) {
					boolean more = this.server.hasReceiveMore();
					this.server.send(part, more ? ZMQ.SNDMORE : 0);
					part = more ? this.server.recv() : null;
				}
			}
		}

		double exchange(Exchange exchange, byte[] message, long nanoseconds) {
			this.pushed = message;
			long begin = System.nanoTime();
			long now = begin;
			long messages = 0;
			while (now - begin < nanoseconds) {
				for (int i = 0; i < BATCH; i++) {
					exchange.client.next(this, message);
				}
				messages += BATCH;
				now = System.nanoTime();
			}
			return messages * 1e9 / (now - begin);
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

	}

	/**
	 * Reads the state of all sockets again and again.
	 */
	private static final class Reader implements Runnable {

		private final ObservedContext context;

		private final int interval;

		private final Thread thread = new Thread(this, "reader");

		Reader(ObservedContext context, int interval) {
			this.context = context;
			this.interval = interval;
			this.thread.start();
		}

		@Override
		public void run() {
			try {
				while (true) {
					this.context.monitor().snapshot();
					Thread.sleep(this.interval);
				}
			}
			catch (InterruptedException ex) {
				// stopped
			}
		}

		void stop() {
			this.thread.interrupt();
		}

	}

	private static final class StalledException extends RuntimeException {

		private static final long serialVersionUID = 1L;

	}

}
