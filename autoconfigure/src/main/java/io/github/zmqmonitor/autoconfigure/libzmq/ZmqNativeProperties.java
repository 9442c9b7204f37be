package io.github.zmqmonitor.autoconfigure.libzmq;

import java.nio.ByteOrder;
import java.time.Duration;

import io.github.zmqmonitor.internal.libzmq.ZmqNativeSettings;
import io.github.zmqmonitor.model.ZmqMonitorSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Configuration properties for the receiver of events of native sockets.
 */
@ConfigurationProperties("zmq.monitor.native")
public class ZmqNativeProperties {

	/**
	 * Endpoint that takes events of libzmq sockets in other processes, such as
	 * "tcp://127.0.0.1:5600". Nothing is taken if not set.
	 */
	private @Nullable String endpoint;

	/**
	 * Whether the endpoint may be one that other hosts can reach. Events are neither
	 * encrypted nor authenticated.
	 */
	private boolean allowRemote = false;

	/**
	 * Byte order of the hosts where the sockets are.
	 */
	private Order byteOrder = Order.NATIVE;

	/**
	 * How long a socket may be silent until it is taken for gone. Forwarders send a
	 * heartbeat every 5 seconds.
	 */
	private Duration sourceTimeout = Duration.ofSeconds(15);

	/**
	 * Number of sockets that are followed; those beyond are refused and counted.
	 */
	private int maxSources = 100;

	/**
	 * Create properties with the values that apply unless others are set.
	 */
	public ZmqNativeProperties() {
	}

	/**
	 * {@return the endpoint that takes events}
	 */
	public @Nullable String getEndpoint() {
		return this.endpoint;
	}

	/**
	 * Set the endpoint that takes events.
	 * @param endpoint the endpoint that takes events, {@code null} for none
	 */
	public void setEndpoint(@Nullable String endpoint) {
		this.endpoint = endpoint;
	}

	/**
	 * {@return whether the endpoint may be one that other hosts can reach}
	 */
	public boolean isAllowRemote() {
		return this.allowRemote;
	}

	/**
	 * Set whether the endpoint may be one that other hosts can reach.
	 * @param allowRemote whether the endpoint may be one that other hosts can reach
	 */
	public void setAllowRemote(boolean allowRemote) {
		this.allowRemote = allowRemote;
	}

	/**
	 * {@return the byte order of the hosts where the sockets are}
	 */
	public Order getByteOrder() {
		return this.byteOrder;
	}

	/**
	 * Set the byte order of the hosts where the sockets are.
	 * @param byteOrder the byte order of the hosts where the sockets are
	 */
	public void setByteOrder(Order byteOrder) {
		this.byteOrder = byteOrder;
	}

	/**
	 * {@return how long a socket may be silent}
	 */
	public Duration getSourceTimeout() {
		return this.sourceTimeout;
	}

	/**
	 * Set how long a socket may be silent.
	 * @param sourceTimeout how long a socket may be silent
	 * @throws IllegalArgumentException if it is not positive, or longer than
	 * {@link ZmqMonitorSettings#LONGEST}
	 */
	public void setSourceTimeout(Duration sourceTimeout) {
		check(sourceTimeout.compareTo(Duration.ZERO) > 0, "It must be positive.");
		check(sourceTimeout.compareTo(ZmqMonitorSettings.LONGEST) <= 0,
				"It must not be longer than " + ZmqMonitorSettings.LONGEST.toDays() + " days.");
		this.sourceTimeout = sourceTimeout;
	}

	/**
	 * {@return the number of sockets that are followed}
	 */
	public int getMaxSources() {
		return this.maxSources;
	}

	/**
	 * Set the number of sockets that are followed.
	 * @param maxSources the number of sockets that are followed
	 * @throws IllegalArgumentException if it is not positive
	 */
	public void setMaxSources(int maxSources) {
		check(maxSources > 0, "It must be positive.");
		this.maxSources = maxSources;
	}

	ZmqNativeSettings toSettings() {
		String endpoint = (this.endpoint != null) ? this.endpoint : "";
		try {
			return new ZmqNativeSettings(endpoint, this.allowRemote, this.byteOrder.order, this.sourceTimeout,
					this.maxSources);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException("zmq.monitor.native.endpoint", endpoint,
					"It must be tcp on the loopback interface, such as tcp://127.0.0.1:5600, or ipc; others need "
							+ "zmq.monitor.native.allow-remote=true.");
		}
	}

	private static void check(boolean condition, String reason) {
		if (!condition) {
			throw new IllegalArgumentException(reason);
		}
	}

	/**
	 * A byte order.
	 */
	public enum Order {

		/** That of this machine. */
		NATIVE(ByteOrder.nativeOrder()),

		/** The most significant byte comes first. */
		BIG(ByteOrder.BIG_ENDIAN),

		/** The least significant byte comes first. */
		LITTLE(ByteOrder.LITTLE_ENDIAN);

		private final ByteOrder order;

		Order(ByteOrder order) {
			this.order = order;
		}

	}

}
