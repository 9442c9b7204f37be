package io.github.zmqmonitor.benchmarks;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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
	@Param({ "COUNTER", "MONITORED" })
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
		TreeMap<Integer, double[]> bySockets = select(results, true);
		TreeMap<Integer, double[]> byConnections = select(results, false);
		Report report = new Report("growth", "number", "sockets: counter hook", "sockets: monitored",
				"connections: counter hook", "connections: monitored");
		bySockets.forEach((number, sockets) -> {
			double[] connections = byConnections.get(number);
			report.row(number, nanoseconds(sockets[0]), nanoseconds(sockets[1]), nanoseconds(connections[0]),
					nanoseconds(connections[1]));
		});
		report.write();
		Plot plot = new Plot("Cost of ACCEPTED and DISCONNECTED", "number of sockets or connections", "ns");
		plot.line("monitored, by sockets", column(bySockets, 1));
		plot.line("monitored, by connections of a socket", column(byConnections, 1));
		plot.line("counter hook, by sockets", column(bySockets, 0));
		plot.line("counter hook, by connections of a socket", column(byConnections, 0));
		Files.writeString(Report.file("growth.svg"), plot.svg());
	}

	private static TreeMap<Integer, double[]> select(Collection<RunResult> results, boolean sockets) {
		TreeMap<Integer, double[]> selected = new TreeMap<>();
		for (RunResult result : results) {
			String size = result.getParams().getParam("size");
			if ((sockets ? connections(size) : sockets(size)) == 1) {
				int index = Observation.COUNTER.name().equals(result.getParams().getParam("observation")) ? 0 : 1;
				selected.computeIfAbsent(sockets ? sockets(size) : connections(size),
						(number) -> new double[2])[index] = result.getPrimaryResult().getScore();
			}
		}
		return selected;
	}

	private static TreeMap<Integer, Double> column(TreeMap<Integer, double[]> rows, int index) {
		TreeMap<Integer, Double> column = new TreeMap<>();
		rows.forEach((number, values) -> column.put(number, values[index]));
		return column;
	}

	private static String nanoseconds(double value) {
		return Report.format("%.0f ns", value);
	}

	private static int sockets(String size) {
		return Integer.parseInt(size.substring(0, size.indexOf('x')));
	}

	private static int connections(String size) {
		return Integer.parseInt(size.substring(size.indexOf('x') + 1));
	}

}
