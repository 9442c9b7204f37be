package io.github.zmqmonitor.benchmarks;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.github.zmqmonitor.internal.kernel.KernelAccess;
import io.github.zmqmonitor.internal.kernel.TcpTuple;

/**
 * Asking the kernel about 1,000 connections, whose other ends are in this process too: by
 * netlink, which needs Java 22 or later, and by the tables of all TCP sockets.
 */
final class KernelRead {

	private static final int CONNECTIONS = 1000;

	private static final int WARM_UP = 200;

	private KernelRead() {
	}

	static void main(String[] arguments) throws Exception {
		int rounds = (arguments.length > 0) ? Integer.parseInt(arguments[0]) : 200;
		List<SocketChannel> channels = new ArrayList<>();
		try (ServerSocketChannel server = ServerSocketChannel.open()) {
			server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
			List<TcpTuple> tuples = new ArrayList<>();
			for (int i = 0; i < CONNECTIONS; i++) {
				SocketChannel client = SocketChannel.open(server.getLocalAddress());
				channels.add(client);
				channels.add(server.accept());
				tuples.add(TcpTuple.of(client.getLocalAddress(), client.getRemoteAddress()));
			}
			Report report = new Report("kernel", "read by", "1,000 connections", "a connection");
			if (Runtime.version().feature() >= 22) {
				measure(report, "netlink", KernelAccess.open(true, Integer.MAX_VALUE), tuples, rounds);
			}
			measure(report, "tables", KernelAccess.open(false, Integer.MAX_VALUE), tuples, rounds);
			report.note("Java %s; medians of %d rounds and their 95 %% intervals; the tables had %,d lines.",
					Runtime.version().feature(), rounds, lines());
			report.write();
		}
		finally {
			for (SocketChannel channel : channels) {
				channel.close();
			}
		}
	}

	private static void measure(Report report, String way, KernelAccess access, List<TcpTuple> tuples, int rounds) {
		double[] times = new double[rounds];
		for (int i = -WARM_UP; i < rounds; i++) {
			long begin = System.nanoTime();
			int found = access.read(tuples).size();
			double time = (System.nanoTime() - begin) / 1e6;
			if (found != CONNECTIONS) {
				throw new IllegalStateException("Only " + found + " connections are found by " + way);
			}
			if (i >= 0) {
				times[i] = time;
			}
		}
		Estimate estimate = Estimate.of(times);
		report.raw(way, estimate.median());
		report.row(way, estimate.text(2) + " ms", Report.format("%.2f µs", estimate.median() * 1000 / CONNECTIONS));
	}

	private static long lines() throws Exception {
		long lines = 0;
		for (String table : List.of("tcp", "tcp6")) {
			try (Stream<String> all = Files.lines(Path.of("/proc/self/net", table))) {
				lines += all.count() - 1;
			}
		}
		return lines;
	}

}
