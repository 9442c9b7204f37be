package io.github.zmqmonitor.internal.libzmq;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import zmq.Msg;
import zmq.SocketBase;
import zmq.ZError;
import zmq.io.Metadata;
import zmq.msg.MsgAllocator;

/**
 * Bounds what the connections of a receiver hold: their number, the parts of a message
 * and the memory of all messages that wait. JeroMQ bounds none of these: its limit counts
 * whole messages. A connection that goes beyond is shut off and counted.
 * <p>
 * All but {@link #taken} runs on the one I/O thread of the receiver, and the state of the
 * connections belongs to that thread.
 */
final class ConnectionGuard implements zmq.ZMQ.EventConsummer, MsgAllocator {

	static final int EVENTS = zmq.ZMQ.ZMQ_EVENT_ACCEPTED | zmq.ZMQ.ZMQ_EVENT_DISCONNECTED;

	/** What JeroMQ's objects around a frame take. */
	private static final int FRAME_OVERHEAD = 200;

	private final SocketBase socket;

	private final ZmqNativeStatistics statistics;

	private final int maxConnections;

	private final long budget;

	private final AtomicLong held = new AtomicLong();

	private final Map<Object, Peer> byChannel = new LinkedHashMap<>();

	private final Map<String, Peer> byAddress = new HashMap<>();

	/**
	 * Create a guard.
	 * @param maxConnections how many connections there can be
	 * @param budget how many bytes the messages of all connections may take
	 */
	ConnectionGuard(SocketBase socket, ZmqNativeStatistics statistics, int maxConnections, long budget) {
		this.socket = socket;
		this.statistics = statistics;
		this.maxConnections = maxConnections;
		this.budget = budget;
	}

	@Override
	public void consume(zmq.ZMQ.Event event) {
		try {
			if (event.event == zmq.ZMQ.ZMQ_EVENT_ACCEPTED) {
				accepted((SocketChannel) event.arg);
			}
			else {
				disconnected(event.arg);
			}
			this.socket.errno.set(0);
		}
		catch (Throwable ex) {
			this.statistics.reject(ZmqNativeRejection.FAILURE);
		}
	}

	private void accepted(SocketChannel channel) throws IOException {
		InetSocketAddress remote = (InetSocketAddress) channel.getRemoteAddress();
		// as JeroMQ writes it
		Peer peer = new Peer(channel, remote.getAddress().getHostAddress() + ":" + remote.getPort());
		this.byChannel.put(channel, peer);
		this.byAddress.put(peer.address, peer);
		if (this.byChannel.size() > this.maxConnections) {
			shut(longestSilent(peer), ZmqNativeRejection.PEERS);
		}
	}

	/**
	 * The oldest connection that has sent nothing yet: forwarders send at once.
	 */
	private Peer longestSilent(Peer newest) {
		for (Peer peer : this.byChannel.values()) {
			if (!peer.heard && !peer.shut) {
				return peer;
			}
		}
		return newest;
	}

	/**
	 * A connection has ended: JeroMQ drops the parts of an unfinished message. It says
	 * why in the errno of this thread, which is not the peer's end only where it is ours.
	 */
	private void disconnected(Object channel) {
		Peer peer = this.byChannel.remove(channel);
		if (peer == null) {
			return;
		}
		this.byAddress.remove(peer.address, peer);
		taken(peer.unfinished);
		if (peer.shut || this.socket.errno.is(ZError.ENOTCONN)) {
			return;
		}
		if (this.socket.errno.is(ZError.EMSGSIZE)) {
			this.statistics.reject(ZmqNativeRejection.SIZE);
		}
		else if (!peer.heard) {
			this.statistics.reject(ZmqNativeRejection.HANDSHAKE);
		}
	}

	@Override
	public Msg allocate(int size) {
		return new GuardedFrame(size, this);
	}

	/** Whether a frame may be kept. */
	private boolean admit(Metadata metadata, Msg frame) {
		Peer peer = this.byAddress.get(metadata.get(Metadata.PEER_ADDRESS));
		if (peer == null || peer.shut) {
			return false;
		}
		peer.heard = true;
		if (++peer.parts > MessageDecoder.MAXIMUM_FRAMES) {
			shut(peer, ZmqNativeRejection.FRAMES);
			return false;
		}
		int cost = cost(frame.size());
		if (this.held.addAndGet(cost) > this.budget) {
			this.held.addAndGet(-cost);
			shut(peer, ZmqNativeRejection.MEMORY);
			return false;
		}
		peer.unfinished += cost;
		if (!frame.hasMore()) {
			peer.parts = 0;
			peer.unfinished = 0;
		}
		return true;
	}

	/**
	 * Shut a connection off. JeroMQ finds its end the next time that it reads; it would
	 * not notice a channel that is closed here.
	 */
	private void shut(Peer peer, ZmqNativeRejection reason) {
		peer.shut = true;
		this.statistics.reject(reason);
		try {
			peer.channel.shutdownInput();
		}
		catch (IOException | RuntimeException ex) {
			// it has ended already
		}
	}

	/**
	 * A frame was taken out of its queue. Called on the thread of the receiver.
	 */
	void taken(byte[] frame) {
		taken(cost(frame.length));
	}

	private void taken(long bytes) {
		this.held.addAndGet(-bytes);
	}

	private static int cost(int size) {
		return size + FRAME_OVERHEAD;
	}

	/** How many bytes the messages of all connections take. */
	long held() {
		return this.held.get();
	}

	@Override
	public void close() {
	}

	/** A connection. */
	private static final class Peer {

		private final SocketChannel channel;

		private final String address;

		private int parts;

		private long unfinished;

		private boolean heard;

		private boolean shut;

		private Peer(SocketChannel channel, String address) {
			this.channel = channel;
			this.address = address;
		}

	}

	/**
	 * A frame, which learns of its connection when it has arrived. One that may not be
	 * kept turns into a command: JeroMQ drops these.
	 */
	private static final class GuardedFrame extends Msg {

		private final ConnectionGuard guard;

		private GuardedFrame(int size, ConnectionGuard guard) {
			super(size);
			this.guard = guard;
		}

		@Override
		public Msg setMetadata(@Nullable Metadata metadata) {
			if (metadata != null && !isCommand() && !this.guard.admit(metadata, this)) {
				setFlags(COMMAND);
			}
			return super.setMetadata(metadata);
		}

	}

}
