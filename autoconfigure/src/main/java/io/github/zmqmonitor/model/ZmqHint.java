package io.github.zmqmonitor.model;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Something about a socket that no event tells and that its operator should know, most
 * often a setting that does not do what it seems to.
 *
 * @param kind the kind of hint
 * @param socketId the id of the socket
 * @param socketName the name of the socket
 * @param endpoint the endpoint as the application wrote it, or {@code null} if the hint
 * is about the whole socket
 * @param message what is so and what to do, a sentence without its full stop
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ZmqHint(@JsonProperty("hint") Kind kind, @JsonIgnore String socketId, @JsonIgnore String socketName,
		@Nullable String endpoint, String message) {

	/**
	 * The kinds of hints.
	 */
	public enum Kind {

		/** JeroMQ has given a connect endpoint up. */
		ABANDONED,

		/** A connect endpoint has been without a connection for long. */
		NO_CONNECTION,

		/** A heartbeat timeout that is not below the interval overlooks frozen peers. */
		HEARTBEAT_TIMEOUT,

		/** A reconnect interval of 0 ends an endpoint at its first loss. */
		RECONNECT_INTERVAL_ZERO,

		/** A reconnect interval of -1 never connects again, or never stops trying. */
		RECONNECT_INTERVAL_NEGATIVE,

		/** Queues without a high-water mark can take all memory. */
		QUEUES_UNLIMITED,

		/** Many messages wait in queues without a high-water mark. */
		QUEUES_GROWING,

		/** Messages are dropped because a queue is at its high-water mark. */
		MESSAGES_DROPPED,

		/** A connection has lived for long without heartbeats, as is JeroMQ's default. */
		HEARTBEATS_OFF,

		/** A handshake has stood still for more than 10 seconds. */
		HANDSHAKE_STALLED,

		/**
		 * Peers have taken nothing of what waits for them for 10 seconds, though their
		 * kernels answer.
		 */
		PEER_NOT_READING,

		/** Nothing that was sent to peers has been answered for 10 seconds. */
		UNREACHABLE,

		/**
		 * Peers have connected that only the kernel knows: for 5 seconds the library has
		 * accepted none of them.
		 */
		NOT_ACCEPTED,

		/**
		 * Connections of an endpoint are made and lost again and again: at least 5 within
		 * a minute that lived for less than 5 seconds.
		 */
		FLAPPING,

		/**
		 * A listener is probed again and again: at least 5 connections without a greeting
		 * within a minute.
		 */
		PROBES,

		/** A REQ waits for a reply that is lost, or a REP owes one for long. */
		REQ_OUT_OF_STEP,

		/** A SUB or DISH has subscribed to nothing, and so receives nothing. */
		SUBSCRIPTION_MISSING,

		/** A PAIR has more than one peer, and talks to one only. */
		SECOND_PEER,

		/** Two peers of a ROUTER have the same identity, and one of them is ignored. */
		IDENTITY_DUPLICATE,

		/** Closing can wait for ever, as is JeroMQ's default outside of a ZContext. */
		LINGER_INFINITE;

		/**
		 * Return the name of this kind for people.
		 * @return the name in lower case
		 */
		@JsonValue
		public String id() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
