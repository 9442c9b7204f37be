package io.github.zmqmonitor.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Whole messages through a socket, or to and from one peer.
 *
 * @param sent messages sent; one to several peers counts for each
 * @param received messages received
 * @param lowerBound {@code true} if there can have been more that nobody has seen,
 * otherwise {@code null}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ZmqMessages(long sent, long received, @Nullable Boolean lowerBound) {

	/**
	 * Create a count that is not below what there has been.
	 * @param sent messages sent
	 * @param received messages received
	 */
	public ZmqMessages(long sent, long received) {
		this(sent, received, null);
	}

}
