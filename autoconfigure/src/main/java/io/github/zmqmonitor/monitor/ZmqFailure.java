package io.github.zmqmonitor.monitor;

import org.jspecify.annotations.Nullable;

/**
 * A kind of failure of an endpoint.
 *
 * @param operation what failed: {@code bind}, {@code accept} or {@code close}
 * @param error the symbol of the errno, such as {@code EADDRINUSE}
 */
public record ZmqFailure(String operation, String error) {

	// by hand, since what the compiler makes takes milliseconds of each start

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof ZmqFailure failure && this.error.equals(failure.error)
				&& this.operation.equals(failure.operation);
	}

	@Override
	public int hashCode() {
		return 31 * this.operation.hashCode() + this.error.hashCode();
	}

}
