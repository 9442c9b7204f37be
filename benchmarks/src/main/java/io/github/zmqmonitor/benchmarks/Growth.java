package io.github.zmqmonitor.benchmarks;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.zeromq.SocketType;
import zmq.SocketBase;

/**
 * What the begin and the end of a connection cost when there are many sockets, or many
 * connections of one socket.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = { "-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch" })
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class Growth {

	private static final String ADDRESS = "tcp://127.0.0.1:5555";

	/** In which way the sockets are followed. */
	@Param({ "COUNTER", "OWN_COUNTER", "MONITORED" })
	public Observation observation;

	/** How many sockets and how many connections each of them has. */
	@Param({ "1x1", "10x1", "100x1", "1000x1", "10000x1", "1x10", "1x100", "1x1000", "1x10000" })
	public String size;

	private final List<SocketBase> sockets = new ArrayList<>();

	private final MadeUpChannel channel = new MadeUpChannel(0);

	private int next;

	/**
	 * Make the sockets and their connections.
	 * @throws Exception if that fails
	 */
	@Setup
	public void open() throws Exception {
		ObservedContext context = new ObservedContext(this.observation);
		int connections = connections(this.size);
		for (int i = 0; i < sockets(this.size); i++) {
			SocketBase socket = context.socket(SocketType.ROUTER).base();
			Descriptors.close(socket);
			socket.eventListening(ADDRESS, null);
			for (int j = 0; j < connections; j++) {
				socket.eventAccepted(ADDRESS, new MadeUpChannel(j));
			}
			this.sockets.add(socket);
		}
		context.monitor().snapshot();
	}

	/**
	 * One more connection comes and goes, at each socket in turn.
	 */
	@Benchmark
	public void acceptedAndDisconnected() {
		SocketBase socket = this.sockets.get(this.next);
		this.next = (this.next + 1 < this.sockets.size()) ? this.next + 1 : 0;
		socket.eventAccepted(ADDRESS, this.channel);
		socket.eventDisconnected(ADDRESS, this.channel);
	}

	static void main(String[] arguments) throws Exception {
		Collection<RunResult> results = new Runner(new OptionsBuilder().parent(new CommandLineOptions(arguments))
			.include(Growth.class.getName())
			.resultFormat(ResultFormatType.JSON)
			.result(Report.file("growth.json").toString())
			.build()).run();
		Map<String, TreeMap<Integer, Double>> lines = new LinkedHashMap<>();
		for (Observation observation : List.of(Observation.MONITORED, Observation.OWN_COUNTER, Observation.COUNTER)) {
			lines.put(observation.title() + ", by sockets", select(results, observation, true));
			lines.put(observation.title() + ", by connections", select(results, observation, false));
		}
		List<String> columns = new ArrayList<>(List.of("number"));
		columns.addAll(lines.keySet());
		Report report = new Report("growth", columns.toArray(String[]::new));
		for (Integer number : lines.values().iterator().next().keySet()) {
			List<Object> row = new ArrayList<>(List.of(number));
			lines.values().forEach((line) -> row.add(Report.format("%,.0f ns", line.get(number))));
			report.row(row.toArray());
		}
		report.write();
		Plot plot = new Plot("Cost of ACCEPTED and DISCONNECTED", "number of sockets or connections", "ns");
		lines.forEach(plot::line);
		Files.writeString(Report.file("growth.svg"), plot.svg());
	}

	private static TreeMap<Integer, Double> select(Collection<RunResult> results, Observation observation,
			boolean sockets) {
		TreeMap<Integer, Double> selected = new TreeMap<>();
		for (RunResult result : results) {
			String size = result.getParams().getParam("size");
			if ((sockets ? connections(size) : sockets(size)) == 1
					&& observation.name().equals(result.getParams().getParam("observation"))) {
				selected.put(sockets ? sockets(size) : connections(size), result.getPrimaryResult().getScore());
			}
		}
		return selected;
	}

	private static int sockets(String size) {
		return Integer.parseInt(size.substring(0, size.indexOf('x')));
	}

	private static int connections(String size) {
		return Integer.parseInt(size.substring(size.indexOf('x') + 1));
	}

}
