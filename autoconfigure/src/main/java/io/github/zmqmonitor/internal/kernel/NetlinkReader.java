package io.github.zmqmonitor.internal.kernel;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Asks the kernel for each connection by netlink. A socket is open during a reading only;
 * the kernel answers while it is asked, so that nothing waits.
 */
final class NetlinkReader implements KernelReader {

	/** As many answers as a socket of the usual size can hold. */
	private static final int AT_ONCE = 64;

	private final NativeSocket socket;

	private int number;

	NetlinkReader(NativeSocket socket) {
		this.socket = socket;
	}

	/** Whether such a socket can be had. */
	boolean isUsable() {
		int descriptor = this.socket.open();
		if (descriptor >= 0) {
			this.socket.close(descriptor);
		}
		return descriptor >= 0;
	}

	@Override
	public @Nullable Map<TcpTuple, KernelConnection> read(Collection<TcpTuple> connections) {
		int descriptor = this.socket.open();
		if (descriptor < 0) {
			return null;
		}
		try {
			Map<TcpTuple, KernelConnection> found = new HashMap<>();
			List<TcpTuple> all = List.copyOf(connections);
			for (int i = 0; i < all.size(); i += AT_ONCE) {
				read(descriptor, all.subList(i, Math.min(i + AT_ONCE, all.size())), found);
			}
			return found;
		}
		finally {
			this.socket.close(descriptor);
		}
	}

	private void read(int descriptor, List<TcpTuple> tuples, Map<TcpTuple, KernelConnection> found) {
		int first = this.number;
		this.number = (first + tuples.size()) & Integer.MAX_VALUE;
		ByteBuffer buffer = this.socket.buffer().clear();
		for (int i = 0; i < tuples.size(); i++) {
			DiagMessages.write(buffer, tuples.get(i), first + i);
		}
		buffer.flip();
		int left = this.socket.send(descriptor) ? tuples.size() : 0;
		while (left > 0 && this.socket.receive(descriptor)) {
			int index = DiagMessages.number(buffer) - first;
			if (index >= 0 && index < tuples.size()) {
				TcpTuple tuple = tuples.get(index);
				KernelConnection connection = DiagMessages.read(buffer, tuple);
				if (connection != null) {
					found.put(tuple, connection);
				}
				left--;
			}
		}
	}

	@Override
	public boolean readsInfo() {
		return true;
	}

}
