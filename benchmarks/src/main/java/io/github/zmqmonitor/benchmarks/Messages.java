package io.github.zmqmonitor.benchmarks;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Messages a second between two sockets, monitored and not, in turn: each measurement
 * with a context and a connection of its own. The unmonitored one is measured twice, to
 * show what the machine alone makes of a ratio.
 */
final class Messages {

	private static final long DURATION = TimeUnit.MILLISECONDS.toNanos(130);

	private Messages() {
	}

	static void main(String[] arguments) throws Exception {
		int rounds = (arguments.length > 0) ? Integer.parseInt(arguments[0]) : 14;
		Report report = new Report("messages", "messages", "transport", "size", "unmonitored / s",
				"monitored / unmonitored", "unmonitored again / unmonitored");
		Ratios subjects = new Ratios();
		Ratios controls = new Ratios();
		for (Exchange exchange : Exchange.values()) {
			for (String transport : Peers.TRANSPORTS) {
				for (int size : Peers.SIZES) {
					Interleaved interleaved = new Interleaved();
					interleaved.add("base", () -> rate(exchange, Observation.PLAIN, transport, size));
					interleaved.add("subject", () -> rate(exchange, Observation.MONITORED, transport, size));
					interleaved.add("control", () -> rate(exchange, Observation.PLAIN, transport, size));
					Map<String, double[]> results = interleaved.run(2, rounds);
					results.forEach(
							(name, values) -> report.raw(exchange, transport, size, name, Arrays.toString(values)));
					double[] base = results.get("base");
					report.row(exchange.title(), transport, size + " B",
							Report.format("%,.0f", Estimate.of(base).median()),
							subjects.add(results.get("subject"), base).text(3),
							controls.add(results.get("control"), base).text(3));
				}
			}
		}
		report.row("all", "", "", "", subjects.all().text(3), controls.all().text(3));
		report.note("Median of %d rounds, with its 95 %% interval.", rounds);
		report.write();
	}

	private static double rate(Exchange exchange, Observation observation, String transport, int size)
			throws Exception {
		return Peers.with(observation, exchange, transport, size, (peers) -> peers.rate(DURATION));
	}

}
