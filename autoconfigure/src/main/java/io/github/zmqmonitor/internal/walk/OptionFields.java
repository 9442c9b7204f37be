package io.github.zmqmonitor.internal.walk;

import java.lang.invoke.VarHandle;

import io.github.zmqmonitor.internal.diagnostics.SocketOptions;
import org.jspecify.annotations.Nullable;
import zmq.Options;
import zmq.Own;
import zmq.SocketBase;
import zmq.socket.pubsub.XPub;
import zmq.socket.reqrep.Router;

/**
 * The options of a socket, read without asking it.
 */
final class OptionFields {

	static final @Nullable OptionFields INSTANCE = Capability.open("options", "Options", OptionFields::new);

	private final VarHandle options;

	private final VarHandle lastEndpoint;

	private final VarHandle lossy;

	private final VarHandle manual;

	private final VarHandle mandatory;

	private final VarHandle handover;

	private OptionFields() throws ReflectiveOperationException {
		this.options = Capability.field(Own.class, "options", Options.class);
		this.lastEndpoint = Capability.field(Options.class, "lastEndpoint", String.class);
		this.lossy = Capability.field(XPub.class, "lossy", boolean.class);
		this.manual = Capability.field(XPub.class, "manual", boolean.class);
		this.mandatory = Capability.field(Router.class, "mandatory", boolean.class);
		this.handover = Capability.field(Router.class, "handover", boolean.class);
	}

	SocketOptions read(SocketBase socket) {
		Options options = options(socket);
		return new SocketOptions(options.linger, options.reconnectIvl, options.heartbeatInterval,
				options.heartbeatTimeout, options.sendHwm, options.recvHwm, options.mechanism.name(),
				isLossless(socket));
	}

	private Options options(SocketBase socket) {
		return (Options) this.options.getVolatile(socket);
	}

	/** The number of a socket, unique in this JVM. */
	int number(SocketBase socket) {
		return options(socket).socketId;
	}

	/** The type of a socket as a number. */
	int type(SocketBase socket) {
		return options(socket).type;
	}

	/**
	 * What the endpoint last bound or connected resolved to, {@code null} if there is
	 * none.
	 */
	@Nullable String lastEndpoint(SocketBase socket) {
		return (String) this.lastEndpoint.getVolatile(options(socket));
	}

	/** Whether a socket ignores a peer whose identity another one has. */
	boolean refusesSameIdentity(SocketBase socket) {
		return socket instanceof Router && !(boolean) this.handover.getVolatile(socket);
	}

	/** Whether the application decides who gets what. */
	boolean isManual(SocketBase socket) {
		return socket instanceof XPub && (boolean) this.manual.getVolatile(socket);
	}

	private boolean isLossless(SocketBase socket) {
		if (socket instanceof XPub) {
			return !(boolean) this.lossy.getVolatile(socket);
		}
		return socket instanceof Router && (boolean) this.mandatory.getVolatile(socket);
	}

}
