package io.github.zmqmonitor.monitor;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One end of a TCP connection that speaks ZMTP 3.0 without a library: it knows for
 * certain what it is called, what it has said and what it has heard.
 */
final class ZmtpPeer implements Closeable {

	private static final int GREETING = 64;

	private static final int PATIENCE = 20;

	private final Socket socket;

	private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

	private final String local;

	private final String remote;

	private byte[] readiness;

	private String text;

	private boolean done;

	private boolean ended;

	ZmtpPeer(Socket socket) throws IOException {
		this.socket = socket;
		this.socket.setTcpNoDelay(true);
		this.local = text(socket.getLocalSocketAddress());
		this.remote = text(socket.getRemoteSocketAddress());
	}

	/**
	 * Connect.
	 * @param address a listener's, such as {@code tcp://127.0.0.1:5555}
	 */
	static ZmtpPeer connected(String address) throws IOException {
		int colon = address.lastIndexOf(':');
		Socket socket = new Socket();
		socket.connect(new InetSocketAddress(address.substring("tcp://".length(), colon),
				Integer.parseInt(address.substring(colon + 1))));
		return new ZmtpPeer(socket);
	}

	private static String text(SocketAddress address) {
		InetSocketAddress inet = (InetSocketAddress) address;
		return inet.getAddress().getHostAddress() + ":" + inet.getPort();
	}

	/**
	 * Host and port of the other end and of this one, as the other side sees them.
	 */
	String name() {
		return name(this.remote, this.local);
	}

	/**
	 * What tells a connection from all others.
	 */
	static String name(String local, String remote) {
		return local + " <- " + remote;
	}

	/**
	 * Write the bytes of a greeting, all 64 or fewer.
	 */
	static byte[] greeting(int length) {
		ByteBuffer greeting = ByteBuffer.allocate(GREETING);
		greeting.put((byte) 0xff).put(9, (byte) 0x7f).put(10, (byte) 3);
		greeting.position(12).put("NULL".getBytes(StandardCharsets.US_ASCII));
		byte[] bytes = new byte[length];
		greeting.get(0, bytes);
		return bytes;
	}

	static byte[] ready(String type, String identity) {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		body.writeBytes(sized(1, "READY"));
		body.writeBytes(sized(1, "Socket-Type"));
		body.writeBytes(sized(4, type));
		body.writeBytes(sized(1, "Identity"));
		body.writeBytes(sized(4, identity));
		ByteBuffer frame = ByteBuffer.allocate(2 + body.size());
		return frame.put((byte) 4).put((byte) body.size()).put(body.toByteArray()).array();
	}

	static byte[] message(String text) {
		ByteBuffer frame = ByteBuffer.allocate(2 + text.length());
		return frame.put((byte) 0).put((byte) text.length()).put(text.getBytes(StandardCharsets.US_ASCII)).array();
	}

	private static byte[] sized(int sizeBytes, String text) {
		ByteBuffer result = ByteBuffer.allocate(sizeBytes + text.length());
		result.put(sizeBytes - 1, (byte) text.length());
		return result.position(sizeBytes).put(text.getBytes(StandardCharsets.US_ASCII)).array();
	}

	/**
	 * Write everything at once.
	 */
	ZmtpPeer write(byte[]... parts) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			bytes.writeBytes(part);
		}
		this.socket.getOutputStream().write(bytes.toByteArray());
		return this;
	}

	/**
	 * Make the handshake and then say something. Where the other side takes its time, the
	 * rest is left to {@link #proceed()}.
	 * @param text what to say, {@code null} for nothing
	 */
	synchronized void say(String type, String identity, String text) throws IOException {
		this.readiness = ready(type, identity);
		this.text = text;
		write(greeting(GREETING));
		this.socket.setSoTimeout(PATIENCE);
		while (!this.done && read()) {
			answer();
		}
	}

	/**
	 * Go on with the handshake as far as the other side lets it by now.
	 */
	synchronized void proceed() throws IOException {
		this.socket.setSoTimeout(1);
		while (!this.done && read()) {
			answer();
		}
	}

	private void answer() throws IOException {
		if (this.readiness != null && heard("NULL")) {
			write(this.readiness);
			this.readiness = null;
		}
		if (this.readiness == null && !this.done && heard("READY")) {
			this.done = true;
			if (this.text != null) {
				write(message(this.text));
			}
		}
	}

	/**
	 * Wait for more.
	 * @return whether something has come
	 */
	private boolean read() throws IOException {
		byte[] buffer = new byte[1024];
		try {
			int read = this.socket.getInputStream().read(buffer);
			this.ended |= read < 0;
			this.heard.write(buffer, 0, Math.max(0, read));
			return read > 0;
		}
		catch (SocketTimeoutException ex) {
			return false;
		}
		catch (SocketException ex) {
			this.ended = true;
			return false;
		}
	}

	private boolean heard(String text) {
		return this.heard.toString(StandardCharsets.ISO_8859_1).contains(text);
	}

	/**
	 * Whether a text has come by now.
	 */
	synchronized boolean hasHeard(String text) throws IOException {
		if (this.socket.getInputStream().available() > 0) {
			read();
		}
		return heard(text);
	}

	/**
	 * Whether the other side has ended the connection by now.
	 */
	synchronized boolean hasEnded() throws IOException {
		this.socket.setSoTimeout(1);
		while (!this.ended && read()) {
			answer();
		}
		return this.ended;
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
