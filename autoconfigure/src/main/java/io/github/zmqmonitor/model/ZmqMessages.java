package io.github.zmqmonitor.model;

import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Whole messages through a socket, or to and from one peer.
 *
 * @param sent messages sent; one to several peers counts for each
 * @param received messages received
 * @param lowerBound {@code true} if more can have been sent or received that nobody has
 * seen, otherwise {@code null}
 * @param dropped messages that the socket has dropped, one for each peer that did not get
 * it, by the reasons that sockets of this type can have; {@code null} if they aren't
 * counted
 * @param droppedLowerBound {@code true} if more can have been dropped that nobody has
 * counted, otherwise {@code null}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ZmqMessages(long sent, long received, @Nullable Boolean lowerBound,
		@Nullable Map<DropReason, Long> dropped, @Nullable Boolean droppedLowerBound) {

	/**
	 * Create counts that are not below what there has been, without those of dropped
	 * messages.
	 * @param sent messages sent
	 * @param received messages received
	 */
	public ZmqMessages(long sent, long received) {
		this(sent, received, null, null, null);
	}

	/**
	 * Why a message was dropped.
	 */
	public enum DropReason {

		/** The queue to the peer is at its high-water mark. */
		QUEUE_FULL,

		/** Nobody has the identity that the message is for. */
		UNROUTABLE,

		/** The peer went away while the message was being sent. */
		PEER_GONE,

		/** The message waited in a queue that was thrown away. */
		DISCARDED,

		/** The message is larger than the socket accepts. */
		TOO_LARGE;

		/**
		 * Return the name of this reason in JSON and in tags.
		 * @return the name in lower case
		 */
		@JsonValue
		public String id() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
