package io.github.zmqmonitor.internal.jeromq;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.channels.SocketChannel;

import org.jspecify.annotations.Nullable;
import zmq.io.IEngine;
import zmq.io.SessionBase;
import zmq.io.StreamEngine;

/**
 * Finds the channel behind a session.
 */
final class SessionAccess {

	private static final @Nullable SessionAccess INSTANCE = open();

	private final VarHandle engine;

	private final VarHandle channel;

	private SessionAccess() throws ReflectiveOperationException {
		this.engine = MethodHandles.privateLookupIn(SessionBase.class, MethodHandles.lookup())
			.findVarHandle(SessionBase.class, "engine", IEngine.class);
		this.channel = MethodHandles.privateLookupIn(StreamEngine.class, MethodHandles.lookup())
			.findVarHandle(StreamEngine.class, "fd", SocketChannel.class);
	}

	private static @Nullable SessionAccess open() {
		try {
			return new SessionAccess();
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			return null;
		}
	}

	static @Nullable Object channel(SessionBase session) {
		if (INSTANCE == null) {
			return null;
		}
		Object engine = INSTANCE.engine.getVolatile(session);
		return (engine instanceof StreamEngine stream) ? INSTANCE.channel.getVolatile(stream) : null;
	}

}
