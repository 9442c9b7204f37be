package io.github.zmqmonitor.internal.libzmq;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A peer that writes the bytes of its choice, as no library would.
 */
final class RawPeer implements Closeable {

	private static final int GREETING = 64;

	private static final int MORE = 1;

	private static final int LARGE = 2;

	private static final int COMMAND = 4;

	private final Socket socket = new Socket();

	RawPeer(String address) throws IOException {
		int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
		this.socket.connect(new InetSocketAddress("127.0.0.1", port));
		this.socket.setSoTimeout(60_000);
	}

	/**
	 * Make the handshake of a PUSH socket in ZMTP 3.0.
	 */
	RawPeer greet() throws IOException {
		write(greeting("NULL")).command("\5READY\13Socket-Type\0\0\0\4PUSH");
		DataInputStream input = new DataInputStream(this.socket.getInputStream());
		input.readFully(new byte[GREETING]);
		input.readUnsignedByte();
		input.readFully(new byte[input.readUnsignedByte()]);
		return this;
	}

	static byte[] greeting(String mechanism) {
		ByteBuffer greeting = ByteBuffer.allocate(GREETING);
		greeting.put((byte) 0xff).put(9, (byte) 0x7f).put(10, (byte) 3);
		greeting.position(12).put(mechanism.getBytes(StandardCharsets.US_ASCII));
		return greeting.array();
	}

	RawPeer command(String body) throws IOException {
		return frame(COMMAND, body.getBytes(StandardCharsets.ISO_8859_1));
	}

	RawPeer more(byte[] body) throws IOException {
		return frame(MORE, body);
	}

	RawPeer message(List<byte[]> frames) throws IOException {
		for (byte[] body : frames.subList(0, frames.size() - 1)) {
			more(body);
		}
		return frame(0, frames.get(frames.size() - 1));
	}

	private RawPeer frame(int flags, byte[] body) throws IOException {
		ByteBuffer frame = ByteBuffer.allocate(9 + body.length);
		if (body.length > 255) {
			frame.put((byte) (flags | LARGE)).putLong(body.length);
		}
		else {
			frame.put((byte) flags).put((byte) body.length);
		}
		frame.put(body);
		return write(Arrays.copyOf(frame.array(), frame.position()));
	}

	/**
	 * The frames of a message in ZMTP 1.0, after an identity that is empty.
	 */
	static byte[] unversioned(List<byte[]> frames) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		bytes.writeBytes(new byte[] { 1, 0 });
		for (int i = 0; i < frames.size(); i++) {
			bytes.write(frames.get(i).length + 1);
			bytes.write((i < frames.size() - 1) ? MORE : 0);
			bytes.writeBytes(frames.get(i));
		}
		return bytes.toByteArray();
	}

	RawPeer write(byte[] bytes) throws IOException {
		this.socket.getOutputStream().write(bytes);
		return this;
	}

	/**
	 * Read until the other side ends the connection.
	 */
	void awaitEnd() throws IOException {
		try {
			byte[] buffer = new byte[1024];
			while (this.socket.getInputStream().read(buffer) >= 0) {
				continue;
			}
		}
		catch (SocketTimeoutException ex) {
			throw ex;
		}
		catch (IOException ex) {
			// reset: that is an end, too
		}
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
