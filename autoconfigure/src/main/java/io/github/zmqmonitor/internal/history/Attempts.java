package io.github.zmqmonitor.internal.history;

import org.jspecify.annotations.Nullable;

/**
 * What the library does to connect an endpoint.
 *
 * @param trying whether it does anything
 * @param waiting whether the next attempt is scheduled
 * @param address what its name resolves to now, {@code null} if that isn't known
 */
public record Attempts(boolean trying, boolean waiting, @Nullable String address) {

	/** What it does if several objects try to connect the same endpoint. */
	public Attempts and(Attempts other) {
		return new Attempts(this.trying || other.trying, this.waiting || other.waiting, this.address);
	}

}
