package io.github.zmqmonitor.benchmarks;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Messages a second between two monitored sockets, while somebody reads all their numbers
 * every 250 ms and while nobody does: both in turn on the same connection, and again on
 * another one. Unread is measured twice, to show what the machine alone makes of a ratio.
 */
final class MessagesRead {

	private static final int INTERVAL = 250;

	private static final int SIZE = 16;

	private static final long DURATION = TimeUnit.MILLISECONDS.toNanos(2 * INTERVAL);

	private static final int CONNECTIONS = 3;

	private MessagesRead() {
	}

	static void main(String[] arguments) throws Exception {
		int rounds = (arguments.length > 0) ? Integer.parseInt(arguments[0]) : 6;
		Report report = new Report("messages-read", "messages", "transport", "unread / s", "read / unread",
				"unread again / unread");
		Ratios subjects = new Ratios();
		Ratios controls = new Ratios();
		for (Exchange exchange : Exchange.values()) {
			for (String transport : Peers.TRANSPORTS) {
				double[][] results = new double[3][0];
				for (int i = 0; i < CONNECTIONS; i++) {
					Map<String, double[]> more = Peers.with(Observation.MONITORED, exchange, transport, SIZE,
							(peers) -> inTurn(peers, rounds));
					results[0] = join(results[0], more.get("base"));
					results[1] = join(results[1], more.get("subject"));
					results[2] = join(results[2], more.get("control"));
				}
				for (double[] values : results) {
					report.raw(exchange, transport, Arrays.toString(values));
				}
				report.row(exchange.title(), transport, Report.format("%,.0f", Estimate.of(results[0]).median()),
						subjects.add(results[1], results[0]).text(3), controls.add(results[2], results[0]).text(3));
			}
		}
		report.row("all", "", "", subjects.all().text(3), controls.all().text(3));
		report.note("%d B; median of %d rounds, with its 95 %% interval.", SIZE, CONNECTIONS * rounds);
		report.write();
	}

	private static Map<String, double[]> inTurn(Peers peers, int rounds) throws Exception {
		Interleaved interleaved = new Interleaved();
		interleaved.add("base", () -> peers.rate(DURATION));
		interleaved.add("subject", () -> read(peers));
		interleaved.add("control", () -> peers.rate(DURATION));
		return interleaved.run(1, rounds);
	}

	private static double read(Peers peers) {
		Thread reader = new Thread(() -> {
			try {
				while (true) {
					peers.context().monitor().snapshot();
					Thread.sleep(INTERVAL);
				}
			}
			catch (InterruptedException ex) {
				// stopped
			}
		}, "reader");
		reader.start();
		try {
			return peers.rate(DURATION);
		}
		finally {
			reader.interrupt();
		}
	}

	private static double[] join(double[] one, double[] other) {
		double[] joined = Arrays.copyOf(one, one.length + other.length);
		System.arraycopy(other, 0, joined, one.length, other.length);
		return joined;
	}

}
