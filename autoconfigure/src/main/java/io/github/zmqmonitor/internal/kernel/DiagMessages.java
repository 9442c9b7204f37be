package io.github.zmqmonitor.internal.kernel;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import io.github.zmqmonitor.internal.kernel.KernelConnection.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads messages of {@code sock_diag(7)} about one TCP connection. Numbers are
 * in the order of the machine, addresses and ports in that of the network.
 */
final class DiagMessages {

	private static final int HEADER = 16;

	/** The length of a request. */
	static final int REQUEST = HEADER + 56;

	private static final int ANSWER = HEADER + 72;

	private static final short SOCK_DIAG_BY_FAMILY = 20;

	private static final short NLM_F_REQUEST = 1;

	private static final byte AF_INET = 2;

	private static final byte AF_INET6 = 10;

	private static final byte IPPROTO_TCP = 6;

	private static final int INET_DIAG_INFO = 2;

	private static final int ANY = -1;

	private static final int ESTABLISHED = 1;

	private static final int CLOSE_WAIT = 8;

	private static final int LISTEN = 10;

	/** What of {@code tcp_info} has to be there: up to the unsent bytes, of Linux 4.6. */
	private static final int INFO = 148;

	private static final int INFO_WITH_WINDOW = 232;

	private static final int ALIGNMENT = 4;

	private DiagMessages() {
	}

	/**
	 * Ask for a connection.
	 * @param buffer takes the message
	 * @param number the number of the request
	 */
	static void write(ByteBuffer buffer, TcpTuple tuple, int number) {
		buffer.order(ByteOrder.nativeOrder());
		boolean six = tuple.local() instanceof Inet6Address;
		buffer.putInt(REQUEST).putShort(SOCK_DIAG_BY_FAMILY).putShort(NLM_F_REQUEST).putInt(number).putInt(0);
		buffer.put(six ? AF_INET6 : AF_INET).put(IPPROTO_TCP).put((byte) (1 << (INET_DIAG_INFO - 1))).put((byte) 0);
		buffer.putInt(ANY);
		putPort(buffer, tuple.localPort());
		putPort(buffer, tuple.remotePort());
		putAddress(buffer, tuple.local());
		putAddress(buffer, tuple.remote());
		buffer.putInt((tuple.local() instanceof Inet6Address address) ? address.getScopeId() : 0);
		buffer.putInt(ANY).putInt(ANY);
	}

	private static void putPort(ByteBuffer buffer, int port) {
		buffer.put((byte) (port >>> 8)).put((byte) port);
	}

	private static void putAddress(ByteBuffer buffer, InetAddress address) {
		byte[] bytes = address.getAddress();
		buffer.put(bytes).position(buffer.position() + 16 - bytes.length);
	}

	/**
	 * The number of the request that a message answers, -1 if it is too short.
	 */
	static int number(ByteBuffer buffer) {
		ByteBuffer message = buffer.slice().order(ByteOrder.nativeOrder());
		return (message.remaining() >= HEADER) ? message.getInt(8) : -1;
	}

	/**
	 * Read an answer.
	 * @param buffer has the message between its position and its limit
	 * @return the connection, {@code null} if there is none that is established
	 */
	static @Nullable KernelConnection read(ByteBuffer buffer, TcpTuple tuple) {
		ByteBuffer message = buffer.slice().order(ByteOrder.nativeOrder());
		if (message.remaining() < ANSWER || message.getShort(4) != SOCK_DIAG_BY_FAMILY) {
			return null;
		}
		int length = Math.min(message.getInt(0), message.remaining());
		int state = message.get(HEADER + 1);
		int inode = message.getInt(HEADER + 68);
		// where no connection has these addresses, the kernel answers with a listener
		boolean expected = tuple.isListener() ? state == LISTEN : state == ESTABLISHED || state == CLOSE_WAIT;
		if (!expected || inode == 0 || port(message, 4) != tuple.localPort()
				|| port(message, 6) != tuple.remotePort()) {
			return null;
		}
		ByteBuffer info = attribute(message, length);
		Timer timer = Timer.of(message.get(HEADER + 2));
		long unacknowledged = unsigned(message, HEADER + 60);
		return new KernelConnection(Integer.toUnsignedLong(inode), state == CLOSE_WAIT, timer,
				unsigned(message, HEADER + 52), (info != null) ? unsigned(info, 8) / 1000 : 0,
				(info != null) ? Byte.toUnsignedInt(info.get(2)) : 0,
				(info != null) ? Byte.toUnsignedInt(info.get(3)) : 0, unacknowledged, unsigned(message, HEADER + 56),
				(info != null) ? info(info) : null);
	}

	private static int port(ByteBuffer message, int at) {
		return Byte.toUnsignedInt(message.get(HEADER + at)) << 8 | Byte.toUnsignedInt(message.get(HEADER + at + 1));
	}

	private static @Nullable ByteBuffer attribute(ByteBuffer message, int end) {
		int at = ANSWER;
		while (at + ALIGNMENT <= end) {
			int length = Short.toUnsignedInt(message.getShort(at));
			if (length < ALIGNMENT || at + length > end) {
				return null;
			}
			if (message.getShort(at + 2) == INET_DIAG_INFO && length - ALIGNMENT >= INFO) {
				return message.slice(at + ALIGNMENT, length - ALIGNMENT).order(ByteOrder.nativeOrder());
			}
			at += (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
		}
		return null;
	}

	/** The fields of {@code tcp_info}, which only grows at its end. */
	private static TcpInfo info(ByteBuffer info) {
		return new TcpInfo(info.getLong(120), info.getLong(128), unsigned(info, 68), unsigned(info, 72),
				unsigned(info, 100), unsigned(info, 144), Byte.toUnsignedInt(info.get(4)), unsigned(info, 44),
				unsigned(info, 56), (info.limit() >= INFO_WITH_WINDOW) ? unsigned(info, 228) : -1);
	}

	private static long unsigned(ByteBuffer buffer, int at) {
		return Integer.toUnsignedLong(buffer.getInt(at));
	}

}
