package io.github.zmqmonitor.internal.support;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Parts of endpoints and addresses.
 */
public final class Addresses {

	private static final String SCHEME_END = "://";

	private static final String TCP = "tcp" + SCHEME_END;

	private static final int MAXIMUM_LENGTH = 255;

	private static final Pattern NUMERIC_HOST = Pattern.compile("://(\\[|[0-9.]+:)");

	private Addresses() {
	}

	public static String transport(String endpoint) {
		int end = endpoint.indexOf(SCHEME_END);
		return (end > 0) ? endpoint.substring(0, end) : "unknown";
	}

	public static boolean isInproc(String endpoint) {
		return endpoint.startsWith("inproc" + SCHEME_END);
	}

	/** JeroMQ reports a failed bind without the scheme. */
	public static String withScheme(String address) {
		return address.contains(SCHEME_END) ? address : "tcp" + SCHEME_END + address;
	}

	/**
	 * Whether both have the same transport and port, so that one can be the resolved form
	 * of the other.
	 */
	public static boolean canResolveTo(String endpoint, String address) {
		return transport(endpoint).equals(transport(address)) && port(endpoint).equals(port(address));
	}

	/**
	 * Whether a listener with this address takes connections to all addresses of its
	 * host.
	 */
	public static boolean isWildcard(String address) {
		return address.startsWith("tcp://0.0.0.0:") || address.startsWith("tcp://[::]:");
	}

	/** Whether an endpoint names its host by something else than an address. */
	public static boolean hasName(String endpoint) {
		return endpoint.startsWith(TCP) && !NUMERIC_HOST.matcher(endpoint).find();
	}

	private static String port(String endpoint) {
		int source = endpoint.indexOf(';');
		String target = (source >= 0) ? endpoint.substring(0, source) : endpoint;
		return target.substring(target.lastIndexOf(':') + 1);
	}

	/** Make an endpoint fit for tags and JSON: printable and of bounded length. */
	public static String printable(String endpoint) {
		StringBuilder result = new StringBuilder(endpoint.length());
		for (int i = 0; i < endpoint.length(); i += Character.charCount(endpoint.codePointAt(i))) {
			int character = endpoint.codePointAt(i);
			if (Words.isPrintable(character)) {
				result.appendCodePoint(character);
			}
			else {
				result.append(String.format("\\u%04x", character));
			}
		}
		return (result.length() <= MAXIMUM_LENGTH) ? result.toString() : result.substring(0, MAXIMUM_LENGTH);
	}

	/** An address in whatever form it is known, as text. */
	public static @Nullable String text(@Nullable Object address) {
		return (address instanceof SocketAddress socket) ? hostAndPort(socket) : (String) address;
	}

	public static @Nullable String hostAndPort(@Nullable SocketAddress address) {
		if (!(address instanceof InetSocketAddress inet) || inet.getAddress() == null) {
			return null;
		}
		String host = inet.getAddress().getHostAddress();
		return ((inet.getAddress() instanceof Inet6Address) ? "[" + host + "]" : host) + ":" + inet.getPort();
	}

	/**
	 * Host and port of a TCP address in numbers, {@code null} if it isn't one.
	 */
	public static @Nullable InetSocketAddress parse(String address) {
		int port = address.lastIndexOf(':');
		if (!address.startsWith(TCP) || hasName(address) || port < TCP.length()) {
			return null;
		}
		try {
			return new InetSocketAddress(InetAddress.getByName(address.substring(TCP.length(), port)),
					Integer.parseInt(address.substring(port + 1)));
		}
		catch (UnknownHostException | IllegalArgumentException ex) {
			return null;
		}
	}

	/** The address of this side of a channel, {@code null} if it has none. */
	public static @Nullable SocketAddress local(Object channel) {
		try {
			return (channel instanceof SocketChannel socket) ? socket.getLocalAddress() : null;
		}
		catch (IOException ex) {
			return null;
		}
	}

	/** The address of the other side of a channel, {@code null} if it has none. */
	public static @Nullable SocketAddress remote(Object channel) {
		try {
			return (channel instanceof SocketChannel socket) ? socket.getRemoteAddress() : null;
		}
		catch (IOException ex) {
			return null;
		}
	}

}
