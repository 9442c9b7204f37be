package io.github.zmqmonitor.internal.kernel;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Asks the kernel for each connection by netlink. A socket is open during a reading only;
 * the kernel answers while it is asked, so that nothing waits.
 */
final class NetlinkReader implements KernelReader {

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
			for (TcpTuple tuple : connections) {
				KernelConnection connection = read(descriptor, tuple);
				if (connection != null) {
					found.put(tuple, connection);
				}
			}
			return found;
		}
		finally {
			this.socket.close(descriptor);
		}
	}

	private @Nullable KernelConnection read(int descriptor, TcpTuple tuple) {
		int number = ++this.number;
		DiagMessages.write(this.socket.buffer(), tuple, number);
		if (this.socket.send(descriptor)) {
			while (this.socket.receive(descriptor)) {
				if (DiagMessages.answers(this.socket.buffer(), number)) {
					return DiagMessages.read(this.socket.buffer(), tuple);
				}
			}
		}
		return null;
	}

	@Override
	public boolean readsInfo() {
		return true;
	}

}
