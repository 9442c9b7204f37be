package io.github.zmqmonitor.model;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An event in the past of a socket, and its repeats.
 *
 * @param at when it happened, the last time if it has repeated
 * @param event the kind of event; {@link ZmqEventType#UNKNOWN} if it has none
 * @param address the address that JeroMQ gave with the event, {@code null} if none
 * @param peer the address of the peer whose connection it was about, that of the last if
 * it has repeated; {@code null} if it was about none, or isn't shown
 * @param identity the identity that this peer has chosen, printable or in hexadecimal,
 * {@code null} if it has chosen none, that isn't known or isn't shown
 * @param value the value in words: an errno symbol, an ISO-8601 interval, a ZMTP version,
 * a protocol error, a status code, the reason why a connection ended or an unknown
 * event's code; {@code null} for events without one
 * @param count how often it happened, {@code null} if once
 * @param since when it happened first, {@code null} if it happened once
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ZmqEventSnapshot(Instant at, ZmqEventType event, @Nullable String address, @Nullable String peer,
		@Nullable String identity, @Nullable String value, @Nullable Long count, @Nullable Instant since) {

	/**
	 * Return this event without what is known of its peer.
	 * @return a copy
	 */
	public ZmqEventSnapshot withoutPeer() {
		return new ZmqEventSnapshot(this.at, this.event, this.address, null, null, this.value, this.count, this.since);
	}

}
