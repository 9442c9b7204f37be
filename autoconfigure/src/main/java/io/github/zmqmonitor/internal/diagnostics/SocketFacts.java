package io.github.zmqmonitor.internal.diagnostics;

import org.jspecify.annotations.Nullable;

/**
 * What the library's own objects say for sure.
 *
 * @param unsubscribed whether a socket that subscribes has subscribed to nothing,
 * {@code null} for other types and if that isn't known
 * @param ready how many connections are ready at one and the same moment
 * @param sameIdentity whether two of them have the same identity and the socket ignores
 * the later one
 * @param exchange what is wrong with the turn of requests and replies, {@code null} for
 * nothing
 */
public record SocketFacts(@Nullable Boolean unsubscribed, int ready, boolean sameIdentity,
		@Nullable Exchange exchange) {

	/**
	 * What is wrong with the turn of requests and replies of a REQ or REP.
	 */
	public enum Exchange {

		/** A REQ has waited for more than 10 s for a reply to a request that is lost. */
		REPLY_LOST,

		/** A REP has received a request and not replied for more than a minute. */
		REPLY_OWED

	}

}
