package io.github.zmqmonitor.internal.walk;

import java.lang.invoke.VarHandle;
import java.nio.channels.SocketChannel;

import org.jspecify.annotations.Nullable;
import zmq.io.IEngine;
import zmq.io.Metadata;
import zmq.io.SessionBase;
import zmq.io.StreamEngine;
import zmq.io.mechanism.Mechanism;
import zmq.io.mechanism.Mechanisms;

/**
 * The engine of a session: what is known of its connection.
 */
final class EngineFields {

	static final @Nullable EngineFields INSTANCE = Capability.open("peers", "Peers", EngineFields::new);

	private final VarHandle engine;

	private final VarHandle active;

	private final VarHandle channel;

	private final VarHandle handshaking;

	private final VarHandle version;

	private final VarHandle mechanism;

	private final VarHandle metadata;

	private EngineFields() throws ReflectiveOperationException {
		Class<?> protocol = Class.forName(StreamEngine.class.getName() + "$Protocol", false,
				StreamEngine.class.getClassLoader());
		this.engine = Capability.field(SessionBase.class, "engine", IEngine.class);
		this.active = Capability.field(SessionBase.class, "active", boolean.class);
		this.channel = Capability.field(StreamEngine.class, "fd", SocketChannel.class);
		this.handshaking = Capability.field(StreamEngine.class, "handshaking", boolean.class);
		this.version = Capability.field(StreamEngine.class, "zmtpVersion", protocol);
		this.mechanism = Capability.field(StreamEngine.class, "mechanism", Mechanism.class);
		this.metadata = Capability.field(StreamEngine.class, "metadata", Metadata.class);
	}

	/**
	 * The engine, {@code null} if the session has none of the usual kind.
	 */
	@Nullable StreamEngine engine(SessionBase session) {
		return (this.engine.getVolatile(session) instanceof StreamEngine stream) ? stream : null;
	}

	boolean hasEngine(SessionBase session) {
		return this.engine.getVolatile(session) != null;
	}

	/**
	 * Whether a session connects; otherwise a listener has accepted its connection.
	 */
	boolean connects(SessionBase session) {
		return (boolean) this.active.getVolatile(session);
	}

	@Nullable SocketChannel channel(StreamEngine engine) {
		return (SocketChannel) this.channel.getVolatile(engine);
	}

	/**
	 * Whether a connection can be used. One without a version, whatever its peer speaks,
	 * can't be known to; a raw one has none and needs none.
	 */
	boolean isReady(StreamEngine engine) {
		if ((boolean) this.handshaking.getVolatile(engine)) {
			return false;
		}
		Mechanism mechanism = (Mechanism) this.mechanism.getVolatile(engine);
		if (mechanism != null) {
			return mechanism.status() == Mechanism.Status.READY;
		}
		Enum<?> version = (Enum<?>) this.version.getVolatile(engine);
		return version == null || version.ordinal() > 0;
	}

	/**
	 * The version of ZMTP, {@code null} before the greeting.
	 */
	@Nullable String version(StreamEngine engine) {
		Enum<?> version = (Enum<?>) this.version.getVolatile(engine);
		return (version != null && version.ordinal() > 0) ? Integer.toString(version.ordinal()) : null;
	}

	/**
	 * The name of the mechanism, {@code null} before it is agreed on.
	 */
	@Nullable String mechanism(StreamEngine engine) {
		Mechanism mechanism = (Mechanism) this.mechanism.getVolatile(engine);
		if (mechanism == null) {
			return null;
		}
		String name = mechanism.getClass().getSimpleName();
		for (Mechanisms known : Mechanisms.values()) {
			if (name.regionMatches(true, 0, known.name(), 0, known.name().length())) {
				return known.name();
			}
		}
		return null;
	}

	@Nullable String property(StreamEngine engine, String name) {
		Metadata metadata = (Metadata) this.metadata.getVolatile(engine);
		String value = (metadata != null) ? metadata.get(name) : null;
		return (value != null && !value.isEmpty()) ? value : null;
	}

}
