package io.github.zmqmonitor.benchmarks;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;

/**
 * An open connection with a remote address and no descriptor, so that there can be more
 * of them than the operating system allows.
 */
final class MadeUpChannel extends SocketChannel {

	private static final int FIRST_PORT = 1024;

	private static final int PORTS = 60_000;

	private final InetSocketAddress remote;

	MadeUpChannel(int number) {
		super(SelectorProvider.provider());
		this.remote = new InetSocketAddress(InetAddress.getLoopbackAddress(), FIRST_PORT + number % PORTS);
	}

	@Override
	public SocketAddress getRemoteAddress() {
		return this.remote;
	}

	@Override
	public SocketAddress getLocalAddress() {
		return this.remote;
	}

	@Override
	public boolean isConnected() {
		return true;
	}

	@Override
	public boolean isConnectionPending() {
		return false;
	}

	@Override
	protected void implCloseSelectableChannel() {
	}

	@Override
	protected void implConfigureBlocking(boolean block) {
	}

	@Override
	public SocketChannel bind(SocketAddress local) {
		throw new UnsupportedOperationException();
	}

	@Override
	public <T> SocketChannel setOption(SocketOption<T> name, T value) {
		throw new UnsupportedOperationException();
	}

	@Override
	public <T> T getOption(SocketOption<T> name) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Set<SocketOption<?>> supportedOptions() {
		return Set.of();
	}

	@Override
	public SocketChannel shutdownInput() {
		throw new UnsupportedOperationException();
	}

	@Override
	public SocketChannel shutdownOutput() {
		throw new UnsupportedOperationException();
	}

	@Override
	public Socket socket() {
		throw new UnsupportedOperationException();
	}

	@Override
	public boolean connect(SocketAddress remote) {
		throw new UnsupportedOperationException();
	}

	@Override
	public boolean finishConnect() {
		throw new UnsupportedOperationException();
	}

	@Override
	public int read(ByteBuffer target) {
		throw new UnsupportedOperationException();
	}

	@Override
	public long read(ByteBuffer[] targets, int offset, int length) {
		throw new UnsupportedOperationException();
	}

	@Override
	public int write(ByteBuffer source) {
		throw new UnsupportedOperationException();
	}

	@Override
	public long write(ByteBuffer[] sources, int offset, int length) {
		throw new UnsupportedOperationException();
	}

}
