package io.github.zmqmonitor.internal.kernel;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;

import org.jspecify.annotations.Nullable;

/**
 * What tells a TCP connection from all others of a network namespace at one moment. Ports
 * are used again: a later connection can have the same.
 *
 * @param local the address on this side
 * @param localPort the port on this side
 * @param remote the address of the peer
 * @param remotePort the port of the peer
 */
public record TcpTuple(InetAddress local, int localPort, InetAddress remote, int remotePort) {

	/** The tuple of a listener, whose peer can be anybody. */
	public static TcpTuple listener(InetAddress local, int port) {
		try {
			return new TcpTuple(local, port, InetAddress.getByAddress(new byte[local.getAddress().length]), 0);
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Whether it is that of a listener. */
	boolean isListener() {
		return this.remotePort == 0;
	}

	/**
	 * The tuple of two addresses, {@code null} if they aren't those of a TCP connection.
	 */
	public static @Nullable TcpTuple of(@Nullable SocketAddress local, @Nullable SocketAddress remote) {
		if (local instanceof InetSocketAddress here && remote instanceof InetSocketAddress there) {
			InetAddress near = here.getAddress();
			InetAddress far = there.getAddress();
			if (near != null && far != null && near.getClass() == far.getClass()) {
				return new TcpTuple(near, here.getPort(), far, there.getPort());
			}
		}
		return null;
	}

}
