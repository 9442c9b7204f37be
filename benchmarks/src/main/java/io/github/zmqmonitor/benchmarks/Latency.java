package io.github.zmqmonitor.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How long a request and its reply take between two sockets, monitored and not, in turn:
 * each measurement with a context and a connection of its own.
 */
final class Latency {

	private static final int TRIPS = 2000;

	private static final int WARM_UP = 1;

	private Latency() {
	}

	static void main(String[] arguments) throws Exception {
		int rounds = (arguments.length > 0) ? Integer.parseInt(arguments[0]) : 14;
		Report report = new Report("latency", "transport", "size", "unmonitored, median", "99 %",
				"monitored / unmonitored, median", "99 %", "unmonitored again / unmonitored, median", "99 %");
		List<Ratios> ratios = List.of(new Ratios(), new Ratios(), new Ratios(), new Ratios());
		for (String transport : Peers.TRANSPORTS) {
			for (int size : Peers.SIZES) {
				Map<String, List<Double>> slowest = new HashMap<>();
				Interleaved interleaved = new Interleaved();
				for (String name : List.of("base", "subject", "control")) {
					Observation observation = name.equals("subject") ? Observation.MONITORED : Observation.PLAIN;
					slowest.put(name, new ArrayList<>());
					interleaved.add(name, () -> {
						double[] times = times(observation, transport, size);
						slowest.get(name).add(quantile(times, 0.99));
						return quantile(times, 0.5);
					});
				}
				Map<String, double[]> medians = interleaved.run(WARM_UP, rounds);
				Map<String, double[]> tails = new HashMap<>();
				slowest.forEach((name, values) -> tails.put(name,
						values.stream().skip(WARM_UP).mapToDouble(Double::doubleValue).toArray()));
				medians.forEach((name, values) -> report.raw(transport, size, name, Arrays.toString(values),
						Arrays.toString(tails.get(name))));
				double[] median = medians.get("base");
				double[] tail = tails.get("base");
				report.row(transport, size + " B", microseconds(median), microseconds(tail),
						ratios.get(0).add(medians.get("subject"), median).text(3),
						ratios.get(1).add(tails.get("subject"), tail).text(3),
						ratios.get(2).add(medians.get("control"), median).text(3),
						ratios.get(3).add(tails.get("control"), tail).text(3));
			}
		}
		report.row("all", "", "", "", ratios.get(0).all().text(3), ratios.get(1).all().text(3),
				ratios.get(2).all().text(3), ratios.get(3).all().text(3));
		report.note("REQ/REP, %,d round trips each; median of %d rounds, with its 95 %% interval.", TRIPS, rounds);
		report.write();
	}

	private static double[] times(Observation observation, String transport, int size) throws Exception {
		double[] times = Peers.with(observation, Exchange.REQ_REP, transport, size, (peers) -> peers.times(TRIPS));
		Arrays.sort(times);
		return times;
	}

	private static double quantile(double[] sorted, double quantile) {
		return sorted[(int) (quantile * (sorted.length - 1))];
	}

	private static String microseconds(double[] nanoseconds) {
		return Report.format("%.0f µs", Estimate.of(nanoseconds).median() / 1e3);
	}

}
