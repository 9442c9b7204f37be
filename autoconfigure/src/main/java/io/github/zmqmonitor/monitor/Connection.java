package io.github.zmqmonitor.monitor;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

import org.jspecify.annotations.Nullable;

/**
 * A connection from its first event to its end. Guarded by the {@link SocketTracker}.
 */
final class Connection {

	private final Object channel;

	private final EndpointTracker endpoint;

	private final @Nullable SocketAddress remote;

	private final long since;

	private @Nullable String remoteText;

	private @Nullable String localText;

	private byte zmtp = -1;

	Connection(Object channel, EndpointTracker endpoint, long since) {
		this.channel = channel;
		this.endpoint = endpoint;
		this.remote = remoteAddress(channel);
		this.since = since;
	}

	EndpointTracker endpoint() {
		return this.endpoint;
	}

	long since() {
		return this.since;
	}

	boolean isAccepted() {
		return this.endpoint.role() == ZmqEndpointRole.BIND;
	}

	boolean isOpen() {
		return isOpen(this.channel);
	}

	static boolean isOpen(Object channel) {
		if (channel instanceof ZmqNativeChannel outside) {
			return outside.isOpen();
		}
		return !(channel instanceof SelectableChannel selectable) || selectable.isOpen();
	}

	static boolean isListener(@Nullable Object channel) {
		return channel instanceof ServerSocketChannel
				|| (channel instanceof ZmqNativeChannel outside && outside.isListener());
	}

	long age(long now) {
		return now - this.since;
	}

	/**
	 * The address of the peer as text, made when it is first asked for. Safe for use by
	 * any thread.
	 */
	@Nullable String remote() {
		String text = this.remoteText;
		if (text == null) {
			text = (this.channel instanceof ZmqNativeChannel outside) ? outside.remote()
					: Addresses.hostAndPort(this.remote);
			this.remoteText = text;
		}
		return text;
	}

	void greeted(int zmtp) {
		this.zmtp = (byte) zmtp;
	}

	ZmqPeerSnapshot snapshot(MonitorClock clock) {
		String zmtp = (this.zmtp > 0) ? Byte.toString(this.zmtp) : null;
		return new ZmqPeerSnapshot(remote(), local(), clock.instantAt(this.since), zmtp);
	}

	private @Nullable String local() {
		String text = this.localText;
		if (text == null) {
			text = (this.channel instanceof ZmqNativeChannel outside) ? outside.local()
					: Addresses.hostAndPort(localAddress());
			this.localText = text;
		}
		return text;
	}

	private @Nullable SocketAddress localAddress() {
		try {
			return (this.channel instanceof SocketChannel socket) ? socket.getLocalAddress() : null;
		}
		catch (IOException ex) {
			return null;
		}
	}

	private static @Nullable SocketAddress remoteAddress(Object channel) {
		try {
			return (channel instanceof SocketChannel socket) ? socket.getRemoteAddress() : null;
		}
		catch (IOException ex) {
			return null;
		}
	}

}
