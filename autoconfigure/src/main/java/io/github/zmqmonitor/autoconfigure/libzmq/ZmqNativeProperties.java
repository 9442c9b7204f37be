package io.github.zmqmonitor.autoconfigure.libzmq;

import java.nio.ByteOrder;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

import io.github.zmqmonitor.internal.libzmq.ZmqNativeSettings;
import io.github.zmqmonitor.internal.support.InvalidSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.convert.DurationUnit;

/**
 * Configuration properties for the receiver of events of native sockets.
 *
 * @param endpoint Endpoint that takes events of libzmq sockets in other processes, such
 * as "tcp://127.0.0.1:5600". Nothing is taken if not set.
 * @param allowRemote Whether the endpoint may be one that other hosts can reach. Events
 * are not encrypted, and neither is the password.
 * @param byteOrder Byte order of the hosts where the sockets are.
 * @param sourceTimeout How long a socket may be silent until it is taken for gone.
 * Forwarders send a heartbeat every 5 seconds. A number without a unit means seconds.
 * @param maxSources Number of sockets that are followed, at most 100,000. Those beyond
 * are refused and counted.
 * @param password Password that forwarders have to send, of up to 127 bytes. Forwarders
 * take theirs from the environment variable ZMQ_MONITOR_NATIVE_PASSWORD. Anybody may send
 * events if not set.
 */
@ConfigurationProperties("zmq.monitor.native")
public record ZmqNativeProperties(@Nullable String endpoint, @DefaultValue("false") boolean allowRemote,
		@DefaultValue("native") Order byteOrder,
		@DefaultValue("15s") @DurationUnit(ChronoUnit.SECONDS) Duration sourceTimeout,
		@DefaultValue("100") int maxSources, @Nullable String password) {

	/**
	 * Stands for an endpoint that isn't set, so that the other values are checked.
	 */
	private static final String ANY_ENDPOINT = "tcp://127.0.0.1:*";

	ZmqNativeSettings toSettings() {
		try {
			return new ZmqNativeSettings((this.endpoint != null) ? this.endpoint : ANY_ENDPOINT, this.allowRemote,
					this.byteOrder.order, this.sourceTimeout, this.maxSources, this.password);
		}
		catch (InvalidSettingException ex) {
			if (ex.getSetting().equals("password")) {
				throw new UnusablePasswordException(ex.getReason());
			}
			throw new InvalidConfigurationPropertyValueException(
					"zmq.monitor.native." + DataObjectPropertyName.toDashedForm(ex.getSetting()), ex.getValue(),
					"It " + ex.getReason() + ".");
		}
	}

	/**
	 * Leaves the password out.
	 */
	@Override
	public String toString() {
		return "ZmqNativeProperties[endpoint=" + this.endpoint + ", allowRemote=" + this.allowRemote + ", byteOrder="
				+ this.byteOrder + ", sourceTimeout=" + this.sourceTimeout + ", maxSources=" + this.maxSources + "]";
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
