package io.github.zmqmonitor.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.github.zmqmonitor.actuate.endpoint.ZmqDescriptor;
import io.github.zmqmonitor.actuate.endpoint.ZmqEndpoint;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqSocketSnapshot;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.endpoint.Show;

/**
 * Reading {@code /actuator/zmq} with 1,000 sockets and 10,000 connections, against
 * serialising the same records already built; with and without 10,000 events a second
 * coming in. Reads are far enough apart that each one samples the queues anew.
 */
final class Reading {

	private static final String RESULT = "result";

	private static final int JVMS = 3;

	private static final int SOCKETS = 1000;

	private static final int CONNECTIONS = 10;

	private static final int PAUSE = 260;

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final List<ZMQ.Socket> sockets = new ArrayList<>();

	private ZmqDescriptor read;

	private long torn;

	private Reading() {
	}

	static void main(String[] arguments) throws Exception {
		if (arguments.length > 1) {
			new Reading().run(Integer.parseInt(arguments[1]));
			return;
		}
		int rounds = (arguments.length > 0) ? Integer.parseInt(arguments[0]) : 25;
		Map<String, List<double[]>> results = new TreeMap<>();
		for (int i = 0; i < JVMS; i++) {
			for (String line : Fork.run(0, "reading", "one", Integer.toString(rounds))) {
				if (line.startsWith(RESULT)) {
					String[] fields = line.split(";");
					results.computeIfAbsent(fields[1], (events) -> new ArrayList<>())
						.add(Arrays.stream(fields).skip(2).mapToDouble(Double::parseDouble).toArray());
				}
			}
		}
		Report report = new Report("reading", "events / s", "serialise records already built", "read and serialise",
				"ratio", "torn");
		results.forEach((events, values) -> {
			values.forEach((value) -> report.raw(events, Arrays.toString(value)));
			report.row(events, estimate(values, 0).text(1) + " ms", estimate(values, 1).text(1) + " ms",
					estimate(values, 2).text(2),
					Report.format("%.0f", values.stream().mapToDouble((value) -> value[3]).sum()));
		});
		report.note("%,d sockets with %d connections each; medians of %d rounds in %d JVMs, their median and range.",
				SOCKETS, CONNECTIONS, rounds, JVMS);
		report.write();
	}

	private static Estimate estimate(List<double[]> values, int index) {
		return Estimate.of(values.stream().mapToDouble((value) -> value[index]).toArray());
	}

	private void run(int rounds) throws Exception {
		try (ObservedContext context = new ObservedContext(Observation.MONITORED)) {
			ZmqEndpoint endpoint = new ZmqEndpoint(context.monitor(), Show.ALWAYS, Set.of());
			open(context);
			measure("0", endpoint, rounds);
			try (ComingAndGoing events = new ComingAndGoing(this.sockets)) {
				events.start();
				measure("10,000", endpoint, rounds);
			}
		}
	}

	private void open(ObservedContext context) {
		for (int i = 0; i < SOCKETS; i++) {
			ZMQ.Socket socket = context.socket(SocketType.ROUTER);
			socket.bind("tcp://127.0.0.1:*");
			for (int j = 0; j < CONNECTIONS; j++) {
				socket.base().eventAccepted(socket.getLastEndpoint(), new MadeUpChannel(i * CONNECTIONS + j));
			}
			this.sockets.add(socket);
		}
	}

	private void measure(String events, ZmqEndpoint endpoint, int rounds) throws Exception {
		ZmqDescriptor built = endpoint.sockets(null, null, null, null);
		Interleaved interleaved = new Interleaved();
		interleaved.add("built", () -> milliseconds(() -> this.mapper.writeValueAsBytes(built)));
		interleaved.add("read", () -> {
			double time = milliseconds(() -> {
				this.read = endpoint.sockets(null, null, null, null);
				return this.mapper.writeValueAsBytes(this.read);
			});
			check(this.read);
			return time;
		});
		Map<String, double[]> results = interleaved.run(20, rounds);
		double[] ratios = new double[rounds];
		for (int i = 0; i < rounds; i++) {
			ratios[i] = results.get("read")[i] / results.get("built")[i];
		}
		System.out
			.println(Report.format("%s;%s;%s;%s;%s;%s", RESULT, events, Estimate.of(results.get("built")).median(),
					Estimate.of(results.get("read")).median(), Estimate.of(ratios).median(), this.torn));
	}

	private static double milliseconds(Action action) throws Exception {
		Thread.sleep(PAUSE);
		long begin = System.nanoTime();
		action.run();
		return (System.nanoTime() - begin) / 1e6;
	}

	/**
	 * What is opened less what is closed must be what lives, in each single answer.
	 */
	private void check(ZmqDescriptor descriptor) {
		for (ZmqSocketSnapshot socket : descriptor.sockets()) {
			for (ZmqEndpointSnapshot endpoint : socket.endpoints()) {
				long open = endpoint.connections() + endpoint.handshaking();
				if (endpoint.accepted() - endpoint.disconnected() - endpoint.closedLocally() != open
						|| endpoint.peers().size() != open) {
					this.torn++;
				}
			}
		}
	}

	private interface Action {

		Object run() throws Exception;

	}

}
