package io.github.zmqmonitor.benchmarks;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Runs a benchmark by its name.
 */
public final class Benchmarks {

	private static final Map<String, Benchmark> ALL = new LinkedHashMap<>();

	static {
		ALL.put("events", EventCost::main);
		ALL.put("growth", Growth::main);
		ALL.put("footprint", Footprint::main);
		ALL.put("messages", Messages::main);
		ALL.put("messages-read", MessagesRead::main);
		ALL.put("latency", Latency::main);
		ALL.put("churn", Churn::main);
		ALL.put("startup", StartUp::main);
		ALL.put("reading", Reading::main);
		ALL.put("kernel", KernelRead::main);
		ALL.put("walk", Walk::main);
		ALL.put("scrape", Scrape::main);
		ALL.put("storm", Storm::main);
		ALL.put("drops", Drops::main);
	}

	private Benchmarks() {
	}

	/**
	 * Run a benchmark.
	 * @param arguments the name of the benchmark, and what it takes itself
	 * @throws Exception if it fails
	 */
	public static void main(String[] arguments) throws Exception {
		Benchmark benchmark = (arguments.length > 0) ? ALL.get(arguments[0]) : null;
		if (benchmark == null) {
			System.err.println("One of " + ALL.keySet() + " is needed");
			System.exit(2);
			return;
		}
		benchmark.run(Arrays.copyOfRange(arguments, 1, arguments.length));
		System.exit(0);
	}

	private interface Benchmark {

		void run(String[] arguments) throws Exception;

	}

}
