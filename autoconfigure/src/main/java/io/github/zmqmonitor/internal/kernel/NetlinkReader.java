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

	private static final int AT_ONCE = NativeSocket.AT_ONCE;

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
			int answered = 0;
			for (int i = 0; i < all.size(); i += AT_ONCE) {
				answered += read(descriptor, all.subList(i, Math.min(i + AT_ONCE, all.size())), found);
			}
			return (answered > 0 || all.isEmpty()) ? found : null;
		}
		finally {
			this.socket.close(descriptor);
		}
	}

	/** Read some, and return how many answers there were. */
	private int read(int descriptor, List<TcpTuple> tuples, Map<TcpTuple, KernelConnection> found) {
		int first = this.number;
		this.number = (first + tuples.size()) & Integer.MAX_VALUE;
		ByteBuffer requests = this.socket.requests().clear();
		for (int i = 0; i < tuples.size(); i++) {
			DiagMessages.write(requests, tuples.get(i), first + i);
		}
		requests.flip();
		int answered = 0;
		int received = this.socket.send(descriptor) ? 1 : 0;
		while (received > 0 && answered < tuples.size()) {
			received = this.socket.receive(descriptor);
			for (int i = 0; i < received; i++) {
				ByteBuffer answer = this.socket.answer(i);
				int index = DiagMessages.number(answer) - first;
				if (index >= 0 && index < tuples.size()) {
					take(answer, tuples.get(index), found);
					answered++;
				}
			}
		}
		return answered;
	}

	private static void take(ByteBuffer answer, TcpTuple tuple, Map<TcpTuple, KernelConnection> found) {
		KernelConnection connection = DiagMessages.read(answer, tuple);
		if (connection != null) {
			found.put(tuple, connection);
		}
	}

	@Override
	public boolean readsInfo() {
		return true;
	}

}
