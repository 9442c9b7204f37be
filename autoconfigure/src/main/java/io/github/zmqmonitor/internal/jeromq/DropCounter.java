package io.github.zmqmonitor.internal.jeromq;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.zmqmonitor.internal.instrument.JeromqInstrumentation;
import io.github.zmqmonitor.internal.instrument.SocketObserver;
import io.github.zmqmonitor.internal.traffic.PeerDrops;
import io.github.zmqmonitor.internal.traffic.PipeCounts;
import io.github.zmqmonitor.internal.traffic.SocketDrops;
import io.github.zmqmonitor.internal.walk.ConnectionPicture;
import io.github.zmqmonitor.internal.walk.SocketWalk;
import io.github.zmqmonitor.model.ZmqMessages;
import io.github.zmqmonitor.model.ZmqMessages.DropReason;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import zmq.SocketBase;
import zmq.io.SessionBase;
import zmq.pipe.Pipe;
import zmq.util.Blob;

/**
 * Counts the messages that JeroMQ drops, per socket, whichever monitor it belongs to.
 * Called where messages are dropped: it waits for nobody, and memory is taken per socket
 * and per peer that misses messages only. Safe for use by any thread.
 */
final class DropCounter implements SocketObserver.Drops {

	static final DropCounter INSTANCE = new DropCounter();

	private final Map<SocketBase, SocketDrops> sockets = new ConcurrentHashMap<>();

	private final Map<Pipe, PeerDrops> peers = new ConcurrentHashMap<>();

	private DropCounter() {
	}

	/** Whether dropped messages are counted. */
	static boolean isOn() {
		return JeromqInstrumentation.reportsDrops();
	}

	/**
	 * What a socket has dropped. Kept until the socket has ended.
	 * @param type the type of the socket in upper case
	 * @return the counts, {@code null} if they aren't kept
	 */
	@Nullable SocketDrops of(SocketBase socket, String type) {
		return isOn() ? this.sockets.computeIfAbsent(socket, (it) -> new SocketDrops(type)) : null;
	}

	/**
	 * The messages to and from a peer, with those that it has missed.
	 * @param drops what the socket has dropped, {@code null} if that isn't counted
	 * @param pipe the socket's end of the pipe to the peer
	 */
	ZmqMessages messages(PipeCounts counts, @Nullable SocketDrops drops, @Nullable Object pipe, boolean last) {
		Map<DropReason, Long> dropped = null;
		if (drops != null && drops.overflows() && pipe != null) {
			PeerDrops peer = this.peers.get(pipe);
			dropped = Map.of(DropReason.QUEUE_FULL, (peer != null) ? peer.full() : 0);
		}
		return new ZmqMessages(counts.written(), counts.read(), last ? null : Boolean.TRUE, dropped, null);
	}

	@Override
	public void unmatched(Pipe pipe, boolean next) {
		PeerDrops peer = peer(pipe);
		if (peer != null) {
			peer.dropMatching(reason(pipe), next);
		}
	}

	@Override
	public void refused(Pipe pipe) {
		PeerDrops peer = peer(pipe);
		if (peer != null) {
			peer.drop(reason(pipe));
		}
	}

	private static DropReason reason(Pipe pipe) {
		return pipe.checkHwm() ? DropReason.PEER_GONE : DropReason.QUEUE_FULL;
	}

	private @Nullable PeerDrops peer(Pipe pipe) {
		PeerDrops known = this.peers.get(pipe);
		if (known != null) {
			return known;
		}
		SocketDrops socket = socket(pipe);
		if (socket == null || !socket.sends()) {
			return null;
		}
		PeerDrops peer = new PeerDrops(socket);
		this.peers.put(pipe, peer);
		return peer;
	}

	private @Nullable SocketDrops socket(Pipe pipe) {
		SocketBase socket = SocketWalk.socket(pipe);
		return (socket != null) ? socket(socket) : null;
	}

	private @Nullable SocketDrops socket(SocketBase socket) {
		SocketDrops known = this.sockets.get(socket);
		if (known != null) {
			return known;
		}
		Integer type = SocketWalk.type(socket);
		return (type != null) ? of(socket, SocketType.type(type).name()) : null;
	}

	@Override
	public void unroutable(SocketBase base, Blob identity) {
		SocketDrops socket = socket(base);
		if (socket != null) {
			socket.addOne(DropReason.UNROUTABLE);
			socket.unroutable().add(identity.data(), System.nanoTime());
		}
	}

	@Override
	public void hiccuped(Pipe pipe) {
		SocketDrops socket = socket(pipe);
		if (socket != null && socket.sends()) {
			add(socket, DropReason.DISCARDED, SocketWalk.remaining(pipe, true));
		}
	}

	@Override
	public void cut(Pipe pipe) {
		add(socket(pipe), DropReason.PEER_GONE, 1);
	}

	@Override
	public void interrupted(SocketBase base, @Nullable Pipe pipe, boolean ended) {
		SocketDrops socket = socket(base);
		if (socket != null) {
			socket.interrupt(ended ? DropReason.PEER_GONE : (pipe != null) ? reason(pipe) : DropReason.UNROUTABLE);
		}
	}

	@Override
	public void lost(SocketBase base) {
		SocketDrops socket = socket(base);
		if (socket != null) {
			socket.lose();
		}
	}

	@Override
	public void tooLarge(SocketBase base, SessionBase session) {
		ConnectionPicture connection = SocketWalk.connection(session);
		if (connection != null && connection.ready()) {
			add(socket(base), DropReason.TOO_LARGE, 1);
		}
	}

	private static void add(@Nullable SocketDrops socket, DropReason reason, long messages) {
		if (socket != null && messages > 0) {
			socket.add(reason, messages);
		}
	}

	/**
	 * A pipe has ended: what waits in it is thrown away. Between two sockets, that is the
	 * sender's loss. Called on the thread that runs the socket.
	 */
	void pipeEnded(SocketBase base, Pipe pipe) {
		this.peers.remove(pipe);
		SocketDrops socket = isOn() ? socket(base) : null;
		if (socket != null) {
			long lost = socket.sends() ? SocketWalk.remaining(pipe, true) : 0;
			if (socket.receives() && SocketWalk.isOfSession(pipe)) {
				lost += SocketWalk.remaining(pipe, false);
			}
			add(socket, DropReason.DISCARDED, lost);
		}
	}

	/** A socket has ended. */
	void ended(SocketBase socket) {
		this.sockets.remove(socket);
	}

}
