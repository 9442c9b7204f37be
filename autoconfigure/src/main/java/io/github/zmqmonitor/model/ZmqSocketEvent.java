package io.github.zmqmonitor.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * An event of a monitored socket, as listeners see it.
 *
 * @param at when it happened
 * @param type the kind of event
 * @param socketId the id of the socket, such as {@code router-78}
 * @param socketName the name of the socket
 * @param socketType the type of the socket, such as {@code ROUTER}
 * @param origin where the socket lives
 * @param role the role of the endpoint, or {@code null} if the event has none
 * @param endpoint the endpoint as the application wrote it, or {@code null} if the event
 * has none
 * @param address the address that JeroMQ gave with the event, possibly empty
 * @param peer the remote address of the connection, or {@code null} if the event has none
 * @param state the state of the endpoint after the event, or {@code null} if the event
 * has no endpoint
 * @param value the value of the event, or {@code null} if it has none
 * @param connection the connection that has begun, become ready or ended, or {@code null}
 * if the event is about none, or it isn't known
 * @param outage the time without a connection that the event ends, or {@code null} if it
 * ends none
 */
public record ZmqSocketEvent(Instant at, ZmqEventType type, String socketId, String socketName, String socketType,
		ZmqOrigin origin, @Nullable ZmqEndpointRole role, @Nullable String endpoint, String address,
		@Nullable String peer, @Nullable ZmqEndpointState state, @Nullable Value value, @Nullable Connection connection,
		@Nullable Outage outage) {

	/**
	 * A connection at the time of an event.
	 *
	 * @param local the address of this side, or {@code null} if it isn't known
	 * @param identity what its peer calls itself, {@code null} if that isn't known
	 * @param age how long it has been established
	 * @param greeted whether its peer has greeted with ZMTP: clients of ZeroMQ do, probes
	 * don't
	 * @param ready whether it is ready to use, or was until it ended
	 */
	public record Connection(@Nullable String local, @Nullable String identity, Duration age, boolean greeted,
			boolean ready) {

	}

	/**
	 * A time without a connection.
	 *
	 * @param duration how long it was
	 * @param retries how many retries were scheduled in it
	 */
	public record Outage(Duration duration, long retries) {

	}

	/**
	 * The value of an event in its own type.
	 */
	public sealed interface Value {

	}

	/**
	 * The errno of a failed operation.
	 *
	 * @param symbol the symbol, such as {@code EADDRINUSE}
	 * @param number JeroMQ's own number
	 */
	public record ErrorNumber(String symbol, int number) implements Value {

		@Override
		public String toString() {
			return this.symbol;
		}

	}

	/**
	 * The time until the next attempt to connect.
	 *
	 * @param interval the interval, negative if the application has set a negative one
	 */
	public record RetryInterval(Duration interval) implements Value {

		@Override
		public String toString() {
			return this.interval.toString();
		}

	}

	/**
	 * The version in the greeting of a peer.
	 *
	 * @param version the version, or {@code unversioned} for a peer that does not speak
	 * ZMTP
	 */
	public record ZmtpVersion(String version) implements Value {

		@Override
		public String toString() {
			return this.version;
		}

	}

	/**
	 * How a peer broke the protocol.
	 *
	 * @param symbol the name of the error, such as {@code ZMTP_UNEXPECTED_COMMAND}
	 * @param number its number
	 */
	public record ProtocolError(String symbol, int number) implements Value {

		@Override
		public String toString() {
			return this.symbol;
		}

	}

	/**
	 * The status with which authentication was refused.
	 *
	 * @param status 300 (temporary), 400 (refused) or 500 (internal error)
	 * @param mechanism the security mechanism of the socket ({@code PLAIN}), or
	 * {@code null} if it isn't known
	 */
	public record AuthenticationStatus(int status, @Nullable String mechanism) implements Value {

		@Override
		public String toString() {
			return Integer.toString(this.status);
		}

	}

	/**
	 * Why a connection ended.
	 *
	 * @param reason the reason
	 */
	public record ConnectionEnd(EndReason reason) implements Value {

		@Override
		public String toString() {
			return this.reason.id();
		}

	}

	/**
	 * Who or what ends connections.
	 */
	public enum EndReason {

		/** The peer closed it, or the network broke it. */
		REMOTE,

		/** This side ended it, because the peer broke the protocol or was refused. */
		PROTOCOL,

		/** This side ended it, because a heartbeat or handshake was not answered. */
		TIMEOUT,

		/** This side ended it, because the application closed something. */
		LOCAL;

		/**
		 * Return the name used in JSON.
		 * @return the name in lower case
		 */
		@JsonValue
		public String id() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

	/**
	 * The code of an event that is not known.
	 *
	 * @param code the code
	 */
	public record UnknownCode(int code) implements Value {

		@Override
		public String toString() {
			return Integer.toString(this.code);
		}

	}
}
