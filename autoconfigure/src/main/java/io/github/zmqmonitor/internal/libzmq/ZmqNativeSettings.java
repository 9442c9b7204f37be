package io.github.zmqmonitor.internal.libzmq;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.zmqmonitor.internal.support.InvalidSettingException;
import org.jspecify.annotations.Nullable;

import static io.github.zmqmonitor.internal.support.InvalidSettingException.check;
import static io.github.zmqmonitor.internal.support.InvalidSettingException.checkPositive;
import static io.github.zmqmonitor.internal.support.InvalidSettingException.checkRange;

/**
 * What can be set about a {@link ZmqNativeReceiver}.
 *
 * @param endpoint the endpoint to bind, over {@code tcp} or {@code ipc}
 * @param allowRemote whether the endpoint may be one that other hosts can reach
 * @param byteOrder the byte order of the numbers in events: that of the hosts where the
 * sockets are
 * @param sourceTimeout how long a source may be silent until it is gone
 * @param maxSources how many sources there can be
 * @param password what forwarders have to know, {@code null} if anybody may send
 */
public record ZmqNativeSettings(String endpoint, boolean allowRemote, ByteOrder byteOrder, Duration sourceTimeout,
		int maxSources, @Nullable String password) {

	private static final String PORT = ":(?<port>\\d{1,5}|\\*)";

	private static final Pattern LOCAL = Pattern
		.compile("tcp://(127(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}|localhost|\\[::1\\])" + PORT + "|ipc://[^*;\\s]+");

	private static final Pattern POSSIBLE = Pattern
		.compile("tcp://(\\*|[\\w.-]+|\\[[\\p{XDigit}:.]+(%[\\w.-]+)?\\])" + PORT + "|ipc://[^;\\s]+");

	private static final int LAST_PORT = 65_535;

	/** JeroMQ reads the length as a signed byte. */
	private static final int LONGEST_PASSWORD = Byte.MAX_VALUE;

	/**
	 * Check the settings.
	 * @param endpoint the endpoint to bind, over {@code tcp} or {@code ipc}
	 * @param allowRemote whether the endpoint may be one that other hosts can reach
	 * @param byteOrder the byte order of the numbers in events
	 * @param sourceTimeout how long a source may be silent until it is gone; positive, at
	 * most 36,500 days
	 * @param maxSources how many sources there can be; from 1 to 100,000
	 * @param password what forwarders have to know, from 1 to 127 bytes of UTF-8;
	 * {@code null} if anybody may send
	 * @throws InvalidSettingException if the endpoint is none, or one that other hosts
	 * can reach though that is not allowed, or if a number or duration is out of its
	 * range
	 */
	public ZmqNativeSettings {
		check(isPossible(endpoint), "endpoint", endpoint,
				"must be tcp://host:port with a port up to 65535, such as tcp://127.0.0.1:5600, or ipc://name");
		check(allowRemote || isLocal(endpoint), "endpoint", endpoint,
				"must be on the loopback interface, such as tcp://127.0.0.1:5600, or ipc://name; "
						+ "others need zmq.monitor.native.allow-remote=true");
		checkPositive("sourceTimeout", sourceTimeout);
		checkRange("maxSources", maxSources, 1, 100_000);
		check(password == null || isPassword(password), "password", "******",
				"must have 1 to " + LONGEST_PASSWORD + " bytes");
	}

	/**
	 * Return whether only this host can reach an endpoint.
	 * @param endpoint the endpoint
	 * @return whether it is an ipc endpoint or an address of the loopback interface
	 */
	public static boolean isLocal(String endpoint) {
		return LOCAL.matcher(endpoint).matches();
	}

	private static boolean isPassword(String password) {
		int length = password.getBytes(StandardCharsets.UTF_8).length;
		return length > 0 && length <= LONGEST_PASSWORD;
	}

	private static boolean isPossible(String endpoint) {
		Matcher matcher = POSSIBLE.matcher(endpoint);
		if (!matcher.matches()) {
			return false;
		}
		String port = matcher.group("port");
		return port == null || port.equals("*") || Integer.parseInt(port) <= LAST_PORT;
	}

	/** Leaves the password out. */
	@Override
	public String toString() {
		return "ZmqNativeSettings[endpoint=" + this.endpoint + ", allowRemote=" + this.allowRemote + ", byteOrder="
				+ this.byteOrder + ", sourceTimeout=" + this.sourceTimeout + ", maxSources=" + this.maxSources + "]";
	}

}
