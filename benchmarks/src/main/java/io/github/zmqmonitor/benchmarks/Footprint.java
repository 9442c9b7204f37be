package io.github.zmqmonitor.benchmarks;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.management.ObjectName;

import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import zmq.SocketBase;

/**
 * Heap, threads and descriptors of sockets and their connections. Heap is what a
 * histogram of live objects says, less that of the same sockets unmonitored.
 */
final class Footprint {

	private static final int SOCKETS = 1000;

	private static final int SOCKETS_WITH_READER = 100;

	private static final int CONNECTIONS = 20_000;

	private static final int RECENT_EVENTS = 64;

	private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

	private Footprint() {
	}

	static void main(String[] arguments) throws Exception {
		measure(Observation.ZMONITOR, 10, 10);
		measure(Observation.MONITORED, SOCKETS, CONNECTIONS);
		measure(Observation.PLAIN, SOCKETS, CONNECTIONS);
		Report report = new Report("footprint", "sockets", "threads / socket", "descriptors / socket", "heap / socket",
				"heap / socket that has seen " + RECENT_EVENTS + " events", "heap / live connection");
		Usage plain = measure(Observation.PLAIN, SOCKETS, CONNECTIONS);
		for (Observation observation : Observation.COMPARED) {
			int sockets = (observation == Observation.ZMONITOR) ? SOCKETS_WITH_READER : SOCKETS;
			Usage usage = measure(observation, sockets, CONNECTIONS);
			report.row(observation.title(), Report.format("%+.2f", usage.threads - plain.threads),
					Report.format("%+.2f", usage.descriptors - plain.descriptors),
					Report.format("%+.0f B", usage.socket - plain.socket),
					Report.format("%+.0f B", usage.usedSocket - plain.usedSocket),
					Report.format("%+.0f B", usage.connection - plain.connection));
		}
		report.note("%,d sockets, %d with ZMonitor; %,d connections of one socket; beyond unmonitored ones.", SOCKETS,
				SOCKETS_WITH_READER, CONNECTIONS);
		report.write();
	}

	private static Usage measure(Observation observation, int count, int connections) throws Exception {
		Map<SocketBase, String> sockets = new LinkedHashMap<>();
		List<MadeUpChannel> channels = new ArrayList<>();
		for (int i = 0; i < connections; i++) {
			channels.add(new MadeUpChannel(i));
		}
		try (ObservedContext context = new ObservedContext(observation)) {
			ZMQ.Socket first = context.socket(SocketType.ROUTER);
			first.bind("tcp://127.0.0.1:*");
			String address = first.getLastEndpoint();
			int threads = Thread.getAllStackTraces().size();
			int descriptors = descriptors();
			long empty = heap();
			for (int i = 0; i < count; i++) {
				ZMQ.Socket socket = context.socket(SocketType.ROUTER);
				socket.bind("tcp://127.0.0.1:*");
				sockets.put(socket.base(), socket.getLastEndpoint());
			}
			double threadsUsed = Thread.getAllStackTraces().size() - threads;
			double descriptorsUsed = descriptors() - descriptors;
			long fresh = heap();
			sockets.forEach((socket, itsAddress) -> {
				for (int i = 0; i < RECENT_EVENTS; i++) {
					socket.eventAcceptFailed(itsAddress, 1);
				}
			});
			settle(context);
			context.monitor().snapshot();
			long used = heap();
			channels.forEach((channel) -> first.base().eventAccepted(address, channel));
			settle(context);
			long connected = heap();
			Reference.reachabilityFence(sockets);
			Reference.reachabilityFence(channels);
			return new Usage(threadsUsed / count, descriptorsUsed / count, (double) (fresh - empty) / count,
					(double) (used - empty) / count, (double) (connected - used) / connections);
		}
	}

	/**
	 * Wait until a reader, if there is one, has read everything.
	 */
	private static void settle(ObservedContext context) throws InterruptedException {
		long read;
		do {
			read = context.read();
			Thread.sleep(100);
		}
		while (read != context.read());
	}

	private static int descriptors() {
		String[] open = new File("/proc/self/fd").list();
		return (open != null) ? open.length : 0;
	}

	/**
	 * The bytes of all live objects, after a full collection.
	 */
	private static long heap() throws Exception {
		long total = Long.MAX_VALUE;
		for (int i = 0; i < 2; i++) {
			Object histogram = ManagementFactory.getPlatformMBeanServer()
				.invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
						new Object[] { new String[0] }, new String[] { String[].class.getName() });
			Matcher matcher = TOTAL.matcher((String) histogram);
			if (!matcher.find()) {
				throw new IllegalStateException("No total in the histogram");
			}
			total = Math.min(total, Long.parseLong(matcher.group(1)));
		}
		return total;
	}

	private record Usage(double threads, double descriptors, double socket, double usedSocket, double connection) {
	}

}
