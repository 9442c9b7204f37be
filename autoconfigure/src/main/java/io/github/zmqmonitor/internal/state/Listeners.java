package io.github.zmqmonitor.internal.state;

import java.util.ArrayList;
import java.util.List;

import io.github.zmqmonitor.internal.support.Addresses;
import org.jspecify.annotations.Nullable;

/**
 * The addresses at which an endpoint listens: several binds of one string are one
 * endpoint. Guarded by the {@link SocketTracker}.
 */
final class Listeners {

	private List<String> addresses = List.of();

	boolean isEmpty() {
		return this.addresses.isEmpty();
	}

	void add(String address) {
		if (this.addresses.isEmpty()) {
			this.addresses = new ArrayList<>(1);
		}
		this.addresses.add(address);
	}

	/**
	 * Take a listener away.
	 * @return the address that is left, {@code null} if there is none
	 */
	@Nullable String remove(String address) {
		if (this.addresses.isEmpty()) {
			return null;
		}
		if (!this.addresses.remove(address)) {
			this.addresses.remove(this.addresses.size() - 1);
		}
		return this.addresses.isEmpty() ? null : this.addresses.get(this.addresses.size() - 1);
	}

	void clear() {
		this.addresses = List.of();
	}

	/**
	 * All addresses, {@code null} if there is at most one.
	 */
	@Nullable List<String> ifSeveral() {
		return (this.addresses.size() > 1) ? this.addresses.stream().map(Addresses::printable).toList() : null;
	}

}
