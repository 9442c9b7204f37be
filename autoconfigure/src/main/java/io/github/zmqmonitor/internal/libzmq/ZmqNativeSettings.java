package io.github.zmqmonitor.internal.libzmq;

import java.nio.ByteOrder;
import java.time.Duration;
import java.util.regex.Pattern;

import io.github.zmqmonitor.model.ZmqMonitorSettings;

/**
 * What can be set about a {@link ZmqNativeReceiver}.
 *
 * @param endpoint the endpoint to bind, over {@code tcp} or {@code ipc}
 * @param allowRemote whether the endpoint may be one that other hosts can reach
 * @param byteOrder the byte order of the numbers in events: that of the hosts where the
 * sockets are
 * @param sourceTimeout how long a source may be silent until it is gone
 * @param maxSources how many sources there can be
 */
public record ZmqNativeSettings(String endpoint, boolean allowRemote, ByteOrder byteOrder, Duration sourceTimeout,
		int maxSources) {

	private static final Pattern LOCAL = Pattern
		.compile("tcp://(127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|localhost|\\[::1\\]):(\\d{1,5}|\\*)|ipc://[^*;]+");

	private static final Pattern POSSIBLE = Pattern.compile("tcp://[^;]+:(\\d{1,5}|\\*)|ipc://[^;]+");

	/**
	 * Check the settings.
	 * @param endpoint the endpoint to bind, over {@code tcp} or {@code ipc}
	 * @param allowRemote whether the endpoint may be one that other hosts can reach
	 * @param byteOrder the byte order of the numbers in events
	 * @param sourceTimeout how long a source may be silent until it is gone
	 * @param maxSources how many sources there can be
	 * @throws IllegalArgumentException if the endpoint is none, or one that other hosts
	 * can reach though that is not allowed, or if a number or duration is not positive
	 */
	public ZmqNativeSettings {
		check(POSSIBLE.matcher(endpoint).matches(), "endpoint must be tcp://host:port or ipc://name");
		check(allowRemote || isLocal(endpoint),
				"endpoint must be on the loopback interface (tcp://127.0.0.1:port) unless remote ones are allowed");
		check(sourceTimeout.compareTo(Duration.ZERO) > 0, "sourceTimeout must be positive");
		check(sourceTimeout.compareTo(ZmqMonitorSettings.LONGEST) <= 0,
				"sourceTimeout must not be longer than " + ZmqMonitorSettings.LONGEST);
		check(maxSources > 0, "maxSources must be positive");
	}

	/**
	 * Return whether only this host can reach an endpoint.
	 * @param endpoint the endpoint
	 * @return whether it is an ipc endpoint or an address of the loopback interface
	 */
	public static boolean isLocal(String endpoint) {
		return LOCAL.matcher(endpoint).matches();
	}

	private static void check(boolean condition, String message) {
		if (!condition) {
			throw new IllegalArgumentException(message);
		}
	}

}
