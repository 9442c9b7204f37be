package io.github.zmqmonitor.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.zmqmonitor.internal.instrument.JeromqInstrumentation;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import zmq.Msg;

/**
 * What a message costs that a socket drops, counted and not, in time of the processor:
 * floods of them, in JVMs of their own, one with changed classes and one without in turn.
 */
final class Drops {

	private static final int MESSAGES = 1_000_000;

	private static final int WARM_UP = 4;

	private static final int ROUNDS = 8;

	private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

	private static final Msg BODY = new Msg("ABCDEFGH".getBytes(ZMQ.CHARSET));

	private Drops() {
	}

	static void main(String[] arguments) throws Exception {
		if (arguments.length > 1) {
			flood(Observation.valueOf(arguments[1]));
			return;
		}
		int rounds = (arguments.length > 0) ? Integer.parseInt(arguments[0]) : 5;
		Map<Flood, double[]> plain = new LinkedHashMap<>();
		Map<Flood, double[]> counted = new LinkedHashMap<>();
		for (int round = 0; round < rounds; round++) {
			measure(Observation.PLAIN, plain, round, rounds);
			measure(Observation.MONITORED, counted, round, rounds);
		}
		Report report = new Report("drops", "dropped by", "not counted", "counted", "difference");
		for (Flood flood : Flood.values()) {
			double[] base = plain.get(flood);
			double[] subject = counted.get(flood);
			report.raw(flood, Arrays.toString(base), Arrays.toString(subject));
			report.row(flood.title, Estimate.of(base).text(0) + " ns", Estimate.of(subject).text(0) + " ns",
					Estimate.ofDifferences(subject, base).text(0) + " ns");
		}
		report.note(
				"Processor time, the best of %d rounds of %,d messages; median of %d pairs of JVMs, with its 95 %% interval.",
				ROUNDS, MESSAGES, rounds);
		report.write();
	}

	private static void measure(Observation observation, Map<Flood, double[]> results, int round, int rounds)
			throws Exception {
		for (String line : Fork.run(0, "drops", "one", observation.name())) {
			if (line.startsWith("FLOOD ")) {
				String[] words = line.split(" ");
				results.computeIfAbsent(Flood.valueOf(words[1]), (flood) -> new double[rounds])[round] = Double
					.parseDouble(words[2]);
			}
		}
	}

	private static void flood(Observation observation) throws Exception {
		if (observation == Observation.MONITORED
				&& !JeromqInstrumentation.install(Drops.class.getClassLoader()).installed()) {
			throw new IllegalStateException("JeroMQ's classes can't be changed");
		}
		for (Flood flood : Flood.values()) {
			try (ObservedContext context = new ObservedContext(observation)) {
				ZMQ.Socket socket = flood.open(context);
				double best = Double.MAX_VALUE;
				for (int round = -WARM_UP; round < ROUNDS; round++) {
					long begin = CLOCK.getCurrentThreadCpuTime();
					for (int i = 0; i < MESSAGES; i++) {
						flood.send(socket);
					}
					double time = (CLOCK.getCurrentThreadCpuTime() - begin) / (double) MESSAGES;
					best = (round < 0) ? best : Math.min(best, time);
				}
				flood.check(context, socket, observation);
				System.out.println("FLOOD " + flood + " " + best);
			}
		}
	}

	private enum Flood {

		PUB("a PUB with a full queue", SocketType.PUB, "full", ""),

		OVERLAPPING("the same, with three subscriptions that match", SocketType.PUB, "full", "A", "AB", "ABC"),

		ROUTER("a ROUTER with a full queue", SocketType.ROUTER, "full"),

		UNROUTABLE("a ROUTER that knows nobody of that identity", SocketType.ROUTER, "nobody");

		private final String title;

		private final SocketType type;

		private final Msg identity;

		private final List<String> topics;

		Flood(String title, SocketType type, String identity, String... topics) {
			this.title = title;
			this.type = type;
			this.identity = new Msg(identity.getBytes(ZMQ.CHARSET));
			this.topics = List.of(topics);
		}

		ZMQ.Socket open(ObservedContext context) {
			ZMQ.Socket socket = context.socket(this.type);
			socket.setSndHWM(1);
			socket.bind("inproc://" + name());
			ZMQ.Socket peer = context.socket((this.type == SocketType.PUB) ? SocketType.SUB : SocketType.DEALER);
			peer.setRcvHWM(1);
			peer.setIdentity("full".getBytes(ZMQ.CHARSET));
			this.topics.forEach(peer::subscribe);
			peer.connect("inproc://" + name());
			for (int i = 0; i < 1000; i++) {
				peer.getEvents();
				send(socket);
			}
			return socket;
		}

		void send(ZMQ.Socket socket) {
			if (this.type == SocketType.ROUTER) {
				socket.base().send(this.identity, zmq.ZMQ.ZMQ_SNDMORE);
			}
			socket.base().send(BODY, 0);
		}

		void check(ObservedContext context, ZMQ.Socket socket, Observation observation) {
			long dropped = context.monitor()
				.snapshot()
				.sockets()
				.stream()
				.filter((it) -> it.type().equals(this.type.name()))
				.flatMap((it) -> it.messages().dropped().values().stream())
				.mapToLong(Long::longValue)
				.sum();
			if (observation == Observation.MONITORED && dropped < (long) MESSAGES * ROUNDS) {
				throw new IllegalStateException("Only " + dropped + " messages of " + socket + " were dropped");
			}
		}

	}

}
