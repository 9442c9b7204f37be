package io.github.zmqmonitor.internal.state;

import java.util.ArrayList;
import java.util.List;

import io.github.zmqmonitor.internal.history.Backlog;
import io.github.zmqmonitor.internal.support.Addresses;
import org.jspecify.annotations.Nullable;

/**
 * The addresses at which an endpoint listens: several binds of one string are one
 * endpoint. Guarded by the {@link SocketTracker}.
 */
final class Listeners {

	private List<String> addresses = List.of();

	/** Those that were unbound, and whose end has not been reported yet. */
	private List<String> leaving = List.of();

	private @Nullable Backlog backlog;

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
	 * Take a listener away. That the application has unbound it, and that it has ended,
	 * is reported in any order.
	 * @param unbound whether the application has unbound it; otherwise it has ended, and
	 * is the last if none of this address is known
	 * @return the address that is left, {@code null} if there is none
	 */
	@Nullable String remove(String address, boolean unbound) {
		if (unbound) {
			if (take(this.addresses, address)) {
				leave(List.of(address));
			}
		}
		else if (!take(this.leaving, address) && !take(this.addresses, address) && !this.addresses.isEmpty()) {
			this.addresses.remove(this.addresses.size() - 1);
		}
		return this.addresses.isEmpty() ? null : this.addresses.get(this.addresses.size() - 1);
	}

	private static boolean take(List<String> addresses, String address) {
		return !addresses.isEmpty() && addresses.remove(address);
	}

	private void leave(List<String> addresses) {
		if (this.leaving.isEmpty()) {
			this.leaving = new ArrayList<>(1);
		}
		this.leaving.addAll(addresses);
	}

	/** The application has unbound all of them. */
	void clear() {
		if (!this.addresses.isEmpty()) {
			leave(this.addresses);
			this.addresses = List.of();
		}
	}

	List<String> addresses() {
		return this.addresses;
	}

	/**
	 * What waits to be accepted, {@code null} if that isn't known.
	 */
	@Nullable Backlog backlog() {
		return this.backlog;
	}

	/** The kernel says how many connections wait to be accepted. */
	void waiting(long waiting, long accepted, long now) {
		this.backlog = Backlog.of(this.backlog, waiting, accepted, now);
	}

	/**
	 * All addresses, {@code null} if there is at most one.
	 */
	@Nullable List<String> ifSeveral() {
		return (this.addresses.size() > 1) ? this.addresses.stream().map(Addresses::printable).toList() : null;
	}

}
