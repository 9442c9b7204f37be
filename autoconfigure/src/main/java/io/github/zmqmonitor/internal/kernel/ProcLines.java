package io.github.zmqmonitor.internal.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.StringTokenizer;

import io.github.zmqmonitor.internal.kernel.KernelConnection.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Finds connections in the lines of {@code /proc/net/tcp} and {@code tcp6}. Only lines of
 * interest are taken apart: their addresses are looked up as they are written.
 */
final class ProcLines {

	private static final HexFormat HEX = HexFormat.of().withUpperCase();

	private static final byte[] MAPPED = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1 };

	private static final byte[] ANY = new byte[16];

	private static final int ESTABLISHED = 1;

	private static final int CLOSE_WAIT = 8;

	private static final int LISTEN = 10;

	/** The kernel tells times in hundredths of a second. */
	private static final int TICK_MILLIS = 10;

	/** The length of two ports, their colons and a blank. */
	private static final int PORTS = 11;

	private final Map<String, TcpTuple> wanted = new HashMap<>();

	private final Map<TcpTuple, KernelConnection> found = new HashMap<>();

	private final ByteOrder order;

	private int missing;

	ProcLines(Iterable<TcpTuple> connections) {
		this(connections, ByteOrder.nativeOrder());
	}

	ProcLines(Iterable<TcpTuple> connections, ByteOrder order) {
		this.order = order;
		for (TcpTuple tuple : connections) {
			byte[] local = tuple.local().getAddress();
			byte[] remote = tuple.remote().getAddress();
			if (this.wanted.put(key(local, tuple.localPort(), remote, tuple.remotePort()), tuple) == null) {
				this.missing++;
			}
			if (local.length == 4 && remote.length == 4) {
				this.wanted.put(key(mapped(local), tuple.localPort(), mapped(remote), tuple.remotePort()), tuple);
				if (tuple.isListener()) {
					boolean any = tuple.local().isAnyLocalAddress();
					this.wanted.put(key(any ? ANY : mapped(local), tuple.localPort(), ANY, 0), tuple);
				}
			}
		}
	}

	private String key(byte[] local, int localPort, byte[] remote, int remotePort) {
		return text(local, localPort) + ' ' + text(remote, remotePort);
	}

	/** An address as it is written: each word of four bytes as one number. */
	private String text(byte[] address, int port) {
		ByteBuffer network = ByteBuffer.wrap(address);
		ByteBuffer words = ByteBuffer.allocate(address.length);
		while (network.hasRemaining()) {
			int word = network.getInt();
			words.putInt((this.order == ByteOrder.LITTLE_ENDIAN) ? Integer.reverseBytes(word) : word);
		}
		return HEX.formatHex(words.array()) + ':' + HEX.toHexDigits((short) port);
	}

	private static byte[] mapped(byte[] address) {
		return ByteBuffer.allocate(16).put(MAPPED).put(address).array();
	}

	/** Whether nothing is left to look for. */
	boolean areComplete() {
		return this.missing == 0;
	}

	Map<TcpTuple, KernelConnection> found() {
		return this.found;
	}

	/** Take a line. One that looks otherwise than expected is left out. */
	void take(String line) {
		int begin = line.indexOf(": ") + 2;
		int colon = line.indexOf(':', begin);
		int end = begin + 2 * (colon - begin) + PORTS;
		if (begin < 2 || colon < 0 || end >= line.length()) {
			return;
		}
		TcpTuple tuple = this.wanted.get(line.substring(begin, end));
		if (tuple != null) {
			try {
				KernelConnection connection = parse(new StringTokenizer(line.substring(end), " :"), tuple.isListener());
				if (connection != null && this.found.put(tuple, connection) == null) {
					this.missing--;
				}
			}
			catch (RuntimeException ex) {
				// not a line of this table, then
			}
		}
	}

	/**
	 * The rest of a line: {@code st tx_queue:rx_queue tr:tm->when retrnsmt uid timeout
	 * inode ref pointer rto ...}.
	 */
	private static @Nullable KernelConnection parse(StringTokenizer fields, boolean listener) {
		int state = (int) hex(fields);
		if (listener ? state != LISTEN : state != ESTABLISHED && state != CLOSE_WAIT) {
			return null;
		}
		long unacknowledged = hex(fields);
		long unread = hex(fields);
		Timer timer = Timer.of((int) hex(fields));
		long when = hex(fields) * TICK_MILLIS;
		int retransmits = (int) hex(fields);
		fields.nextToken();
		int probes = Integer.parseInt(fields.nextToken());
		long inode = Long.parseLong(fields.nextToken());
		fields.nextToken();
		fields.nextToken();
		long timeout = Long.parseLong(fields.nextToken()) * TICK_MILLIS;
		return (inode != 0) ? new KernelConnection(inode, state == CLOSE_WAIT, timer, when, timeout, retransmits,
				probes, unacknowledged, unread, null) : null;
	}

	private static long hex(StringTokenizer fields) {
		return Long.parseLong(fields.nextToken(), 16);
	}

}
