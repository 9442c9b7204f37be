package io.github.zmqmonitor.benchmarks;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import zmq.SocketBase;
import zmq.ZError;

/**
 * What an event costs on the thread where it happens. For {@code ZMonitor} it is the cost
 * from end to end, since its queue is always full.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = { "-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch" })
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class EventCost {

	private static final int RETRY_INTERVAL = 100;

	private static final int NEVER = 3_600_000;

	/** In which way the socket is followed. */
	@Param({ "PLAIN", "COUNTER", "TIMED_COUNTER", "MONITORED", "ZMONITOR" })
	public Observation observation;

	private final MadeUpChannel channel = new MadeUpChannel(0);

	private ObservedContext context;

	private SocketBase server;

	private SocketBase client;

	private String served;

	private String missing;

	/**
	 * Make a socket that listens and one that finds nobody.
	 */
	@Setup
	public void open() {
		this.context = new ObservedContext(this.observation);
		ZMQ.Socket bound = this.context.socket(SocketType.ROUTER);
		bound.bind("tcp://127.0.0.1:*");
		this.served = bound.getLastEndpoint();
		this.server = bound.base();
		ZMQ.Socket connected = this.context.socket(SocketType.DEALER);
		connected.setReconnectIVL(NEVER);
		connected.connect("tcp://127.0.0.1:1");
		this.missing = connected.getLastEndpoint();
		this.client = connected.base();
	}

	/**
	 * Close the context.
	 */
	@TearDown
	public void close() {
		this.context.close();
	}

	/**
	 * A connection comes and goes.
	 */
	@Benchmark
	public void acceptedAndDisconnected() {
		this.server.eventAccepted(this.served, this.channel);
		this.server.eventDisconnected(this.served, this.channel);
	}

	/**
	 * A connection could not be accepted.
	 */
	@Benchmark
	public void acceptFailed() {
		this.server.eventAcceptFailed(this.served, ZError.EIOEXC);
	}

	/**
	 * A retry is scheduled.
	 */
	@Benchmark
	public void connectRetried() {
		this.client.eventConnectRetried(this.missing, RETRY_INTERVAL);
	}

	static void main(String[] arguments) throws Exception {
		Collection<RunResult> results = new Runner(new OptionsBuilder().parent(new CommandLineOptions(arguments))
			.include(EventCost.class.getName())
			.addProfiler(GCProfiler.class)
			.resultFormat(ResultFormatType.JSON)
			.result(Report.file("events.json").toString())
			.build()).run();
		Map<String, RunResult> byKey = new HashMap<>();
		results.forEach((result) -> byKey.put(key(result), result));
		Report report = new Report("events", "event", "unmonitored", "counter hook", "counter hook with a time",
				"monitored", "ZMonitor", "monitored / counter hook", "monitored / counter hook with a time",
				"monitored / ZMonitor", "bytes: counter hook", "bytes: monitored");
		for (String event : List.of("acceptedAndDisconnected", "connectRetried", "acceptFailed")) {
			RunResult plain = byKey.get(event + Observation.PLAIN);
			RunResult counter = byKey.get(event + Observation.COUNTER);
			RunResult timed = byKey.get(event + Observation.TIMED_COUNTER);
			RunResult monitored = byKey.get(event + Observation.MONITORED);
			RunResult reader = byKey.get(event + Observation.ZMONITOR);
			report.row(event, time(plain), time(counter), time(timed), time(monitored), time(reader),
					ratio(monitored, counter), ratio(monitored, timed), ratio(monitored, reader), bytes(counter),
					bytes(monitored));
		}
		report.write();
	}

	private static String key(RunResult result) {
		String benchmark = result.getParams().getBenchmark();
		return benchmark.substring(benchmark.lastIndexOf('.') + 1) + result.getParams().getParam("observation");
	}

	private static String time(RunResult result) {
		return Report.format("%.1f ± %.1f ns", result.getPrimaryResult().getScore(),
				result.getPrimaryResult().getScoreError());
	}

	private static String ratio(RunResult one, RunResult other) {
		return Report.format("%.3f", one.getPrimaryResult().getScore() / other.getPrimaryResult().getScore());
	}

	private static String bytes(RunResult result) {
		return Report.format("%.1f", result.getSecondaryResults().get("gc.alloc.rate.norm").getScore());
	}

}
