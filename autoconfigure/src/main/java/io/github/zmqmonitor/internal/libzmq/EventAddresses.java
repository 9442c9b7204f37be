package io.github.zmqmonitor.internal.libzmq;

import java.util.Set;

import io.github.zmqmonitor.internal.libzmq.ForwardedMessage.Event;
import io.github.zmqmonitor.model.ZmqEventType;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of events, brought to the form that endpoints have.
 */
final class EventAddresses {

	private static final String SCHEME_END = "://";

	private EventAddresses() {
	}

	/**
	 * Return the address of an event's endpoint. Version 2 tells both addresses and not
	 * which of them that is: the local one of a socket that binds.
	 * @param listening addresses of endpoints known
	 */
	static String of(Event event, Set<String> known) {
		String remote = event.remote();
		if (remote == null || remote.isEmpty()) {
			return withScheme(target(event.local()), event.type());
		}
		boolean local = !event.local().isEmpty() && !EventRules.isOfConnect(event.type())
				&& (event.type() == ZmqEventType.ACCEPTED || known.contains(event.local())
						|| hasWildcard(known, event.local()));
		return withScheme(target(local ? event.local() : remote), event.type());
	}

	static NativeChannel connection(Event event) {
		String remote = event.remote();
		if (remote != null) {
			return NativeChannel.connection(hostAndPort(remote), hostAndPort(event.local()));
		}
		boolean connects = event.type() == ZmqEventType.CONNECTED;
		String address = hostAndPort(target(event.local()));
		return NativeChannel.connection(connects ? address : null, connects ? null : address);
	}

	/**
	 * Whether one of the addresses is a listener on all addresses of the host, at the
	 * port of this address.
	 */
	static boolean hasWildcard(Set<String> addresses, String address) {
		String port = address.substring(address.lastIndexOf(':') + 1);
		return addresses.contains("tcp://0.0.0.0:" + port) || addresses.contains("tcp://[::]:" + port);
	}

	/**
	 * A connect endpoint can have an address of its own before the one that it connects
	 * to; only the first connection's events tell it.
	 */
	private static String target(String address) {
		int source = address.indexOf(';');
		int scheme = address.indexOf(SCHEME_END);
		return (source > 0 && scheme > 0) ? address.substring(0, scheme) + SCHEME_END + address.substring(source + 1)
				: address;
	}

	/** A bind that failed is told without the scheme. */
	private static String withScheme(String address, ZmqEventType type) {
		if (type != ZmqEventType.BIND_FAILED || address.contains(SCHEME_END)) {
			return address;
		}
		return (address.matches(".*:(\\d+|\\*)") ? "tcp" : "ipc") + SCHEME_END + address;
	}

	private static @Nullable String hostAndPort(String address) {
		int scheme = address.indexOf(SCHEME_END);
		String rest = (scheme > 0) ? address.substring(scheme + SCHEME_END.length()) : address;
		return rest.isEmpty() ? null : rest;
	}

}
