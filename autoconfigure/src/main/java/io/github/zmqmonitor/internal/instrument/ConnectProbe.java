package io.github.zmqmonitor.internal.instrument;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;

import org.jspecify.annotations.Nullable;
import zmq.io.SessionBase;
import zmq.io.net.Address;

/**
 * What the changed class of connecters calls instead of what can fail in an attempt to
 * connect: JeroMQ swallows the reason. What is thrown is thrown on.
 */
public final class ConnectProbe {

	private ConnectProbe() {
	}

	/**
	 * Resolve the address of a peer.
	 * @param address the address
	 * @param ipv6 whether it may be one of IPv6
	 * @param session the session
	 * @return what it resolved to
	 */
	public static Address.@Nullable IZAddress resolve(Address address, boolean ipv6, @Nullable SessionBase session) {
		try {
			return address.resolve(ipv6);
		}
		catch (RuntimeException ex) {
			failed(session, ConnectStep.RESOLVE, ex);
			throw ex;
		}
	}

	/**
	 * Begin to connect.
	 * @param channel the channel
	 * @param address the address of the peer
	 * @param session the session
	 * @return whether it is connected already
	 * @throws IOException if that can't begin
	 */
	public static boolean connect(SocketChannel channel, SocketAddress address, @Nullable SessionBase session)
			throws IOException {
		try {
			return channel.connect(address);
		}
		catch (IOException | RuntimeException ex) {
			failed(session, ConnectStep.BEGIN, ex);
			throw ex;
		}
	}

	/**
	 * Learn how an attempt has ended.
	 * @param channel the channel
	 * @param session the session
	 * @return whether it is connected
	 * @throws IOException if the attempt has failed
	 */
	public static boolean finishConnect(SocketChannel channel, @Nullable SessionBase session) throws IOException {
		try {
			return channel.finishConnect();
		}
		catch (IOException | RuntimeException ex) {
			failed(session, ConnectStep.FINISH, ex);
			throw ex;
		}
	}

	/**
	 * Open a channel.
	 * @param session the session
	 * @return the channel
	 * @throws IOException if there is no descriptor
	 */
	public static SocketChannel open(@Nullable SessionBase session) throws IOException {
		try {
			return SocketChannel.open();
		}
		catch (IOException ex) {
			failed(session, ConnectStep.BEGIN, ex);
			throw ex;
		}
	}

	private static void failed(@Nullable SessionBase session, ConnectStep step, Exception failure) {
		Observation observation = Observation.current();
		if (observation != null && session != null) {
			try {
				observation.observer.attemptFailed(session.getSocket(), session, step, failure);
			}
			catch (Throwable ex) {
				Observation.fail(ex);
			}
		}
	}

}
